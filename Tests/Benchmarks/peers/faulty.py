"""A small Webex in this process that does one thing wrong, and can be watched while it does."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from peers.platforms import Platforms

PAGE = 100
FORMAT = "%Y-%m-%dT%H:%M:%SZ"


class FaultyWebex:
    """Lists recordings of the last thirty days; the fault is in the middle of the list."""

    def __init__(self, fault: str, recordings: int):
        self.fault = fault
        self.requests = 0
        end = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        step = timedelta(days=30) / recordings
        self.rows = [row(number, end - step * (number + 1)) for number in range(recordings)]
        self.pages = -(-recordings // PAGE)
        self.struck = self.pages // 2
        self._lock = threading.Lock()
        self._strikes = 0
        self._server = QuietServer(("127.0.0.1", 0), type("Bound", (Handler,), {"webex": self}))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self.platforms = Platforms(
            shape="summaries",
            webex_url=f"{self.origin}/v1",
            webex_token="token",
            kismet_url=f"{self.origin}/api/external",
            kismet_id="id",
            kismet_secret="secret",
            start=(end - timedelta(days=31)).strftime(FORMAT),
            end=end.strftime(FORMAT),
        )

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, target: str) -> tuple[bytes, dict[str, str]]:
        """A page of the list, and its header fields."""
        path, query = urlsplit(target).path, dict(parse_qsl(urlsplit(target).query))
        rows = [row for row in self.rows if query["from"] <= row["timeRecorded"] < query["to"]]
        size, start = int(query.get("max", 10)), int(query.get("cursor", 0))
        body = json.dumps({"items": rows[start : start + size]}).encode()
        link = {}
        if start + size < len(rows):
            following = f"{self.origin}{path}?{urlencode(query | {'cursor': start + size})}"
            link = {"Link": f'<{following}>; rel="next"'}
        with self._lock:
            self.requests += 1
            is_struck = start == self.struck * PAGE
            self._strikes += is_struck
            is_first = self._strikes == 1
        if is_struck and self.fault == "garbled-link":
            link = {"Link": f'<{self.origin}/v1/recording; rel=next "<<'}
        if is_struck and self.fault == "link-to-itself":
            link = {"Link": f'<{self.origin}{target}>; rel="next"'}
        if is_struck and is_first and self.fault == "truncated-json":
            body = body[: len(body) // 2]
        return body, link


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that is killed breaks its connection, which is no news."""


class Handler(BaseHTTPRequestHandler):
    webex: FaultyWebex
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body, fields = self.webex.answer(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "application/json;charset=UTF-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in fields.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *arguments):
        """Says nothing."""


def row(number: int, recorded: datetime) -> dict[str, Any]:
    return {
        "recordingId": f"{number:032x}",
        "topic": f"Meeting {number}",
        "timeRecorded": recorded.strftime(FORMAT),
        "siteUrl": "example.webex.com",
        "hostEmail": "host@example.com",
        "viewCount": number % 7,
        "downloadCount": number % 3,
    }

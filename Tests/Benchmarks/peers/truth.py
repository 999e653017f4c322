"""What the platforms really hold, and what of it a tool has left on disk."""

from __future__ import annotations

import http.client
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from peers.platforms import Platforms

#: What makes a row the one that the platform sent; several rows may be equal in all of it.
FIELDS = {
    "summary": ("recordingId", "timeRecorded", "viewCount", "downloadCount"),
    "detail": ("recordingId", "name", "email", "accessTime", "viewed", "downloaded"),
    "egress": ("id", "egress_id", "status", "ended_at"),
    "audit_log": ("id", "event", "created_at"),
}
NEXT = re.compile(r'<([^>]+)>; rel="next"')
Rows = Iterable[tuple[str, dict[str, Any]]]


def keys(rows: Rows) -> Counter:
    """How often each row is there; times may be written in another form."""
    return Counter((kind, *(plain(row.get(field)) for field in FIELDS[kind])) for kind, row in rows)


def plain(value: Any) -> Any:
    return value.replace("+00:00", "Z") if isinstance(value, str) else value


@dataclass
class Tally:
    """What is on disk, held against the truth."""

    right: int
    lost: int
    repeated: int
    #: Rows that the platform does not have.
    wrong: int

    @classmethod
    def of(cls, rows: Rows, truth: Counter) -> Tally:
        found = keys(rows)
        lost = (truth - found).total()
        extra = found - truth
        repeated = sum(count for key, count in extra.items() if key in truth)
        return cls(truth.total() - lost, lost, repeated, extra.total() - repeated)


class Census:
    """Reads everything once, one request after the other, from platforms without limits and faults."""

    def __init__(self, platforms: Platforms):
        #: What the answers took on the wire, about.
        self.bytes_received = 0
        self._platforms = platforms
        self._connection = http.client.HTTPConnection(urlsplit(platforms.webex_url).netloc)
        self._headers = {
            "Authorization": f"Bearer {platforms.webex_token}",
            "X-Client-ID": platforms.kismet_id,
            "X-Client-Secret": platforms.kismet_secret,
        }

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        yield from self._kismet() if self._platforms.shape == "kismet" else self._webex()
        self._connection.close()

    def _webex(self):
        report = urlsplit(f"{self._platforms.webex_url}/recordingReport").path
        window = {"from": self._platforms.start, "to": self._platforms.end, "hostEmail": "all", "max": 100}
        for row in self._linked(f"{report}/accessSummary", window):
            yield "summary", row
            if "detail" in self._platforms.kinds:
                one = {"recordingId": row["recordingId"], "hostEmail": row["hostEmail"], "max": 100}
                # Each listing is read to its end before the next page of the outer one is asked for.
                for detail in list(self._linked(f"{report}/accessDetail", one)):
                    yield "detail", detail

    def _kismet(self):
        users = urlsplit(f"{self._platforms.kismet_url}/organization_users").path
        for user in list(self._numbered(users, "organization_users")):
            for call in list(self._numbered(f"{users}/{user['id']}/calls", "calls")):
                egresses = f"{users}/{user['id']}/calls/{call['id']}/egresses"
                for egress in self._get(egresses)[0]["egresses"]:
                    yield "egress", egress
                    for row in list(self._numbered(f"{egresses}/{egress['id']}/audit_logs", "audit_logs")):
                        yield "audit_log", row

    def _linked(self, path: str, parameters: dict[str, Any]):
        target = f"{path}?{urlencode(parameters)}"
        while target:
            body, link = self._get(target)
            yield from body["items"]
            following = NEXT.search(link)
            target = following and following[1].partition("/v1/")[2]
            target = target and f"/v1/{target}"

    def _numbered(self, path: str, name: str):
        page, pages = 1, 1
        while page <= pages:
            body, _ = self._get(f"{path}?page={page}&per_page=100")
            yield from body[name]
            pages = body["pagination"]["total_pages"]
            page += 1

    def _get(self, target: str) -> tuple[Any, str]:
        self._connection.request("GET", target, headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        self.bytes_received += len(body) + len(str(answer.headers))
        if answer.status != 200:
            raise RuntimeError(f"the census met status {answer.status} at {target}")
        return json.loads(body), answer.headers.get("Link", "")

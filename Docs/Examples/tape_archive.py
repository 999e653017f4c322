#!/usr/bin/env python3
"""A connector for the Tape Archive: recordings, who accessed them, and their files.

The host starts this program and speaks to it in lines of JSON: it reads them from descriptor 3 and
answers on descriptor 4. It sends no request itself and sees no credential; the host does both.
See Docs/protocol.md.
"""

import json
import os

CONNECTOR = {
    "id": "tape_archive",
    "name": "Tape Archive",
    "version": "1.0",
    "summary": "The tapes of one archive.",
    "baseURL": "https://archive.example/api",
    "produces": ["recordings", "access_summaries", "access_events", "media"],
    "settings": {
        "accessToken": {"type": "text", "help": "Token of the archive.", "required": True, "secret": True},
        "shelves": {"type": "text", "list": "one_or_more", "help": "The shelves to read; default all of them."},
    },
    "authentication": {"bearer": "accessToken"},
    "credentialAdvice": "Ask the archivist for a new token.",
    "media": {"mainRendition": "audio"},
}

STATUS = {"ok": "available", "digitising": "processing", "lost": "deleted"}
ACTIONS = {"played": "view", "copied": "download"}


class Host:
    """The other side: everything that is asked for or handed over goes through here."""

    def __init__(self):
        self.lines = os.fdopen(3, "rb")
        self.out = os.fdopen(4, "wb")

    def read(self):
        line = self.lines.readline()
        if not line:
            raise SystemExit(0)
        return json.loads(line)

    def write(self, message):
        self.out.write(json.dumps(message).encode() + b"\n")
        self.out.flush()

    def ask(self, message):
        self.write(message)
        answer = self.read()
        if answer["type"] == "cancel":
            raise SystemExit(0)
        if answer["type"] == "error":
            raise Failure(answer["error"])
        return answer

    def get(self, path, **parameters):
        return self.ask({"type": "request", "request": {"path": path, "parameters": parameters}})["json"]

    def pages(self, path, items, **parameters):
        paging = {"style": "cursor", "at": "/next", "parameter": "after", "items": items}
        page = self.ask({"type": "request", "request": {"path": path, "parameters": parameters}, "paging": paging})
        while page["type"] == "page":
            yield page["items"]
            page = self.ask({"type": "next_page"})


class Failure(Exception):
    """What the host could not do; said back to it as it is."""


def check(host, settings, parameters):
    host.get("/shelves")


def listings(host, settings, parameters):
    shelves = settings.get("shelves") or [shelf["id"] for shelf in host.get("/shelves")["shelves"]]
    for shelf in [shelves] if isinstance(shelves, str) else shelves:
        listing = {"key": f"shelf/{shelf}", "label": f"shelf {shelf}", "parameters": {"shelf": shelf}}
        host.ask({"type": "listing", "listing": listing})


def recordings(host, settings, parameters):
    shelf = parameters["listing"]["parameters"]["shelf"]
    for tapes in host.pages("/shelves/{shelf}/tapes", "/tapes", shelf=shelf):
        host.ask({"type": "recordings", "records": [recording(tape, at) for at, tape in enumerate(tapes)]})


def recording(tape, position):
    return {
        "id": tape["id"],
        "title": tape.get("label"),
        "started_at": tape.get("recorded_at"),
        "status": STATUS.get(tape.get("state"), "unknown"),
        "status_raw": tape.get("state"),
        "access_summary": {"views": tape.get("plays"), "downloads": tape.get("copies")},
        "access_revision": f"{tape.get('plays')}/{tape.get('copies')}",
        "raw_item": position,
    }


def access_events(host, settings, parameters):
    tape = parameters["recording"]["id"]
    for entries in host.pages("/tapes/{tape}/log", "/entries", tape=tape):
        host.ask({"type": "access_events", "events": [event(entry, at) for at, entry in enumerate(entries)]})


def event(entry, position):
    return {
        "id": entry["id"],
        "actor": {"name": entry.get("who")},
        "actions": [ACTIONS.get(entry["what"], "unknown")],
        "occurred_at": entry["at"],
        "raw_item": position,
    }


def media(host, settings, parameters):
    answer = host.get("/tapes/{tape}/audio", tape=parameters["recording"]["id"])
    if "url" not in answer:
        host.ask({"type": "media", "availability": "pending", "reason": "The tape is not digitised yet."})
        return
    link = {"rendition": "audio", "url": answer["url"], "expiresAt": answer.get("expires_at"), "fileExtension": "mp3"}
    host.ask({"type": "media", "availability": "available", "links": [link]})


METHODS = {function.__name__: function for function in (check, listings, recordings, access_events, media)}


def main():
    host, settings = Host(), {}
    while True:
        message = host.read()
        if message["type"] == "hello":
            host.write({"type": "hello", "protocol": 1, "connector": CONNECTOR})
        elif message["type"] == "configure":
            settings = message["settings"]
            host.write({"type": "ready"})
        elif message["type"] == "call":
            host.write({"type": "begin", "id": message["id"]})
            try:
                METHODS[message["method"]](host, settings, message["parameters"])
                host.write({"type": "done", "id": message["id"]})
            except Failure as failure:
                host.write({"type": "failed", "id": message["id"], "error": failure.args[0]})


if __name__ == "__main__":
    main()

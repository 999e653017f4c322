"""This package's own program, as an operator would run it."""

from __future__ import annotations

import json

from contenders.contender import Contender, whole_lines
from peers.server import TAPEDECK

#: Which kinds are read for a shape of job.
READ = {
    "summaries": ["recordings", "access_summaries"],
    "details": ["recordings", "access_summaries", "access_events"],
    "kismet": ["recordings", "access_events"],
}
#: What the platform calls the rows from which the records of a file were made.
KINDS = {
    "webex": {"recordings.jsonl": "summary", "access_events.jsonl": "detail"},
    "kismet": {"recordings.jsonl": "egress", "access_events.jsonl": "audit_log"},
}


class Tapedeck(Contender):
    name = "tapedeck"
    title = "tapedeck"
    settings = (
        "`tapedeck sync` with a ledger and a `jsonl` sink, everything else by default: `raw` rows are kept, every "
        "batch is on disk before the ledger says so. `read` names the kinds of the job, `from` its first day, and "
        "`limits.concurrency` is 8."
    )
    pattern = "out/recordings.jsonl"

    def command(self, platforms, workspace):
        connector = "kismet" if platforms.shape == "kismet" else "webex"
        settings = {
            "webex": {
                "baseURL": platforms.webex_url,
                "accessToken": platforms.webex_token,
                "hostEmail": "all",
                "from": platforms.start,
            },
            "kismet": {
                "baseURL": platforms.kismet_url,
                "clientID": platforms.kismet_id,
                "clientSecret": platforms.kismet_secret,
            },
        }
        source = {
            "connector": connector,
            "settings": settings[connector],
            "read": READ[platforms.shape],
            "limits": {"concurrency": 8},
        }
        configuration = {
            "ledger": "sqlite:tapedeck.db",
            "sources": {connector: source},
            "sinks": [{"kind": "jsonl", "directory": "out"}],
        }
        (workspace / "tapedeck.json5").write_text(json.dumps(configuration))
        return [str(TAPEDECK), "sync", "--json"]

    def rows(self, workspace):
        for path in (workspace / "out").glob("*.jsonl"):
            for line in whole_lines(path):
                if kind := KINDS[line["source"]].get(path.name):
                    yield kind, line["raw"]

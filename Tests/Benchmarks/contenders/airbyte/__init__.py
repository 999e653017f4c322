"""Airbyte: a declarative source, run by its own program."""

from __future__ import annotations

import json

from contenders.contender import Contender, whole_lines, write_job
from peers.environments import Environment


class Airbyte(Contender):
    name = "airbyte"
    title = "airbyte-cdk"
    settings = (
        "A declarative source: `CursorPagination` with `RequestPath` on the `Link` header, "
        "`SubstreamPartitionRouter` for the fan-out, `concurrency_level` 8, an error handler with "
        "`WaitTimeFromHeader: Retry-After`, then exponential, and eight retries. Full refresh. Its messages go to "
        "a file; a destination that made files of them would come on top."
    )
    pattern = "stdout"
    marker = b'"type":"RECORD"'

    def __init__(self):
        self.environments = [Environment(self.name, self.folder / "requirements.txt")]

    def command(self, platforms, workspace):
        config = write_job(platforms, workspace)
        catalog = workspace / "catalog.json"
        catalog.write_text(json.dumps({"streams": [configured(kind) for kind in platforms.kinds]}))
        program = self.environments[0].program("source-declarative-manifest")
        manifest = self.folder / "manifest.yaml"
        return [program, "read", "--config", str(config), "--catalog", str(catalog), "--manifest-path", str(manifest)]

    def rows(self, workspace):
        for message in whole_lines(workspace / "stdout"):
            if message["type"] == "RECORD":
                yield message["record"]["stream"], message["record"]["data"]


def configured(kind: str) -> dict:
    return {
        "stream": {"name": kind, "json_schema": {}, "supported_sync_modes": ["full_refresh"]},
        "sync_mode": "full_refresh",
        "destination_sync_mode": "append",
    }

"""Singer: a tap built with singer-sdk, piped into target-jsonl."""

from __future__ import annotations

import json
import shlex

from contenders.contender import Contender, whole_lines, write_job
from peers.environments import Environment


class Singer(Contender):
    name = "singer"
    title = "singer-sdk + target-jsonl"
    settings = (
        "`RESTStream` with `HeaderLinkPaginator`, child streams for the fan-out, the `msgspec` writer, "
        "`backoff_wait_generator` from `Retry-After` (seconds or a date) without jitter, and eight tries, as its "
        "documentation shows; warnings only in the log. Piped into the target. It sends one request at a time."
    )
    pattern = "out/*.jsonl"

    def __init__(self):
        self.tap = Environment("singer-tap", self.folder / "requirements-tap.txt")
        self.target = Environment("singer-target", self.folder / "requirements-target.txt")
        self.environments = [self.tap, self.target]

    def command(self, platforms, workspace):
        tap_config = write_job(platforms, workspace)
        target_config = workspace / "target.json"
        target_config.write_text(json.dumps({"destination_path": "out", "do_timestamp_file": False}))
        tap = [
            "env",
            "LOGLEVEL=WARNING",
            self.tap.program("python"),
            str(self.folder / "tap.py"),
            "--config",
            str(tap_config),
        ]
        target = [self.target.program("target-jsonl"), "--config", str(target_config)]
        # The pipe is complete only when both ends are.
        return ["bash", "-o", "pipefail", "-c", f"{shlex.join(tap)} | {shlex.join(target)}"]

    def rows(self, workspace):
        for path in (workspace / "out").glob("*.jsonl"):
            for row in whole_lines(path):
                yield path.stem, row

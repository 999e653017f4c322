"""Loops without a product around them: what Python and its libraries allow, and no more."""

from __future__ import annotations

from contenders.contender import Contender, whole_lines, write_job
from peers.environments import Environment


class Loop(Contender):
    """A script of this package that writes a file for each kind of row."""

    is_floor = True
    pattern = "out/*.jsonl"

    def __init__(self, name: str, title: str, settings: str):
        self.name = name
        self.title = title
        self.settings = settings
        self.environments = [Environment(name, self.folder / "requirements.txt")]

    def command(self, platforms, workspace):
        (workspace / "out").mkdir(exist_ok=True)
        job = write_job(platforms, workspace)
        return [self.environments[0].program("python"), str(self.folder / "loop.py"), str(job), str(workspace / "out")]

    def rows(self, workspace):
        for path in (workspace / "out").glob("*.jsonl"):
            for row in whole_lines(path):
                yield path.stem, row


REQUESTS = Loop(
    "requests_json",
    "requests + json",
    "One session, one request at a time. It obeys a `Retry-After` of seconds, tries each request eight times, "
    "and does nothing else: no state, no second look at what came.",
)
AIOHTTP = Loop("aiohttp_orjson", "aiohttp + orjson", "The same, with eight requests under way.")

"""The servers that the tools read from, each in a process of its own and new for every run."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass

from peers.environments import ROOT
from peers.platforms import Platforms

TAPEDECK = ROOT / ".build/release/tapedeck"


@dataclass
class Served:
    """What a server saw."""

    requests: int
    too_many_requests: int
    cpu: float


class Server:
    """A process that writes a line of JSON when it serves and another when its standard input has ended."""

    def __init__(self, command: list[str], shape: str):
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        said = json.loads(self._process.stdout.readline())
        self.recordings: int = said["recordings"]
        self.platforms = Platforms(
            shape=shape,
            webex_url=said["webex"]["base_url"],
            webex_token=said["webex"]["access_token"],
            kismet_url=said["kismet"]["base_url"],
            kismet_id=said["kismet"]["client_id"],
            kismet_secret=said["kismet"]["client_secret"],
            start=said["from"],
            end=said["to"],
        )

    def stop(self) -> Served:
        out, _ = self._process.communicate()
        said = json.loads(out)
        return Served(said["requests"], said["too_many_requests"], said["cpu_seconds"])


def simulator(job: str, shape: str, scale: float) -> Server:
    """The simulated platforms of one of the program's own jobs."""
    return Server([TAPEDECK, "bench", "--serve", job, "--scale", str(scale)], shape)

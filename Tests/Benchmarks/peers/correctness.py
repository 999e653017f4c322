"""What the tools make of a platform that does one thing wrong, or of being killed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from contenders.contender import Contender
from peers.faulty import FaultyWebex
from peers.process import Run, Usage
from peers.rounds import new_workspace
from peers.truth import Tally, keys

#: Recordings in the list with a fault, and in the one in whose middle a tool is killed.
RECORDINGS, MANY = 2_000, 10_000
#: A tool that has sent so many times the requests that are needed would never end.
ENDLESS = 10
LIMIT = 20


@dataclass
class Finding:
    """One tool and one thing that went wrong."""

    contender: str
    case: str
    usage: Usage
    requests: int
    #: Requests that a reading without faults takes.
    needed: int
    tally: Tally

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def read(contender: Contender, case: str, webex: FaultyWebex, workspace, should_stop) -> Finding:
    """Runs a tool once, and counts what is on disk then."""
    before = webex.requests
    command = contender.command(webex.platforms, workspace)
    usage = Run(command, workspace, contender.pattern, contender.marker).wait(LIMIT, should_stop)
    truth = keys(("summary", row) for row in webex.rows)
    tally = Tally.of(contender.rows(workspace), truth)
    finding = Finding(contender.name, case, usage, webex.requests - before, webex.pages, tally)
    print(
        f"{case} {contender.name}: {finding.requests} requests, {tally}, exit {usage.exit} {usage.stopped}", flush=True
    )
    return finding


def with_fault(contender: Contender, fault: str) -> Finding:
    webex = FaultyWebex(fault, RECORDINGS)
    try:
        return read(
            contender,
            fault,
            webex,
            new_workspace(contender),
            lambda: "endless" if webex.requests > ENDLESS * webex.pages else "",
        )
    finally:
        webex.stop()


def with_kill(contender: Contender) -> list[Finding]:
    """Kills a tool, and everything it started, when half of the pages were asked for; then runs it again."""
    webex = FaultyWebex("none", MANY)
    workspace = new_workspace(contender)
    try:
        first = read(contender, "killed", webex, workspace, lambda: "killed" if webex.requests >= webex.struck else "")
        second = read(contender, "run-again", webex, workspace, lambda: "")
        return [first, second]
    finally:
        webex.stop()


def examine(contenders: list[Contender]) -> list[Finding]:
    found = []
    for fault in ("garbled-link", "link-to-itself", "truncated-json"):
        found += [with_fault(contender, fault) for contender in contenders]
    for contender in contenders:
        found += with_kill(contender)
    return found

"""The things that go wrong, and what the tools' conduct is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Case:
    name: str
    title: str
    about: str
    verdict: Callable[[dict[str, Any]], str]


def conduct(finding: dict[str, Any]) -> str:
    """Whether what is missing was said."""
    usage, tally = finding["usage"], finding["tally"]
    if usage["stopped"]:
        return "**never ends**"
    if tally["lost"] and usage["exit"] == 0:
        return "**loses in silence**"
    if tally["lost"]:
        return f"says so, exit {usage['exit']}"
    return "everything" if not tally["repeated"] else "**repeats**"


def after_kill(finding: dict[str, Any]) -> str:
    return "kept until then" if finding["tally"]["right"] else "nothing on disk"


def second_run(finding: dict[str, Any]) -> str:
    if finding["tally"]["lost"] or finding["tally"]["repeated"]:
        return "**repeats**" if finding["tally"]["repeated"] else conduct(finding)
    return "continues" if finding["requests"] < 0.9 * finding["needed"] else "begins again"


CASES = [
    Case("garbled-link", "A `Link` header that no parser can read", "Half-way, and always.", conduct),
    Case("link-to-itself", "A next page that is the same page", "Half-way, and always.", conduct),
    Case(
        "truncated-json",
        "Half a JSON body, with status 200",
        "Half-way, once; the same request would succeed.",
        conduct,
    ),
    Case(
        "killed",
        "Killed half-way",
        "`kill -9` for the tool and all that it started, when half of the pages of 10 000 recordings were asked for.",
        after_kill,
    ),
    Case(
        "run-again", "And run again", "The same command in the same folder. 100 requests read everything.", second_run
    ),
]

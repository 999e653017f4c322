"""What every tool that is compared has to say about itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from peers.environments import Environment
from peers.platforms import Platforms


class Contender:
    """A tool with the settings that it runs under."""

    name: str
    title: str
    #: Loops without a product around them: what the language and its libraries allow, and no more.
    is_floor = False
    environments: list[Environment] = []
    #: What is set other than by default, and why; a sentence or two for the document.
    settings: str
    #: Which files hold records, and what stands in them once the first record does.
    pattern: str
    marker = b"\n"

    @property
    def label(self) -> str:
        """Its name in a table; that of a loop is in italics."""
        return f"*{self.title}*" if self.is_floor else self.title

    @property
    def folder(self) -> Path:
        """Where its own files are."""
        return Path(__file__).parent / self.name

    def command(self, platforms: Platforms, workspace: Path) -> list[str]:
        """Writes its configuration into the workspace; the command that runs it there."""
        raise NotImplementedError

    def rows(self, workspace: Path) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every record that it left on disk: the kind, and the platform's row as far as it was kept."""
        raise NotImplementedError


def write_job(platforms: Platforms, workspace: Path) -> Path:
    """The job as a file, for tools that are programs of this folder."""
    path = workspace / "job.json"
    path.write_text(json.dumps(platforms.as_json()))
    return path


def whole_lines(path: Path) -> Iterator[Any]:
    """The lines of a file of JSON Lines; one that was cut off, at the end or where a later run went on, is none."""
    with path.open("rb") as file:
        for line in file:
            try:
                row = json.loads(line)
            except ValueError:
                continue
            if line.endswith(b"\n"):
                yield row

"""How much memory a command holds with everything that it starts."""

from __future__ import annotations

import os
import re

PEAK = re.compile(rb"^VmHWM:\s+(\d+) kB", re.MULTILINE)


class SessionMemory:
    """The peaks of all processes of a session.

    The kernel keeps each process's peak itself, so seldom looking is enough.
    """

    def __init__(self, session: int):
        self._session = session
        self._peaks: dict[str, int] = {}

    @property
    def peak_kb(self) -> int:
        """The sum of the peaks, which is what a pipe of two programs needs."""
        return sum(self._peaks.values())

    def look(self) -> None:
        for process in filter(str.isdigit, os.listdir("/proc")):
            try:
                if self._is_in_session(process):
                    with open(f"/proc/{process}/status", "rb") as file:
                        if peak := PEAK.search(file.read()):
                            self._peaks[process] = int(peak[1])
            except OSError:
                continue

    def _is_in_session(self, process: str) -> bool:
        with open(f"/proc/{process}/stat", "rb") as file:
            # After the name, which is in parentheses, come state, parent, group and session.
            return int(file.read().rpartition(b")")[2].split()[3]) == self._session

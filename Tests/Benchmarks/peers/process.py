"""One measured run of one command."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from peers.memory import SessionMemory

REAPER = Path(__file__).with_name("reaper.py")
#: How often it is looked whether the first record is there, and how much memory is held.
FIRST_RECORD_INTERVAL, MEMORY_INTERVAL = 0.005, 0.25


@dataclass
class Usage:
    """What a run took."""

    #: The exit status; negative for a signal.
    exit: int
    #: Why it was stopped from outside, or empty.
    stopped: str
    wall: float
    #: Processor seconds of everything that the command started.
    cpu: float
    #: The sum of the peaks of all its processes.
    peak_mb: float
    #: Seconds until the first record was on disk, or nothing when none ever was.
    first_record: float | None


class Run:
    """A command that runs in a folder, in a session of its own."""

    def __init__(self, command: list[str], folder: Path, pattern: str, marker: bytes):
        self._folder = folder
        self._pattern = pattern
        self._marker = marker
        reaper = [sys.executable, "-I", "-S", REAPER, folder / "stdout", folder / "stderr", *command]
        self._reaper = subprocess.Popen(reaper, cwd=folder, stdout=subprocess.PIPE, text=True)
        self._session = int(self._reaper.stdout.readline())
        self._start = time.monotonic()

    def wait(self, limit: float, should_stop: Callable[[], str] = lambda: "") -> Usage:
        """Waits for the end; kills all of it after so many seconds, or when there is a reason."""
        memory = SessionMemory(self._session)
        first_record, stopped, next_look = None, "", 0.0
        while self._reaper.poll() is None:
            elapsed = time.monotonic() - self._start
            if first_record is None and self._has_record():
                first_record = elapsed
            if elapsed >= next_look:
                memory.look()
                next_look = elapsed + MEMORY_INTERVAL
            if not stopped and (stopped := should_stop() or (f"after {limit:.0f} s" if elapsed > limit else "")):
                os.killpg(self._session, signal.SIGKILL)
            time.sleep(FIRST_RECORD_INTERVAL)
        if first_record is None and self._has_record():
            first_record = time.monotonic() - self._start
        with self._reaper.stdout as said:
            used = json.loads(said.read())
        peak_kb = max(used["peak_kb"], memory.peak_kb)
        return Usage(used["exit"], stopped, used["wall"], used["cpu"], peak_kb / 1024, first_record)

    def _has_record(self) -> bool:
        return any(self._marker in path.read_bytes() for path in self._folder.glob(self._pattern))

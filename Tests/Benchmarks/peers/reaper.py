"""Runs a command in a session of its own, waits for all that comes of it, and says what that took.

usage: reaper.py STDOUT STDERR COMMAND...

Writes the session's id, and a line of JSON when everything has ended. It is a program of its own, and small, because
what it starts inherits its peak of memory.
"""

import ctypes
import json
import os
import sys
import time

SET_CHILD_SUBREAPER = 36


def main() -> None:
    stdout, stderr, *command = sys.argv[1:]
    # What a command leaves behind becomes a child of this process and is counted as well.
    ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    writing = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, stdout, writing, 0o644),
        (os.POSIX_SPAWN_OPEN, 2, stderr, writing, 0o644),
    ]
    start = time.monotonic()
    leader = os.posix_spawnp(command[0], command, os.environ, file_actions=files, setsid=True)
    print(leader, flush=True)

    status, wall, cpu, peak = 0, 0.0, 0.0, 0
    while True:
        try:
            process, its_status, usage = os.wait4(-1, 0)
        except ChildProcessError:
            break
        cpu += usage.ru_utime + usage.ru_stime
        peak = max(peak, usage.ru_maxrss)
        if process == leader:
            status, wall = os.waitstatus_to_exitcode(its_status), time.monotonic() - start
    print(json.dumps({"exit": status, "wall": wall, "cpu": cpu, "peak_kb": peak}), flush=True)


main()

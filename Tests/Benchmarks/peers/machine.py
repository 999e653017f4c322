"""The machine that measured, without its name."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from pathlib import Path

from peers.server import TAPEDECK


def description() -> dict[str, str]:
    memory = re.search(r"MemTotal:\s+(\d+) kB", Path("/proc/meminfo").read_text())
    model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    os_name = platform.freedesktop_os_release()["PRETTY_NAME"]
    return {
        "processor": f"{os.cpu_count()} cores, {model[1] if model else platform.machine()}",
        "memory": f"{int(memory[1]) / 1024 / 1024:.0f} GB",
        "system": f"{os_name}, Linux {platform.release().split('-')[0]}",
        "load before": f"{os.getloadavg()[0]:.1f}; above 1 others were at work, and all figures are higher than alone",
        "Python": platform.python_version(),
        "tapedeck": tapedeck_version(),
    }


def tapedeck_version() -> str:
    said = subprocess.run([TAPEDECK, "--version"], capture_output=True, text=True)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return f"{said.stdout.split()[-1]} at {commit.stdout.strip()}"

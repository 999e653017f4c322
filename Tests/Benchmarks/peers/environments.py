"""The Python environments of the tools, with the versions that the requirements files name."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SCRATCH = ROOT / ".build/peers"


@dataclass(frozen=True)
class Environment:
    """A virtual environment that holds what one requirements file names."""

    name: str
    requirements: Path

    @property
    def folder(self) -> Path:
        return SCRATCH / "environments" / self.name

    def program(self, name: str) -> str:
        return str(self.folder / "bin" / name)

    @property
    def versions(self) -> list[str]:
        """The packages that the file names, such as `dlt 1.31.0`."""
        lines = self.requirements.read_text().splitlines()
        return [line.replace("==", " ") for line in lines if "==" in line]

    def install(self) -> None:
        """Makes the environment, unless it is there with the same requirements."""
        wanted = hashlib.sha256(self.requirements.read_bytes()).hexdigest()
        stamp = self.folder / "requirements.sha256"
        if stamp.exists() and stamp.read_text() == wanted:
            return
        print(f"installing {', '.join(self.versions)}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", self.folder], check=True)
        pip = [self.program("python"), "-m", "pip", "install", "--quiet", "--requirement", str(self.requirements)]
        subprocess.run(pip, check=True)
        stamp.write_text(wanted)

"""Measured runs of the program against the simulated platforms: the points that the model is held against."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from contenders.tapedeck import Tapedeck
from peers.process import Run
from peers.rounds import new_workspace
from peers.server import simulator
from peers.truth import Census, keys

POINTS = Path(__file__).with_name("points.json")
#: The program's jobs, what they read, and the scales at which they are measured, from small to large.
SIZES = {
    ("summaries", "summaries"): (0.005, 0.05, 0.5),
    ("details", "details"): (0.1, 0.5, 5),
    ("kismet", "kismet"): (0.1, 0.4, 4),
}
#: The scales at which a limit of 50 requests a second is measured.
RATES = (0.2, 0.8)
REQUESTS_A_SECOND, BUCKET = 50, 50
LIMIT = 900


@dataclass
class Point:
    """One size of one job, read twice."""

    job: str
    recordings: int
    calls: int
    events: int
    #: Of the first run, and of the second, which finds nothing new.
    requests: list[int]
    cpu: list[float]
    wall: list[float]
    peak_mb: float
    wire_bytes: int
    file_bytes: int
    ledger_bytes: int


@dataclass
class LimitedPoint:
    """A first run under a limit of requests that the program is not told."""

    requests: int
    refused: int
    wall: float


@dataclass
class Points:
    #: From small to large within each job.
    sizes: list[Point]
    limited: list[LimitedPoint]


def measure() -> None:
    points = Points(
        [measure_one(job, shape, scale) for (job, shape), scales in SIZES.items() for scale in scales],
        [measure_limited(scale) for scale in RATES],
    )
    POINTS.write_text(json.dumps(asdict(points), indent=1) + "\n")


def load() -> Points:
    """The points as they were measured last."""
    said = json.loads(POINTS.read_text())
    return Points([Point(**point) for point in said["sizes"]], [LimitedPoint(**point) for point in said["limited"]])


def of_job(points: list[Point], job: str) -> list[Point]:
    return [point for point in points if point.job == job]


def measure_one(job: str, shape: str, scale: float) -> Point:
    program = Tapedeck()
    workspace = new_workspace(program)
    server = simulator(job, shape, scale)
    try:
        census = Census(server.platforms)
        truth = keys(census.rows())
        usages, counts = [], []
        for _ in range(2):
            command = program.command(server.platforms, workspace)
            usages.append(Run(command, workspace, program.pattern, program.marker).wait(LIMIT))
            counts.append(outcome(workspace))
    finally:
        server.stop()
    point = Point(
        job=job,
        recordings=counts[0]["recordings"],
        calls=counts[0]["listings_complete"],
        events=truth.total() - counts[0]["recordings"],
        requests=[each["requests"] for each in counts],
        cpu=[usage.cpu for usage in usages],
        wall=[usage.wall for usage in usages],
        peak_mb=max(usage.peak_mb for usage in usages),
        wire_bytes=census.bytes_received,
        file_bytes=sum(path.stat().st_size for path in (workspace / "out").glob("*.jsonl")),
        ledger_bytes=sum(path.stat().st_size for path in workspace.glob("tapedeck.db*")),
    )
    print(point, flush=True)
    return point


def measure_limited(scale: float) -> LimitedPoint:
    program = Tapedeck()
    workspace = new_workspace(program)
    server = simulator("rate-50", "details", scale)
    try:
        command = program.command(server.platforms, workspace)
        usage = Run(command, workspace, program.pattern, program.marker).wait(LIMIT)
    finally:
        served = server.stop()
    point = LimitedPoint(served.requests - served.too_many_requests, served.too_many_requests, usage.wall)
    print(point, flush=True)
    return point


def outcome(workspace: Path) -> dict[str, Any]:
    return json.loads((workspace / "stdout").read_text())["sources"][0]["counts"]

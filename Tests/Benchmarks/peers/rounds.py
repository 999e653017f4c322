"""Runs the tools by turns: A B C, A B C, so that what else the machine does falls on all of them."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from contenders.contender import Contender
from peers.environments import SCRATCH
from peers.jobs import Job, census_of
from peers.process import Run, Usage
from peers.server import Served, simulator
from peers.truth import Census, Tally, keys


@dataclass
class Measurement:
    """One tool in one round of one job."""

    contender: str
    job: str
    usage: Usage
    served: Served
    tally: Tally

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def truth_of(job: Job, scale: float) -> Counter:
    name, its_scale = census_of(job, scale)
    server = simulator(name, job.shape, its_scale)
    truth = keys(Census(server.platforms).rows())
    server.stop()
    recordings = sum(count for key, count in truth.items() if key[0] in ("summary", "egress"))
    if recordings != server.recordings:
        raise RuntimeError(f"{name}: the census found {recordings} recordings where there are {server.recordings}")
    measured = simulator(job.name, job.shape, job.at(scale))
    measured.stop()
    if recordings != measured.recordings:
        raise RuntimeError(f"{job.name} has {measured.recordings} recordings, and its census {recordings}")
    return truth


def measure(job: Job, contenders: list[Contender], rounds: int, scale: float) -> list[Measurement]:
    truth = truth_of(job, scale)
    found = []
    for number in range(1, rounds + 1):
        for contender in contenders:
            measurement = measure_once(job, contender, scale, truth)
            found.append(measurement)
            usage, tally = measurement.usage, measurement.tally
            print(
                f"{job.name} {number}/{rounds} {contender.name}: {usage.wall:.2f} s wall, {usage.cpu:.2f} s CPU,"
                f" {usage.peak_mb:.0f} MB, {tally.right} right, {tally.lost} lost, {tally.repeated} repeated,"
                f" {measurement.served.requests} requests, exit {usage.exit} {usage.stopped}",
                flush=True,
            )
    return found


def measure_once(job: Job, contender: Contender, scale: float, truth: Counter) -> Measurement:
    workspace = new_workspace(contender)
    server = simulator(job.name, job.shape, job.at(scale))
    try:
        command = contender.command(server.platforms, workspace)
        usage = Run(command, workspace, contender.pattern, contender.marker).wait(job.limit)
    finally:
        served = server.stop()
    return Measurement(contender.name, job.name, usage, served, Tally.of(contender.rows(workspace), truth))


def new_workspace(contender: Contender) -> Path:
    workspace = SCRATCH / "workspaces" / contender.name
    shutil.rmtree(workspace, ignore_errors=True)
    workspace.mkdir(parents=True)
    return workspace

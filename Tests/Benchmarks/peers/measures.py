"""What is told of each run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from peers.jobs import Job
from peers.statistics import Record


@dataclass(frozen=True)
class Measure:
    title: str
    #: As a sentence names it.
    name: str
    digits: int
    value: Callable[[Record], float | None]


def units(record: Record, job: Job) -> int:
    if job.unit == "request":
        return accepted(record)
    return record["tally"]["right"]


def accepted(record: Record) -> int:
    """Requests that were served."""
    return record["served"]["requests"] - record["served"]["too_many_requests"]


def per_unit(record: Record, job: Job) -> float | None:
    count = units(record, job)
    return record["usage"]["cpu"] * 1e6 / count if count else None


def of(job: Job) -> list[Measure]:
    """The columns of a job's table; less is better in all of them."""
    measures = [
        Measure("wall, s", "wall", 2, lambda record: record["usage"]["wall"]),
        Measure("CPU, s", "CPU", 2, lambda record: record["usage"]["cpu"]),
        Measure(f"CPU, µs a {job.unit}", f"CPU a {job.unit}", 0, lambda record: per_unit(record, job)),
        Measure("peak, MB", "memory", 0, lambda record: record["usage"]["peak_mb"]),
        Measure("first record, s", "first record", 2, lambda record: record["usage"]["first_record"]),
        Measure("requests", "requests", 0, lambda record: record["served"]["requests"]),
    ]
    if job.rate:
        measures.insert(1, Measure("wall ÷ ideal", "wall ÷ ideal", 2, lambda record: against_ideal(record, job)))
        measures.append(Measure("429s", "429s", 0, lambda record: record["served"]["too_many_requests"]))
    return measures


def against_ideal(record: Record, job: Job) -> float | None:
    """How much longer a run took than the requests that it needed must take at that rate."""
    ideal = (accepted(record) - job.bucket) / job.rate
    finished = record["usage"]["exit"] == 0
    return record["usage"]["wall"] / ideal if finished and ideal > 0 else None

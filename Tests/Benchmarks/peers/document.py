"""Makes the document out of the results."""

from __future__ import annotations

from typing import Any

from contenders.contender import Contender
from peers import jobs, measures
from peers.cases import CASES
from peers.jobs import Job
from peers.statistics import Runs, number

#: A tool is better than ours when it is by so much; less is noise.
MARGIN = 1.05


class Document:
    def __init__(self, results: dict[str, Any], contenders: list[Contender]):
        self.results = results
        self.contenders = contenders
        self.ours, *self.others = contenders

    def text(self) -> str:
        parts = [self.introduction(), self.method(), *map(self.job, self.measured_jobs()), self.correctness()]
        parts += [self.losses(), self.tools(), AGAIN]
        return "\n".join(parts)

    def measured_jobs(self) -> list[Job]:
        names = {record["job"] for record in self.results["measurements"]}
        return [job for job in jobs.ALL if job.name in names]

    def runs(self, job: Job, contender: Contender) -> Runs:
        return Runs(
            [
                record
                for record in self.results["measurements"]
                if record["job"] == job.name and record["contender"] == contender.name
            ]
        )

    def introduction(self) -> str:
        machine = self.results["machine"]
        scale = self.results["scale"]
        small = f"\nThese are from a look in passing, at {scale:g} of the sizes that the titles name.\n" if scale != 1 else ""
        lines = [f"| {name} | {value} |" for name, value in machine.items()]
        return INTRODUCTION + small + "\n".join(["", "| | |", "|---|---|", *lines, ""])

    def method(self) -> str:
        return METHOD

    def job(self, job: Job) -> str:
        columns = measures.of(job)
        titles = ["", *(measure.title for measure in columns), "on disk", "lost", "repeated", "end"]
        lines = [f"## {job.title}", "", job.about, "", row(titles), row(["---"] * len(titles))]
        for contender in self.contenders:
            runs = self.runs(job, contender)
            cells = [runs.spread(measure.value, measure.digits) for measure in columns]
            counts = [number(runs.worst(name), 0) for name in ("right", "lost", "repeated")]
            counts[0] = number(min(record["tally"]["right"] for record in runs.records), 0)
            lines.append(row([contender.label, *cells, *counts, runs.end]))
        rounds = len(self.runs(job, self.ours).records)
        lines += ["", "One round." if rounds == 1 else f"Medians of {rounds} rounds, least and most in parentheses.", ""]
        return "\n".join(lines)

    def correctness(self) -> str:
        lines = ["## What goes wrong", "", CORRECTNESS, ""]
        for case in CASES:
            lines += [f"### {case.title}", "", case.about, "", row(["", "on disk", "lost", "repeated", "requests", "verdict"])]
            lines.append(row(["---"] * 6))
            for contender in self.contenders:
                for finding in self.results["findings"]:
                    if finding["case"] == case.name and finding["contender"] == contender.name:
                        tally = finding["tally"]
                        counts = [tally["right"], tally["lost"], tally["repeated"], finding["requests"]]
                        lines.append(row([contender.label, *(number(count, 0) for count in counts), case.verdict(finding)]))
            lines.append("")
        return "\n".join(lines)

    def losses(self) -> str:
        """Every median that another tool betters while it gets everything right, from the same numbers as the tables."""
        titles = ["job", "measure", self.ours.title, "better"]
        lines = ["## Where tapedeck loses", "", LOSSES, "", row(titles), row(["---"] * len(titles))]
        for job in self.measured_jobs():
            for measure in measures.of(job):
                own = self.runs(job, self.ours).median(measure.value)
                better = self.better(job, measure, own)
                if better:
                    lines.append(row([job.name, measure.name, number(own, measure.digits), "; ".join(better)]))
        return "\n".join([*lines, ""])

    def better(self, job: Job, measure: measures.Measure, own: float | None) -> list[str]:
        found = []
        for contender in self.others:
            runs = self.runs(job, contender)
            value = runs.median(measure.value) if runs.did_all else None
            if own and value is not None and value * MARGIN < own:
                times = f" ({own / value:.1f}×)" if value else ""
                found.append((value, f"{contender.title} {number(value, measure.digits)}{times}"))
        return [text for _, text in sorted(found)]

    def tools(self) -> str:
        lines = ["## Tools and settings", ""]
        for contender in self.contenders:
            versions = self.results["versions"].get(contender.name)
            named = f" ({', '.join(versions)})" if versions else ""
            lines += [f"- **{contender.title}**{named}. {contender.settings}"]
        return "\n".join([*lines, ""])


def row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


INTRODUCTION = """# Benchmarks beside other tools

What `tapedeck` takes for a job, and what it gets, beside tools that people use for the same: on the same machine, in the same run, by turns.
Two loops without a product around them show what Python can do at all; they keep no state and trust every answer.
Written by `make bench-peers`; the numbers hold for this machine and these versions.
"""

METHOD = """## How it was measured

- The platforms are simulated (`tapedeck bench --serve`) by a process of their own on the same machine, new for every run, and the same for all tools. Its own
  work takes part of the machine, so *wall* flatters nobody, and *CPU* is the fairer measure.
- The tools run by turns, A B C, A B C, each in an empty folder. Their start counts.
- *CPU* is the processor time of all processes that a command starts, from `wait4`; orphans are adopted and counted. *peak* is the sum of the peaks of these
  processes. *first record* is when the first record is in a file of the destination, looked for every 5 ms.
- *on disk* counts what the platform has and the destination holds, row by row against a census that was taken before; *lost* and *repeated* are what is missing
  and what is there too often. The worst round counts. A half line at the end of a file is no record.
- *requests* and *429s* are counted by the platform.
- Where a tool can have several requests under way it has eight. All read the same pages of 100.
- All settings are at the end.
"""

CORRECTNESS = """A platform of 2 000 recordings does one thing wrong in the middle of the list. Needed are 20 requests. A tool is stopped when it has sent ten times as many,
or is not done in 20 seconds."""

LOSSES = """Medians that are at least 5 % worse than those of a tool that finished with everything right. In the order of what is behind it:

- *CPU and memory beside a bare loop*: every record is parsed, normalised, compared with what is known, entered into a ledger with its revision, and synced to disk.
- *wall beside a bare loop*: pages of a listing come one after the other, whoever asks; what is left is the work above."""

AGAIN = """## Again

```sh
make bench-peers                              # everything, about 20 minutes; writes this page
make bench-peers ARGS="--quick"               # small and once; writes to .build/peers
Tests/Benchmarks/run --job details --rounds 5 # one job; prints its table
```

It needs Python 3.11 and reaches the Python package index for the tools.
"""

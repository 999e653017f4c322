"""Makes the document out of the results."""

from __future__ import annotations

from typing import Any

from contenders.contender import Contender
from peers import jobs, measures, prose
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
        parts = [
            self.introduction(),
            self.summary(),
            prose.METHOD,
            *map(self.job, self.measured_jobs()),
            self.correctness(),
        ]
        parts += [self.losses(), self.tools(), prose.AGAIN]
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
        lines = ["", "| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in machine.items()), ""]
        if self.results["scale"] != 1:
            lines = ["", prose.QUICK.format(self.results["scale"]), *lines]
        return prose.INTRODUCTION + "\n".join(lines)

    def summary(self) -> str:
        """How many times tapedeck's processor time and wall the others take."""
        columns = [job.name for job in self.measured_jobs()]
        lines = ["## In short", "", prose.SUMMARY, "", row(["", *columns]), row(["---"] * (len(columns) + 1))]
        for contender in self.others:
            cells = [self.compared(job, contender) for job in self.measured_jobs()]
            lines.append(row([contender.label, *cells]))
        return "\n".join([*lines, ""])

    def compared(self, job: Job, contender: Contender) -> str:
        own, other = self.runs(job, self.ours), self.runs(job, contender)
        if not other.did_all:
            return "not all" if other.worst("lost") or other.worst("wrong") else "repeats"
        measured = (lambda record: record["usage"]["cpu"]), (lambda record: record["usage"]["wall"])
        factors = [other.median(value) / own.median(value) for value in measured]
        return " · ".join(number(factor, 1) for factor in factors)

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
        lines += [
            "",
            "One round." if rounds == 1 else f"Medians of {rounds} rounds, least and most in parentheses.",
            "",
        ]
        return "\n".join(lines)

    def correctness(self) -> str:
        lines = ["## What goes wrong", "", prose.CORRECTNESS, ""]
        for case in CASES:
            lines += [
                f"### {case.title}",
                "",
                case.about,
                "",
                row(["", "on disk", "lost", "repeated", "requests", "verdict"]),
            ]
            lines.append(row(["---"] * 6))
            for contender in self.contenders:
                for finding in self.results["findings"]:
                    if finding["case"] == case.name and finding["contender"] == contender.name:
                        tally = finding["tally"]
                        counts = [tally["right"], tally["lost"], tally["repeated"], finding["requests"]]
                        lines.append(
                            row([contender.label, *(number(count, 0) for count in counts), case.verdict(finding)])
                        )
            lines.append("")
        return "\n".join(lines)

    def losses(self) -> str:
        """Every median that another tool betters while it gets everything right, from the same numbers as the tables."""
        titles = ["job", "measure", self.ours.title, "better"]
        lines = ["## Where tapedeck loses", "", prose.LOSSES, "", row(titles), row(["---"] * len(titles))]
        for job in self.measured_jobs():
            if not self.runs(job, self.ours).did_all:
                did = [contender.title for contender in self.others if self.runs(job, contender).did_all]
                lines.append(row([job.name, "everything once", "no", "; ".join(did) or "nobody"]))
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

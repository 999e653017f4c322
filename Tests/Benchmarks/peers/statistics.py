"""Medians and spreads of the runs of one tool on one job."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import Any

Record = dict[str, Any]


class Runs:
    """All rounds of one tool on one job, as the results file has them."""

    def __init__(self, records: list[Record]):
        self.records = records

    def median(self, value: Callable[[Record], float | None]) -> float | None:
        values = self._values(value)
        return statistics.median(values) if values else None

    def spread(self, value: Callable[[Record], float | None], digits: int) -> str:
        """Such as `1.20 (1.10–1.31)`; a dash where there is nothing."""
        values = self._values(value)
        if not values:
            return "–"
        middle = number(statistics.median(values), digits)
        if len(values) == 1:
            return middle
        return f"{middle} ({number(min(values), digits)}–{number(max(values), digits)})"

    def worst(self, name: str) -> int:
        return max(record["tally"][name] for record in self.records)

    @property
    def did_all(self) -> bool:
        """Whether every round ended by itself, with everything once."""
        return all(
            record["usage"]["exit"] == 0 and not any(record["tally"][name] for name in ("lost", "repeated", "wrong"))
            for record in self.records
        )

    @property
    def end(self) -> str:
        """How the rounds ended that did not end well."""
        ends = {
            f"stopped {record['usage']['stopped']}" if record["usage"]["stopped"] else f"exit {record['usage']['exit']}"
            for record in self.records
            if record["usage"]["exit"] != 0
        }
        return ", ".join(sorted(ends)) or "exit 0"

    def _values(self, value: Callable[[Record], float | None]) -> list[float]:
        return [found for record in self.records if (found := value(record)) is not None]


def number(value: float, digits: int) -> str:
    return f"{value:,.{digits}f}".replace(",", " ")

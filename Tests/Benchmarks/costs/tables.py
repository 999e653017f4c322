"""The tables of Docs/scaling.md."""

from __future__ import annotations

from costs.clock import AGE, MONTH, Year, simulate
from costs.model import Kismet, Webex
from costs.points import BUCKET, REQUESTS_A_SECOND, LimitedPoint, Point, Points, of_job
from costs.units import Units, predict

SIZES = (1_000, 100_000, 10_000_000)
#: Access rows of a recording, in files and ledger.
EVENTS = 4
#: Run daily; a month has so many.
RUNS = MONTH / 86_400


def all_tables(points: Points) -> dict[str, str]:
    units = Units.of(points.sizes)
    return {
        "runs": runs_table(),
        "month": month_table(units),
        "machine": machine_table(units),
        "units": units_table(units),
        "points": points_table(points.sizes, units),
        "limited": limited_table(points.limited),
    }


def accounts():
    for size in SIZES:
        yield "Webex", Webex(size)
    for size in SIZES:
        yield "Kismet", Kismet(size)


def runs_table() -> str:
    """How long runs take when the rate is all that limits them."""
    titles = [
        "",
        "recordings a month",
        "rate",
        "first run, requests",
        "takes",
        "a later run, requests",
        "takes",
        "keeps up",
    ]
    lines = [row(*titles), row(*["---"] * len(titles))]
    for name, account in accounts():
        year = simulate(account, account.requests_a_second)
        cells = [count(account.recordings_a_month), f"{account.requests_a_second:g}/s"]
        cells += [count(account.first_requests(AGE)), time(year.first_run)]
        cells += [count(year.last_requests), time(year.last_run), verdict(account, year)]
        lines.append(row(name, *cells))
    return "\n".join(lines)


def verdict(account: Webex | Kismet, year: Year) -> str:
    if year.keeps_up:
        return "daily"
    needed = account.requests_for_news / MONTH
    if needed > account.requests_a_second:
        return f"never: what is new needs {plain(needed)}/s"
    return f"one run in {time(year.last_run)}"


def month_table(units: Units) -> str:
    """What a month of daily runs sends, receives and keeps, whatever the rate."""
    titles = [
        "",
        "recordings a month",
        "requests",
        "audit reads",
        "the same with media",
        "received",
        "files grow by",
        "ledger",
    ]
    lines = [row(*titles), row(*["---"] * len(titles))]
    for name, account in accounts():
        n, months = account.recordings_a_month, 2 * AGE
        known = n * months
        requests = RUNS * account.fixed_requests(months) + account.requests_for_news
        if name == "Webex":
            received = RUNS * account.listed(months) * units.webex_row_wire
            received += account.requests_for_news * units.webex_detail_wire
            files = n * (units.row_files + EVENTS * units.event_files)
            ledger = known * (units.row_ledger + EVENTS * units.event_ledger)
            media_reads = "0"
        else:
            received = RUNS * known * units.kismet_recording_wire
            files = n * units.kismet_recording_files
            ledger = known * units.kismet_recording_ledger
            media_reads = count(n)
        sizes = [size(value) for value in (received, files, ledger)]
        lines.append(row(name, count(n), count(requests), "0", media_reads, *sizes))
    return "\n".join(lines)


def machine_table(units: Units) -> str:
    """Processor time of daily runs, and how many requests and rows a second keep one core busy."""
    lines = [row("", "recordings a month", "CPU of a daily run", "of a day's, one core"), row(*["---"] * 4)]
    for name, account in accounts():
        months = 2 * AGE
        if name == "Webex":
            cpu = account.listed(months) * units.webex_known_row
            cpu += account.requests_for_news / RUNS * units.webex_detail
        else:
            cpu = account.fixed_requests(months) * units.kismet_request_again
        lines.append(row(name, count(account.recordings_a_month), time(cpu), f"{plain(cpu / 864)} %"))
    return "\n".join(lines)


def units_table(units: Units) -> str:
    lines = [row("one more", "CPU", "received", "files", "ledger"), row(*["---"] * 5)]
    listed = size(units.webex_row_wire)
    lines += [
        row(
            "Webex recording, new in the list",
            micro(units.webex_new_row),
            listed,
            size(units.row_files),
            size(units.row_ledger),
        ),
        row("Webex recording, known already", micro(units.webex_known_row), listed, "–", "–"),
        row("Webex recording's details", micro(units.webex_detail), size(units.webex_detail_wire), "–", "–"),
        row("access row in them", "–", "–", size(units.event_files), size(units.event_ledger)),
        row(
            "Kismet recording, with its call and audit log",
            "–",
            size(units.kismet_recording_wire),
            size(units.kismet_recording_files),
            size(units.kismet_recording_ledger),
        ),
        row("Kismet request, first run", micro(units.kismet_request), "–", "–", "–"),
        row("Kismet request, later runs", micro(units.kismet_request_again), "–", "–", "–"),
    ]
    return "\n".join(lines)


def points_table(points: list[Point], units: Units) -> str:
    """What was measured; beneath the sizes that the units do not come from, what the model says."""
    titles = [
        "job",
        "recordings",
        "",
        "requests, first run",
        "second",
        "CPU, s, first run",
        "second",
        "received",
        "files",
        "ledger",
        "peak",
    ]
    lines = [row(*titles), row(*["---"] * len(titles))]
    for point in points:
        cells = [*map(count, point.requests), *(f"{value:.2f}" for value in point.cpu)]
        cells += [size(point.wire_bytes), size(point.file_bytes), size(point.ledger_bytes), f"{point.peak_mb:.0f} MB"]
        lines.append(row(point.job, count(point.recordings), "measured", *cells))
        smaller = of_job(points, point.job)
        if point not in smaller[:2]:
            expected = predict(point, smaller[0], units)
            cells = [*map(count, expected.requests), *(f"{value:.2f}" for value in expected.cpu)]
            cells += [size(expected.wire), size(expected.files), size(expected.ledger), "–"]
            lines.append(row("", "", "model", *cells))
    return "\n".join(lines)


def limited_table(points: list[LimitedPoint]) -> str:
    """Requests ÷ rate beside what a run took."""
    titles = ["requests", "refused", "requests ÷ rate", "measured"]
    lines = [row(*titles), row(*["---"] * len(titles))]
    for point in points:
        ideal = (point.requests - BUCKET) / REQUESTS_A_SECOND
        lines.append(row(count(point.requests), count(point.refused), f"{ideal:.1f} s", f"{point.wall:.1f} s"))
    return "\n".join(lines)


def micro(seconds: float) -> str:
    return f"{seconds * 1e6:.0f} µs"


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def count(value: float) -> str:
    """Such as `1 234`, `46 thousand`, `1.2 million`."""
    for unit, name in ((1e9, "billion"), (1e6, "million")):
        if value >= unit:
            return f"{plain(value / unit)} {name}"
    return f"{value:,.0f}".replace(",", " ")


def size(value: float) -> str:
    for unit, name in ((1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "KB")):
        if value >= unit:
            return f"{plain(value / unit)} {name}"
    return f"{value:.0f} B"


def time(seconds: float) -> str:
    for unit, name in ((365 * 86_400, "years"), (86_400, "days"), (3_600, "h"), (60, "min")):
        if seconds >= unit * (2 if name == "days" else 1):
            return f"{plain(seconds / unit)} {name}"
    return f"{plain(seconds)} s"


def plain(value: float) -> str:
    """Two digits that count."""
    if value >= 10:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.1f}" if value >= 1 else f"{value:.2g}"

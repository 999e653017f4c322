"""What one of a kind costs, derived from the measured points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from costs.model import PAGE
from costs.points import Point, of_job

#: One recording in 97 of the simulated Webex has more access rows than a page holds.
FULL_PAGES = 1 / 97
#: Users of the simulated Kismet.
USERS = 4


@dataclass(frozen=True)
class Units:
    """Seconds of processor time, and bytes.

    Each is what one more costs between the two smallest sizes, so that the larger ones can tell whether it stays so.
    """

    webex_new_row: float
    webex_known_row: float
    webex_detail: float
    kismet_request: float
    kismet_request_again: float
    webex_row_wire: float
    webex_detail_wire: float
    kismet_recording_wire: float
    row_files: float
    event_files: float
    kismet_recording_files: float
    kismet_recording_ledger: float
    row_ledger: float
    event_ledger: float

    @classmethod
    def of(cls, points: list[Point]) -> Units:
        rows, details, kismet = (Pair(*of_job(points, job)[:2]) for job in ("summaries", "details", "kismet"))
        new_row = rows.cost(lambda point: point.cpu[0])
        row_wire = rows.cost(lambda point: point.wire_bytes)
        row_files = rows.cost(lambda point: point.file_bytes)
        row_ledger = rows.cost(lambda point: point.ledger_bytes)
        requests_for_one = 1 + FULL_PAGES
        events_of_one = details.cost(lambda point: point.events)
        return cls(
            webex_new_row=new_row,
            webex_known_row=rows.cost(lambda point: point.cpu[1]),
            webex_detail=(details.cost(lambda point: point.cpu[0]) - new_row) / requests_for_one,
            kismet_request=kismet.cost(lambda point: point.cpu[0]) / kismet.cost(lambda point: point.requests[0]),
            kismet_request_again=kismet.cost(lambda point: point.cpu[1]) / kismet.cost(lambda point: point.requests[1]),
            webex_row_wire=row_wire,
            webex_detail_wire=(details.cost(lambda point: point.wire_bytes) - row_wire) / requests_for_one,
            kismet_recording_wire=kismet.cost(lambda point: point.wire_bytes),
            row_files=row_files,
            event_files=(details.cost(lambda point: point.file_bytes) - row_files) / events_of_one,
            kismet_recording_files=kismet.cost(lambda point: point.file_bytes),
            kismet_recording_ledger=kismet.cost(lambda point: point.ledger_bytes),
            row_ledger=row_ledger,
            event_ledger=(details.cost(lambda point: point.ledger_bytes) - row_ledger) / events_of_one,
        )


@dataclass(frozen=True)
class Pair:
    """Two sizes of one job."""

    small: Point
    large: Point

    def cost(self, value: Callable[[Point], float]) -> float:
        """What one more recording costs, without what every run costs."""
        return (value(self.large) - value(self.small)) / (self.large.recordings - self.small.recordings)


@dataclass(frozen=True)
class Prediction:
    """What the units say of a point."""

    requests: list[float]
    cpu: list[float]
    wire: float
    files: float
    ledger: float


def predict(point: Point, smallest: Point, units: Units) -> Prediction:
    """What the model expects of a size of a job, from the smallest on."""
    n, events = point.recordings - smallest.recordings, point.events - smallest.events
    if point.job == "kismet":
        requests = 1 + USERS * ceil(point.calls / USERS / PAGE) + point.calls + point.recordings
        more = requests - smallest.requests[0]
        return Prediction(
            requests=[requests, requests],
            cpu=[
                smallest.cpu[0] + more * units.kismet_request,
                smallest.cpu[1] + more * units.kismet_request_again,
            ],
            wire=smallest.wire_bytes + n * units.kismet_recording_wire,
            files=smallest.file_bytes + n * units.kismet_recording_files,
            ledger=smallest.ledger_bytes + n * units.kismet_recording_ledger,
        )
    listed = ceil(point.recordings / PAGE)
    has_details = point.job == "details"
    more = n * (1 + FULL_PAGES) if has_details else 0
    return Prediction(
        requests=[listed + (point.recordings * (1 + FULL_PAGES) if has_details else 0), listed],
        cpu=[
            smallest.cpu[0] + n * units.webex_new_row + more * units.webex_detail,
            smallest.cpu[1] + n * units.webex_known_row,
        ],
        wire=smallest.wire_bytes + n * units.webex_row_wire + more * units.webex_detail_wire,
        files=smallest.file_bytes + n * units.row_files + events * units.event_files,
        ledger=smallest.ledger_bytes + n * units.row_ledger + events * units.event_ledger,
    )

"""The jobs that all tools are measured on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Job:
    #: The name of the program's own job, which says what the simulated platforms hold.
    name: str
    title: str
    #: What it shows, in a sentence or two for the document.
    about: str
    shape: str
    #: Recordings, or calls, at scale 1.
    size: int
    #: How much of the program's own job this is.
    share: float = 1
    rounds: int = 3
    #: Seconds after which a tool is stopped.
    limit: float = 300
    #: Requests a second that the platform allows; how long a run must take is seen against it.
    rate: float | None = None
    #: How many it allows at once before that.
    bucket: int = 0
    #: What one unit of processor time is told for.
    unit: str = "record"

    def at(self, scale: float) -> float:
        """The scale for the program's own job."""
        return self.share * scale


SUMMARIES = Job(
    "summaries",
    "A long list",
    "200 000 Webex summaries, 100 a page. Each page names the next, so one request follows the other whatever the tool:"
    " this is the cost of a record.",
    "summaries",
    200_000,
)
DETAILS = Job(
    "details",
    "A list, and a request for each",
    "2 000 Webex summaries, and the access details of each: this is the cost of a request.",
    "details",
    2_000,
    unit="request",
)
KISMET = Job(
    "kismet",
    "A tree of lists",
    "Kismet's users, their 500 calls, the egresses of each, and the audit logs of each of these.",
    "kismet",
    500,
    unit="request",
)
RATE_50 = Job(
    "rate-50",
    "A limit with a large bucket",
    "490 Webex summaries and their details, where 50 requests a second are allowed, 50 of them at once; more are answered"
    " with 429 and `Retry-After` in whole seconds. No tool is told the limit. Ideal is requests ÷ rate, less what the bucket"
    " holds.",
    "details",
    980,
    share=0.5,
    rounds=2,
    limit=90,
    rate=50,
    bucket=50,
    unit="request",
)
RATE_1 = Job(
    "rate-1",
    "A limit with a bucket of one",
    "The same, where no two may come closer together than 20 ms. A tool is stopped after 30 seconds, three times the ideal.",
    "details",
    980,
    share=0.5,
    rounds=1,
    limit=30,
    rate=50,
    bucket=1,
    unit="request",
)
LATENCY = Job(
    "latency",
    "A slow platform",
    "245 Webex summaries and their details, where every answer takes 100 ms.",
    "details",
    980,
    share=0.25,
    rounds=1,
    limit=90,
    unit="request",
)
ALL = [SUMMARIES, DETAILS, KISMET, RATE_50, RATE_1, LATENCY]


def census_of(job: Job, scale: float) -> tuple[str, float]:
    """A job without limits that holds the same rows, and its scale."""
    if job.shape == "details":
        return DETAILS.name, round(job.size * job.at(scale)) / DETAILS.size
    return job.name, job.at(scale)

"""A year of runs in virtual time, for sizes that nobody can wait for."""

from __future__ import annotations

from dataclasses import dataclass

from costs.model import Kismet, Webex

DAY = 86_400.0
MONTH = 365 * DAY / 12
YEAR = 12 * MONTH
#: Months that the account has been recording when the first run begins.
AGE = 12


@dataclass(frozen=True)
class Year:
    """What a year of runs came to."""

    #: How long the first run took, and the last, in seconds.
    first_run: float
    last_run: float
    last_requests: float

    @property
    def keeps_up(self) -> bool:
        """Whether a run is done when the next is due."""
        return self.last_run <= DAY


def simulate(account: Webex | Kismet, rate: float) -> Year:
    """Runs one after the other, each when its day has come, or when the one before has ended."""
    now, previous, first_run = 0.0, None, 0.0
    while previous is None or now < YEAR:
        months = AGE + now / MONTH
        if previous is None:
            requests = account.first_requests(months)
        else:
            requests = account.fixed_requests(months) + account.requests_for_news * (now - previous) / MONTH
        duration = requests / rate
        first_run = first_run or duration
        previous, now = now, now + max(DAY, duration)
    return Year(first_run, duration, requests)

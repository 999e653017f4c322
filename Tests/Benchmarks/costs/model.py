"""How many requests a run sends, from what the connectors do.

Webex (Connectors/Webex/README.md): every run lists the whole horizon of 365 days, 100 a page, in windows of at most
90 days; the details of a recording are asked for when it is new and whenever its counters changed.

Kismet (Connectors/Kismet/README.md): the platform cannot be asked for a range of time, and nothing in a list says that
an audit trail has grown. Every run lists users and calls, 100 a page, asks each call for its recordings and each
recording for its new audit entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

PAGE = 100
HORIZON_MONTHS = 12
#: Windows of 90 days in a horizon of 365.
WINDOWS = 5


@dataclass(frozen=True)
class Webex:
    """An organization with so many new recordings a month."""

    recordings_a_month: float
    sites: int = 1
    #: How often a recording's counters differ from what the last run saw, over its life.
    changes_of_a_recording: float = 4
    #: What the model assumes of a limit that Webex does not publish: 300 a minute, which third parties name and nobody confirms.
    requests_a_second: float = 5

    def listed(self, months: float) -> float:
        """Recordings that a run lists once the account has recorded for so many months."""
        return self.recordings_a_month * min(months, HORIZON_MONTHS)

    def fixed_requests(self, months: float) -> float:
        """Requests of a run in which nothing has changed."""
        return max(self.listed(months) / PAGE, WINDOWS * self.sites)

    def first_requests(self, months: float) -> float:
        return self.fixed_requests(months) + self.listed(months)

    @property
    def requests_for_news(self) -> float:
        """Requests for what a month brings, however many runs it is spread over."""
        return self.recordings_a_month * (1 + self.changes_of_a_recording)


@dataclass(frozen=True)
class Kismet:
    """An organization with so many new recordings a month."""

    recordings_a_month: float
    recordings_of_a_call: float = 1
    calls_of_a_user_a_month: float = 100
    #: What the model assumes where nothing is documented.
    requests_a_second: float = 10

    def listed(self, months: float) -> float:
        return self.recordings_a_month * months

    def fixed_requests(self, months: float) -> float:
        recordings = self.listed(months)
        calls = recordings / self.recordings_of_a_call
        users = self.recordings_a_month / self.recordings_of_a_call / self.calls_of_a_user_a_month
        # A user's last page of calls is half full; users come 100 a page.
        return ceil(users / PAGE) + calls / PAGE + users / 2 + calls + recordings

    def first_requests(self, months: float) -> float:
        return self.fixed_requests(months)

    @property
    def requests_for_news(self) -> float:
        """None beside those of the next run, which asks everything anyway."""
        return 0

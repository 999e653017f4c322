"""Where the platforms of a job are, and what is to be read from them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

#: What is read for a job: the kinds of rows that must be on disk in the end.
KINDS = {
    "summaries": ["summary"],
    "details": ["summary", "detail"],
    "kismet": ["egress", "audit_log"],
}


@dataclass(frozen=True)
class Platforms:
    """The platforms that a server plays."""

    shape: str
    webex_url: str
    webex_token: str
    kismet_url: str
    kismet_id: str
    kismet_secret: str
    start: str
    end: str

    @property
    def kinds(self) -> list[str]:
        return KINDS[self.shape]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

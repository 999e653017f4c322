"""dlt: a pipeline of its REST client and its file destination."""

from __future__ import annotations

from contenders.contender import Contender, whole_lines, write_job
from peers.environments import Environment

#: The columns of a table back to the platform's names; dlt writes `recordingId` as `recording_id`.
COLUMNS = {
    "recording_id": "recordingId",
    "time_recorded": "timeRecorded",
    "view_count": "viewCount",
    "download_count": "downloadCount",
    "access_time": "accessTime",
}


class Dlt(Contender):
    name = "dlt"
    title = "dlt"
    settings = (
        "`RESTClient` with `HeaderLinkPaginator` and `PageNumberPaginator`, pages yielded whole, transformers "
        "deferred to 8 workers (`extract.workers`), `buffer_max_items` 20 000, `max_table_nesting` 0, files of "
        "JSON Lines without compression; no incremental loading, telemetry off. Its client obeys `Retry-After`, "
        "also as a date; eight tries."
    )
    pattern = "out/peers/*/*.jsonl"

    def __init__(self):
        self.environments = [Environment(self.name, self.folder / "requirements.txt")]

    def command(self, platforms, workspace):
        job = write_job(platforms, workspace)
        return [self.environments[0].program("python"), str(self.folder / "pipeline.py"), str(job)]

    def rows(self, workspace):
        for path in (workspace / "out/peers").glob("*/*.jsonl"):
            for row in whole_lines(path):
                yield path.parent.name, {COLUMNS.get(name, name): value for name, value in row.items()}

"""usage: pipeline.py JOB: loads the platforms of a job into files below the working directory."""

import json
import os
import sys
from pathlib import Path

os.environ |= {
    "RUNTIME__DLTHUB_TELEMETRY": "false",
    "RUNTIME__REQUEST_MAX_ATTEMPTS": "8",
    "EXTRACT__WORKERS": "8",
    "EXTRACT__MAX_PARALLEL_ITEMS": "64",
    "DATA_WRITER__BUFFER_MAX_ITEMS": "20000",
    "NORMALIZE__DATA_WRITER__DISABLE_COMPRESSION": "true",
}

import dlt  # noqa: E402
from dlt.sources.helpers.rest_client import RESTClient  # noqa: E402
from dlt.sources.helpers.rest_client.paginators import HeaderLinkPaginator, PageNumberPaginator  # noqa: E402

PAGE = 100


@dlt.source(max_table_nesting=0)
def webex(job):
    client = RESTClient(
        f"{job['webex_url']}/recordingReport",
        headers={"Authorization": f"Bearer {job['webex_token']}"},
        paginator=HeaderLinkPaginator(),
        data_selector="items",
    )

    @dlt.resource(parallelized=True)
    def summary():
        window = {"from": job["start"], "to": job["end"], "hostEmail": "all", "max": PAGE}
        yield from client.paginate("accessSummary", params=window)

    @dlt.transformer(data_from=summary)
    def detail(page):
        for row in page:
            yield details(row)

    @dlt.defer
    def details(row):
        one = {"recordingId": row["recordingId"], "hostEmail": row["hostEmail"], "max": PAGE}
        return [detail for page in client.paginate("accessDetail", params=one) for detail in page]

    return [summary, detail] if job["shape"] == "details" else [summary]


@dlt.source(max_table_nesting=0)
def kismet(job):
    client = RESTClient(
        job["kismet_url"],
        headers={"X-Client-ID": job["kismet_id"], "X-Client-Secret": job["kismet_secret"]},
    )

    def numbered(path, selector):
        paginator = PageNumberPaginator(base_page=1, page_param="page", total_path="pagination.total_pages")
        return client.paginate(path, params={"per_page": PAGE}, paginator=paginator, data_selector=selector)

    @dlt.resource(selected=False)
    def users():
        yield from numbered("organization_users", "organization_users")

    @dlt.transformer(data_from=users, parallelized=True, selected=False)
    def calls(page):
        for user in page:
            path = f"organization_users/{user['id']}/calls"
            for rows in numbered(path, "calls"):
                yield [f"{path}/{row['id']}/egresses" for row in rows]

    @dlt.transformer(data_from=calls, selected=False)
    def listed(paths):
        for path in paths:
            yield egresses(path)

    @dlt.defer
    def egresses(path):
        return {"path": path, "rows": client.get(path).json()["egresses"]}

    @dlt.transformer(data_from=listed)
    def egress(listing):
        return listing["rows"]

    @dlt.transformer(data_from=listed)
    def audit_log(listing):
        for row in listing["rows"]:
            yield audit_logs(f"{listing['path']}/{row['id']}/audit_logs")

    @dlt.defer
    def audit_logs(path):
        return [row for page in numbered(path, "audit_logs") for row in page]

    return egress, audit_log


def main():
    job = json.loads(Path(sys.argv[1]).read_text())
    destination = dlt.destinations.filesystem(bucket_url=f"file://{Path.cwd()}/out")
    pipeline = dlt.pipeline("peers", destination=destination, dataset_name="peers", pipelines_dir="pipelines")
    pipeline.run(kismet(job) if job["shape"] == "kismet" else webex(job), loader_file_format="jsonl")


main()

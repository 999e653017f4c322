"""usage: loop.py JOB FOLDER: reads the platforms of a job, eight requests at a time, into files of JSON Lines."""

import asyncio
import json
import sys
from pathlib import Path

import aiohttp
import orjson

ATTEMPTS = 8
CONCURRENCY = 8
PAGE = 100


class Loop:
    def __init__(self, job, folder, session):
        self.job = job
        self.folder = folder
        self.session = session
        self.slots = asyncio.Semaphore(CONCURRENCY)

    async def get(self, url, params=None):
        async with self.slots:
            for attempt in range(ATTEMPTS):
                async with self.session.get(url, params=params) as answer:
                    if answer.status != 429:
                        answer.raise_for_status()
                        return orjson.loads(await answer.read()), answer.links
                    wait = float(answer.headers.get("Retry-After", 2**attempt))
                await asyncio.sleep(wait)
        raise RuntimeError("too many answers of 429")

    async def linked(self, url, params):
        """Webex: the next page is where the `Link` header says."""
        while url:
            body, links = await self.get(url, params)
            yield body["items"]
            url, params = links.get("next", {}).get("url"), None

    async def numbered(self, path, name):
        """Kismet: pages have numbers, and say how many there are."""
        page, pages = 1, 1
        while page <= pages:
            body, _ = await self.get(f"{self.job['kismet_url']}/{path}", {"page": page, "per_page": PAGE})
            yield body[name]
            pages = body["pagination"]["total_pages"]
            page += 1

    def file(self, kind):
        return (self.folder / f"{kind}.jsonl").open("wb")

    async def read_webex(self):
        report = f"{self.job['webex_url']}/recordingReport"
        window = {"from": self.job["start"], "to": self.job["end"], "hostEmail": "all", "max": PAGE}
        with_details = self.job["shape"] == "details"

        async def read_details(row):
            one = {"recordingId": row["recordingId"], "hostEmail": row["hostEmail"], "max": PAGE}
            async for rows in self.linked(f"{report}/accessDetail", one):
                write(details, rows)

        with self.file("summary") as summaries, self.file("detail") as details:
            async with asyncio.TaskGroup() as group:
                async for page in self.linked(f"{report}/accessSummary", window):
                    write(summaries, page)
                    for row in page if with_details else []:
                        group.create_task(read_details(row))

    async def read_kismet(self):
        async def read_user(user):
            calls = f"organization_users/{user['id']}/calls"
            async for page in self.numbered(calls, "calls"):
                for call in page:
                    group.create_task(read_call(f"{calls}/{call['id']}/egresses"))

        async def read_call(path):
            body, _ = await self.get(f"{self.job['kismet_url']}/{path}")
            write(egresses, body["egresses"])
            for egress in body["egresses"]:
                group.create_task(read_audit_logs(f"{path}/{egress['id']}/audit_logs"))

        async def read_audit_logs(path):
            async for rows in self.numbered(path, "audit_logs"):
                write(audit_logs, rows)

        with self.file("egress") as egresses, self.file("audit_log") as audit_logs:
            async with asyncio.TaskGroup() as group:
                async for page in self.numbered("organization_users", "organization_users"):
                    for user in page:
                        group.create_task(read_user(user))


def write(file, rows):
    file.writelines(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)


async def main():
    job = json.loads(Path(sys.argv[1]).read_text())
    headers = {
        "Authorization": f"Bearer {job['webex_token']}",
        "X-Client-ID": job["kismet_id"],
        "X-Client-Secret": job["kismet_secret"],
    }
    async with aiohttp.ClientSession(headers=headers) as session:
        loop = Loop(job, Path(sys.argv[2]), session)
        await (loop.read_kismet() if job["shape"] == "kismet" else loop.read_webex())


asyncio.run(main())

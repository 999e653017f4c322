"""usage: loop.py JOB FOLDER: reads the platforms of a job, one request at a time, into files of JSON Lines."""

import json
import sys
import time
from pathlib import Path

import requests

ATTEMPTS = 8
PAGE = 100


class Loop:
    def __init__(self, job, folder):
        self.job = job
        self.folder = folder
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {job['webex_token']}"
        self.session.headers["X-Client-ID"] = job["kismet_id"]
        self.session.headers["X-Client-Secret"] = job["kismet_secret"]

    def get(self, url, params=None):
        for attempt in range(ATTEMPTS):
            answer = self.session.get(url, params=params, timeout=60)
            if answer.status_code != 429:
                break
            time.sleep(float(answer.headers.get("Retry-After", 2**attempt)))
        answer.raise_for_status()
        return answer

    def linked(self, url, params):
        """Webex: the next page is where the `Link` header says."""
        while url:
            answer = self.get(url, params)
            yield answer.json()["items"]
            url, params = answer.links.get("next", {}).get("url"), None

    def numbered(self, path, name):
        """Kismet: pages have numbers, and say how many there are."""
        page, pages = 1, 1
        while page <= pages:
            body = self.get(f"{self.job['kismet_url']}/{path}", {"page": page, "per_page": PAGE}).json()
            yield from body[name]
            pages = body["pagination"]["total_pages"]
            page += 1

    def file(self, kind):
        return (self.folder / f"{kind}.jsonl").open("w")

    def read_webex(self):
        report = f"{self.job['webex_url']}/recordingReport"
        window = {"from": self.job["start"], "to": self.job["end"], "hostEmail": "all", "max": PAGE}
        with_details = self.job["shape"] == "details"
        with self.file("summary") as summaries, self.file("detail") as details:
            for page in self.linked(f"{report}/accessSummary", window):
                write(summaries, page)
                for row in page if with_details else []:
                    one = {"recordingId": row["recordingId"], "hostEmail": row["hostEmail"], "max": PAGE}
                    for rows in self.linked(f"{report}/accessDetail", one):
                        write(details, rows)

    def read_kismet(self):
        with self.file("egress") as egresses, self.file("audit_log") as audit_logs:
            for user in self.numbered("organization_users", "organization_users"):
                calls = f"organization_users/{user['id']}/calls"
                for call in self.numbered(calls, "calls"):
                    rows = self.get(f"{self.job['kismet_url']}/{calls}/{call['id']}/egresses").json()["egresses"]
                    write(egresses, rows)
                    for egress in rows:
                        path = f"{calls}/{call['id']}/egresses/{egress['id']}/audit_logs"
                        write(audit_logs, self.numbered(path, "audit_logs"))


def write(file, rows):
    file.writelines(json.dumps(row) + "\n" for row in rows)


def main():
    job = json.loads(Path(sys.argv[1]).read_text())
    loop = Loop(job, Path(sys.argv[2]))
    if job["shape"] == "kismet":
        loop.read_kismet()
    else:
        loop.read_webex()


main()

"""Checks of what the numbers hang on: that a loss is seen as one, and time that children take as time.

usage: python3 -m unittest checks
"""

import json
import sys
import tempfile
import unittest
import urllib.request
from pathlib import Path

from contenders.contender import whole_lines
from peers.cases import CASES
from peers.correctness import Finding
from peers.faulty import FaultyWebex
from peers.process import Run, Usage
from peers.truth import Census, Tally, keys

BUSY = "import time\nwhile time.process_time() < 0.3: pass"


def summary(identifier, views=1):
    row = {"recordingId": identifier, "timeRecorded": "2026-01-01T00:00:00Z", "viewCount": views, "downloadCount": 0}
    return "summary", row


class TallyChecks(unittest.TestCase):
    truth = keys([summary("a"), summary("b"), summary("b")])

    def test_all_of_it_is_right_in_any_order_and_with_times_in_another_form(self):
        kind, row = summary("a")
        row["timeRecorded"] = "2026-01-01T00:00:00+00:00"
        self.assertEqual(Tally.of([summary("b"), (kind, row), summary("b")], self.truth), Tally(3, 0, 0, 0))

    def test_a_row_that_is_missing_is_lost_though_another_like_it_is_there(self):
        self.assertEqual(Tally.of([summary("a"), summary("b")], self.truth), Tally(2, 1, 0, 0))

    def test_a_row_that_is_there_too_often_is_repeated(self):
        rows = [summary("a"), summary("a"), summary("b"), summary("b")]
        self.assertEqual(Tally.of(rows, self.truth), Tally(3, 0, 1, 0))

    def test_a_row_with_another_count_is_wrong_and_its_right_form_lost(self):
        self.assertEqual(Tally.of([summary("a", views=2), summary("b"), summary("b")], self.truth), Tally(2, 1, 0, 1))

    def test_a_line_that_was_cut_off_is_no_record(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rows.jsonl"
            path.write_text('{"id": 1}\n{"id": 2, "na{"id": 3}\n{"id": 4}\n{"id": 5}')
            self.assertEqual([row["id"] for row in whole_lines(path)], [1, 4])


class RunChecks(unittest.TestCase):
    def run_command(self, *command, limit=10):
        with tempfile.TemporaryDirectory() as folder:
            return Run(list(command), Path(folder), "out.jsonl", b"\n").wait(limit)

    def test_both_ends_of_a_pipe_are_counted(self):
        usage = self.run_command("sh", "-c", f'{sys.executable} -c "{BUSY}" | {sys.executable} -c "{BUSY}"')
        self.assertGreater(usage.cpu, 0.6)

    def test_what_a_command_leaves_behind_is_counted(self):
        usage = self.run_command("sh", "-c", f'setsid {sys.executable} -c "{BUSY}" & exit 3')
        self.assertEqual(usage.exit, 3)
        self.assertGreater(usage.cpu, 0.3)

    def test_a_command_that_does_not_end_is_killed(self):
        usage = self.run_command("sleep", "60", limit=0.2)
        self.assertEqual((usage.exit, usage.stopped), (-9, "after 0 s"))

    def test_the_first_record_is_there_when_its_line_is(self):
        usage = self.run_command("sh", "-c", "printf x >out.jsonl; sleep 0.3; echo >>out.jsonl; sleep 0.1")
        self.assertGreater(usage.first_record, 0.25)


class FaultyWebexChecks(unittest.TestCase):
    def tearDown(self):
        self.webex.stop()

    def middle(self):
        platforms = self.webex.platforms
        cursor = self.webex.struck * 100
        query = f"from={platforms.start}&to={platforms.end}&max=100&cursor={cursor}"
        return urllib.request.urlopen(f"{platforms.webex_url}/recordingReport/accessSummary?{query}")

    def test_without_a_fault_a_census_finds_everything(self):
        self.webex = FaultyWebex("none", 950)
        found = keys(Census(self.webex.platforms).rows())
        self.assertEqual(found, keys(("summary", row) for row in self.webex.rows))
        self.assertEqual(self.webex.requests, self.webex.pages)

    def test_json_is_cut_once(self):
        self.webex = FaultyWebex("truncated-json", 1_000)
        with self.assertRaises(json.JSONDecodeError):
            json.load(self.middle())
        self.assertEqual(len(json.load(self.middle())["items"]), 100)

    def test_links_are_faulty_always(self):
        self.webex = FaultyWebex("link-to-itself", 1_000)
        for _ in range(2):
            self.assertIn(f"cursor={self.webex.struck * 100}>", self.middle().headers["Link"])


class VerdictChecks(unittest.TestCase):
    def verdict(self, case, exit, tally, requests=20, stopped=""):
        finding = Finding("any", case, Usage(exit, stopped, 1, 1, 1, None), requests, 20, tally)
        return next(each for each in CASES if each.name == case).verdict(finding.as_json())

    def test_a_loss_with_exit_0_is_silent(self):
        self.assertEqual(self.verdict("garbled-link", 0, Tally(1, 1, 0, 0)), "**loses in silence**")
        self.assertEqual(self.verdict("garbled-link", 2, Tally(1, 1, 0, 0)), "says so, exit 2")
        self.assertEqual(self.verdict("garbled-link", 0, Tally(2, 0, 0, 0)), "everything")

    def test_a_second_run_that_asks_for_everything_begins_again(self):
        self.assertEqual(self.verdict("run-again", 0, Tally(2, 0, 0, 0), requests=20), "begins again")
        self.assertEqual(self.verdict("run-again", 0, Tally(2, 0, 0, 0), requests=11), "continues")
        self.assertEqual(self.verdict("run-again", 0, Tally(2, 0, 1, 0)), "**repeats**")


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""The connector of Docs/Examples that goes wrong in one way, named by its first argument.

What goes wrong in a listing goes wrong in that of shelf "b" alone.
"""

import importlib.util
import json
import os
import pathlib
import select
import signal
import sys
import time

EXAMPLE = pathlib.Path(__file__).resolve().parents[3] / "Docs/Examples/tape_archive.py"
specification = importlib.util.spec_from_file_location("tape_archive", EXAMPLE)
tape_archive = importlib.util.module_from_spec(specification)
sys.dont_write_bytecode = True
specification.loader.exec_module(tape_archive)

MODE = sys.argv[1]
CANARY = "canary.person@example.org"
RECORDS = {"type": "recordings", "records": []}


def die():
    print(f"the words of a crash: {CANARY}", file=sys.stderr, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


def write_bytes(host, data):
    host.out.write(data)
    host.out.flush()


def page_of(host):
    paging = {"style": "cursor", "at": "/next", "parameter": "after", "items": "/tapes"}
    path = {"path": "/shelves/{shelf}/tapes", "parameters": {"shelf": "b"}}
    return host.ask({"type": "request", "request": path, "paging": paging})


def hang(host):
    print("about to hang", file=sys.stderr, flush=True)
    host.write({"type": "progress", "message": "hanging"})
    while True:
        time.sleep(1000)


def leave_child(host):
    child = os.fork()
    if child == 0:
        hang_for_ever()
    host.write({"type": "progress", "message": f"child {child}"})
    os._exit(7)


def hang_for_ever():
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN)
    while True:
        time.sleep(1000)


def flood(host):
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    line = json.dumps(RECORDS).encode() + b"\n"
    while True:
        write_bytes(host, line * 100)


def ignore_everything(host):
    host.write({"type": "progress", "message": f"process {os.getpid()}"})
    os.close(4)
    hang_for_ever()


def leave_group(host):
    os.setpgid(0, os.getpgid(os.getppid()))
    ignore_everything(host)


def talk_of_progress(host):
    while True:
        host.write({"type": "progress", "message": "still here"})


def ask_without_reading(host):
    request = {"path": "/shelves/{shelf}/tapes", "parameters": {"shelf": "b"}}
    line = json.dumps({"type": "request", "request": request}).encode() + b"\n"
    while select.select([], [4], [], 1)[1]:
        os.write(4, line)
    os._exit(9)


def too_many_lists(host):
    paging = {"style": "none", "items": "/shelves"}
    for pager in range(1000):
        host.ask({"type": "request", "request": {"path": "/shelves"}, "paging": paging, "pager": pager})


def too_many_pages(host):
    while page_of(host)["type"] == "page":
        pass


def after_page(host):
    page_of(host)
    die()


def after_records(host):
    page = page_of(host)
    host.ask({"type": "recordings", "records": [tape_archive.recording(t, i) for i, t in enumerate(page["items"])]})
    die()


def exit_quietly(host):
    os._exit(3)


SABOTAGE = {
    "dies": lambda host: die(),
    "exits": exit_quietly,
    "dies_after_a_page": after_page,
    "dies_after_records": after_records,
    "garbage": lambda host: write_bytes(host, b"\x00\xff " + CANARY.encode() + b"\n"),
    "text": lambda host: write_bytes(host, f"Traceback: {CANARY}\n".encode()),
    "not_a_message": lambda host: write_bytes(host, f'["{CANARY}"]\n'.encode()),
    "unknown_type": lambda host: host.write({"type": CANARY}),
    "unknown_member": lambda host: host.write({"type": "recordings", "records": [{"id": "x", "startet_at": CANARY}]}),
    "no_id": lambda host: host.write({"type": "recordings", "records": [{"title": CANARY}]}),
    "wrong_time": lambda host: host.write({"type": "recordings", "records": [{"id": "x", "started_at": CANARY}]}),
    "no_such_item": lambda host: host.write({"type": "recordings", "records": [{"id": "x", "raw_item": 99}]}),
    "wrong_place": lambda host: host.write({"type": "listing", "listing": {"key": CANARY, "label": "x"}}),
    "foreign_done": lambda host: host.write({"type": "done", "id": 999}),
    "half_a_line": lambda host: (write_bytes(host, b'{"type":"recor'), os._exit(0)),
    "long_line": lambda host: write_bytes(host, b'{"type":"progress","message":"' + b"x" * (2 << 20) + b'"}\n'),
    "long_line_without_end": lambda host: write_bytes(host, b"x" * (4 << 20)),
    "deep": lambda host: write_bytes(host, b"[" * 100_000 + b"\n"),
    "flood": flood,
    "progress_without_end": talk_of_progress,
    "asks_and_never_reads": ask_without_reading,
    "page_of_nothing": lambda host: host.ask({"type": "next_page", "pager": 3}),
    "too_many_lists": too_many_lists,
    "too_many_pages": too_many_pages,
    "hangs": hang,
    "leaves_a_child": leave_child,
    "closes_and_stays": ignore_everything,
    "leaves_its_group": leave_group,
}


def recordings(host, settings, parameters):
    if parameters["listing"]["parameters"]["shelf"] == "b" and MODE in SABOTAGE:
        SABOTAGE[MODE](host)
        hang_for_ever()
    else:
        original(host, settings, parameters)


original = tape_archive.METHODS["recordings"]
tape_archive.METHODS["recordings"] = recordings


class Host(tape_archive.Host):
    """Goes wrong where the example has no hook."""

    def write(self, message):
        kind = message["type"]
        if MODE == f"dies_at_{kind}":
            die()
        if MODE == "other_version" and kind == "hello":
            message["protocol"] = 2
        if MODE == "no_id_in_hello" and kind == "hello":
            del message["connector"]["id"]
        if MODE == "changes_itself" and kind == "hello":
            message["connector"]["summary"] = f"Process {os.getpid()}."
        if MODE == "refuses_settings" and kind == "ready":
            message = {"type": "failed", "error": {"code": "configuration_invalid", "message": "Shelves are missing."}}
        super().write(message)
        if MODE == "talks_after_done" and kind == "done":
            write_bytes(self, json.dumps(RECORDS).encode() + b"\n")
        if MODE == "dies_after_done" and kind == "done":
            die()

    def read(self):
        message = super().read()
        if MODE == "silent_from_the_start":
            hang_for_ever()
        if MODE == f"dies_on_{message['type']}":
            die()
        if MODE == "dies_in_every_recordings" and message.get("method") == "recordings":
            die()
        if MODE == "fails_with_a_message" and message.get("method") == "recordings":
            text = f"Could not read {CANARY}"
            self.write({"type": "begin", "id": message["id"]})
            self.write({"type": "failed", "id": message["id"], "error": {"code": "odd", "message": text}})
            return self.read()
        return message


tape_archive.Host = Host

if MODE == "prints":
    print(f"\x1b[31mhello\x07 {CANARY}", flush=True)
if MODE == "environment":
    print("|".join(f"{k}={v}" for k, v in sorted(os.environ.items()) if k != "LC_CTYPE"))
    print("cwd=" + os.getcwd(), "fds=" + ",".join(sorted(os.listdir("/proc/self/fd"), key=int)), flush=True)
if MODE == "ignores_the_end":
    tape_archive.Host.read = lambda self: (tape_archive.json.loads(self.lines.readline() or hang_for_ever()))
if MODE == "exits_at_once":
    sys.exit(1)

tape_archive.main()

"""Checks schemas, and every line of the JSON Lines files of a folder against them.

usage: validate.py SCHEMAS RECORDS

SCHEMAS holds KIND.schema.json for each kind, and records.schema.json, which takes a record of any kind.
RECORDS holds KIND.jsonl; a kind without a file has no records.
Prints one JSON object: "checked" has the number of lines by kind, "problems" one sentence for each problem, which begins
with the file, the line and the member.
"""

import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError

ANY_KIND = "records"
PROBLEMS_SHOWN = 100


def refuse(constant):
    raise ValueError(f"{constant} is not JSON")


def load_validators(folder, problems):
    formats = FormatChecker(formats=["date-time"])
    if formats.conforms("no time", "date-time"):
        raise SystemExit("The format date-time is not checked: rfc3339-validator is missing.")
    validators = {}
    for path in sorted(folder.glob("*.schema.json")):
        schema = json.loads(path.read_bytes())
        try:
            Draft202012Validator.check_schema(schema)
        except SchemaError as error:
            problems.append(f"{path.name}: {error.json_path}: {error.message}")
            continue
        validators[path.name.split(".")[0]] = Draft202012Validator(schema, format_checker=formats)
    return validators


def problems_of(line, validator, any_kind):
    try:
        record = json.loads(line.decode("utf-8"), parse_constant=refuse)
    except ValueError as error:
        return [f"not JSON: {error}"]
    found = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(record)]
    if not found and not any_kind.is_valid(record):
        found.append(f"$: {ANY_KIND}.schema.json does not take it")
    return found


def check(folder, validators, problems):
    checked = {}
    for path in sorted(folder.glob("*.jsonl")):
        kind = path.stem
        if kind not in validators or ANY_KIND not in validators:
            problems.append(f"{path.name}: there is no valid schema")
            continue
        lines = path.read_bytes().split(b"\n")
        if lines.pop() != b"":
            problems.append(f"{path.name}: the last line has no end")
        for number, line in enumerate(lines, 1):
            for problem in problems_of(line, validators[kind], validators[ANY_KIND]):
                problems.append(f"{path.name}:{number}: {problem}")
        checked[kind] = len(lines)
    return checked


def main(schemas, records):
    problems = []
    validators = load_validators(Path(schemas), problems)
    checked = check(Path(records), validators, problems)
    print(json.dumps({"checked": checked, "problems": problems[:PROBLEMS_SHOWN]}))


if __name__ == "__main__":
    main(*sys.argv[1:])

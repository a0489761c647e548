"""Every OCSF and ECS document against JSON Schema, with a validator that is not ours.

    schemas.py JAR OCSF_LINES ECS_LINES [DIRECTORY]

JAR holds the schemas of the fields that Vedette emits; DIRECTORY, when there is one, OCSF's full
schemas of version 1.8.0.
"""
import copy
import json
import pathlib
import sys
import zipfile

from jsonschema import Draft7Validator, FormatChecker

NAMES = {2005: "incident_finding", 2004: "detection_finding"}


def documents(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file.read().splitlines()]


def validator(schema):
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema, format_checker=FormatChecker())


def own(jar, name):
    with zipfile.ZipFile(jar) as file:
        path = f"io/vedette/edge/siem/schema/{name}.schema.json"
        return validator(json.loads(file.read(path)))


def check(valid, document, which):
    errors = [f"{'/'.join(map(str, e.path))}: {e.message[:200]}" for e in valid.iter_errors(document)]
    assert not errors, (which, errors[:5])


def wrong(document, time, code):
    """Copies with one thing wrong each."""
    for change in (
        lambda d: d.update(surprise=1),
        lambda d: d.pop(time),
        lambda d: d.update({time: 12}),
        lambda d: d.pop(code),
    ):
        broken = copy.deepcopy(document)
        change(broken)
        yield broken


def refuses(valid, document, time, code, which):
    for broken in wrong(document, time, code):
        assert not valid.is_valid(broken), (which, "takes a wrong document")


def main(jar, ocsf_lines, ecs_lines, directory=None):
    ocsf, ecs = documents(ocsf_lines), documents(ecs_lines)
    versions = {e["metadata"]["version"] for e in ocsf}
    for uid, name in NAMES.items():
        events = [e for e in ocsf if e["class_uid"] == uid]
        assert events, f"no event of class {uid}"
        schemas = {"own": own(jar, "ocsf-" + name.replace("_", "-"))}
        if directory and versions == {"1.8.0"}:
            text = pathlib.Path(directory, f"{name}.schema.json").read_text(encoding="utf-8")
            schemas["OCSF's"] = validator(json.loads(text))
        for whose, valid in schemas.items():
            for event in events:
                check(valid, event, (whose, event["metadata"]["uid"]))
            refuses(valid, events[0], "time", "type_uid", whose)
        print(f"   {len(events)} events of class {uid}: 0 errors by the schemas {', '.join(schemas)}")
    alerts = own(jar, "ecs-alert")
    for document in ecs:
        check(alerts, document, document["event"]["id"])
    refuses(alerts, ecs[0], "@timestamp", "event", "own")
    print(f"   {len(ecs)} ECS documents: 0 errors by our own schema")


if __name__ == "__main__":
    main(*sys.argv[1:])

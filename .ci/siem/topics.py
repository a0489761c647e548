"""The three topics as a client that is not ours read them, field by field, against one another and
against what the service's API says.

    topics.py CEF ECS OCSF API

The first three hold key, headers and value of a record a line, separated by tabs; the last the
answer of /api/incidents.
"""
import datetime
import json
import math
import sys

from check import cef, clean, lines

ELASTIC = {"1": 1, "3": 21, "5": 47, "8": 73, "10": 99}
OCSF = {"1": 1, "3": 2, "5": 3, "8": 4, "10": 5}
WORDS = {"1": "informational", "3": "low", "5": "medium", "8": "high", "10": "critical"}


def records(path):
    for line in lines(path):
        key, headers, value = line.split("\t", 2)
        yield key, dict(h.split("=", 1) for h in headers.split(",")), value


def millis(text):
    time = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return str(round(time.timestamp() * 1000))


def rounded(value):
    return str(math.floor(value + 0.5))


def same(left, right):
    """Both have the same keys and values."""
    wrong = {k: (left.get(k), right.get(k)) for k in {*left, *right} if left.get(k) != right.get(k)}
    assert not wrong, wrong


def techniques(threat):
    technique = threat.get("technique", {})
    subs = technique.get("subtechnique", {}).get("id", [])
    parents = {sub.rsplit(".", 1)[0] for sub in subs}
    return sorted(subs + [t for t in technique.get("id", []) if t not in parents])


def as_cef(doc):
    """What the CEF line of an ECS document must say."""
    own = doc["vedette"]
    users = doc.get("related", {}).get("user", [])
    fields = {
        "deviceFacility": "vedette.incidents",
        "cat": doc["rule"]["category"],
        "act": own["incident"]["activity"].capitalize(),
        "rt": millis(doc["@timestamp"]),
        "start": millis(doc["event"]["start"]),
        "end": millis(doc["event"]["end"]),
        "externalId": doc["event"]["id"],
        "cnt": str(own["exchanges"]),
        "suser": doc.get("user", {}).get("name"),
        "suid": doc.get("user", {}).get("id"),
        "reason": own["incident"].get("close_reason"),
        "msg": doc["message"],
    }
    for slot, label, value in (
        ("cs1", "modelName", own["model"]["name"]),
        ("cs2", "tenant", doc.get("organization", {}).get("id")),
        ("cs4", "incidentId", own["incident"]["id"]),
        ("cs5", "accounts", ", ".join(users[:10])),
        ("cs6", "nextSteps", " ".join(own["next_steps"])),
        ("cn1", "riskScore", rounded(doc["event"]["risk_score"])),
        ("cn2", "confidence", rounded(100 * own["confidence"])),
        ("cn3", "accountCount", str(own["members"])),
        ("flexNumber1", "findings", str(own["findings"])),
        ("flexNumber2", "suppressed", str(own["suppressed"])),
        ("flexString1", "stages", ",".join(own.get("stages", []))),
        ("flexString2", "runbook", doc["event"]["reference"]),
    ):
        if value:
            fields[slot], fields[slot + "Label"] = value, label
    return {k: v for k, v in fields.items() if v is not None}


def against_ecs(line, headers, doc, more):
    head, fields = cef(line)
    ids = fields.pop("cs3", "").split(",")
    fields.pop("cs3Label", None)
    assert sorted(filter(None, ids)) == techniques(doc.get("threat", {})), ids
    same(fields, as_cef(doc))
    assert head == ("Vedette", "Vedette", doc["observer"]["version"], doc["rule"]["id"], doc["rule"]["name"], head[5])
    assert ELASTIC[head[5]] == doc["event"]["severity"]
    assert headers["detector"] == doc["event"]["code"] == doc["vedette"]["detectors"][0]
    assert doc["event"]["reference"] == doc["rule"]["reference"] == doc["vedette"]["runbook"]
    for each in (headers, more):
        assert each["severity"] == WORDS[head[5]] and each["vedette-id"] == fields["externalId"]
        assert each["tenant"] == fields["cs2"]
        assert each["vedette-incident-hash"] == doc["vedette"]["record"]["hash"]
    assert (headers["content-type"], more["content-type"]) == ("text/plain", "application/json")


def against_ocsf(doc, case, headers):
    own, other = doc["vedette"], case["unmapped"]["vedette"]
    shared = ("detectors", "log_evidence", "evidence", "samples", "findings", "suppressed", "members", "reopened",
              "stages", "campaign", "joined", "verdict", "checked", "rule_out", "next_steps", "record", "runbook")
    same({k: own[k] for k in shared if k in own}, {k: other[k] for k in shared if k in other})
    severity = {v: OCSF[k] for k, v in ELASTIC.items()}[doc["event"]["severity"]]
    found = case["finding_info_list"]
    same(
        {
            "time": millis(doc["@timestamp"]), "start": millis(doc["event"]["start"]), "end": millis(doc["event"]["end"]),
            "severity": severity, "message": doc["message"], "desc": doc["event"]["reason"], "count": own["exchanges"],
            "risk": rounded(doc["event"]["risk_score"]), "confidence": rounded(100 * own["confidence"]),
            "model": own["model"]["name"], "principals": doc.get("related", {}).get("user"),
            "code": doc["event"]["code"], "runbook": doc["event"]["reference"], "titles": doc["rule"]["name"],
            "sequence": doc["event"]["sequence"], "uid": doc["event"]["id"],
        },
        {
            "time": str(case["time"]), "start": str(case["start_time"]), "end": str(case["end_time"]),
            "severity": case["severity_id"], "message": case["message"], "desc": case["desc"], "count": case["count"],
            "risk": str(case["risk_score"]), "confidence": str(case["confidence_score"]),
            "model": other["model"], "principals": other.get("principals"),
            "code": case["metadata"]["event_code"], "runbook": found[0]["src_url"], "titles": found[0]["title"],
            "sequence": case["metadata"]["sequence"], "uid": case["metadata"]["uid"],
        })
    assert headers["ocsf-version"] == case["metadata"]["version"] and headers["ocsf-class"] == "2005"


def against_api(told, doc):
    own = doc["vedette"]
    assert doc["message"].startswith(told["title"]), told["title"]
    assert told["title"].startswith(doc["rule"]["name"]), told["title"]
    same(
        {"detectors": told["detectors"], "techniques": sorted(told["techniques"]), "model": told["model"],
         "tenant": told["tenant"], "principals": told["principals"], "risk": told["riskScore"],
         "confidence": told["confidence"], "findings": told["findings"], "members": told["members"],
         "steps": told["nextSteps"], "checked": told["checked"], "runbook": told["runbook"]},
        {"detectors": own["detectors"], "techniques": techniques(doc.get("threat", {})), "model": own["model"]["name"],
         "tenant": doc["organization"]["id"], "principals": doc["related"]["user"], "risk": doc["event"]["risk_score"],
         "confidence": own["confidence"], "findings": own["findings"], "members": own["members"],
         "steps": own["next_steps"], "checked": own.get("checked", []), "runbook": own["runbook"]})


def main(cef_path, ecs_path, ocsf_path, api_path):
    alerts = {}
    for key, headers, value in records(ecs_path):
        doc = json.loads(value)
        assert key == doc["vedette"]["incident"]["id"] and headers["ecs-version"] == doc["ecs"]["version"]
        alerts[doc["event"]["id"]] = (headers, doc)
    cases, details = {}, 0
    for key, headers, value in records(ocsf_path):
        event = json.loads(value)
        assert event["metadata"]["correlation_uid"] == key
        assert headers["ocsf-class"] == str(event["class_uid"])
        assert headers["severity"] == event["severity"].lower()
        assert headers["vedette-id"] == event["metadata"]["uid"]
        if event["class_uid"] == 2005:
            cases[event["metadata"]["uid"]] = (headers, event)
        else:
            details += 1
            assert event["finding_info"]["src_url"] and event["remediation"]["references"]
            assert event["unmapped"]["vedette"]["record"]["hash"] == headers["vedette-incident-hash"]
    with open(api_path, encoding="utf-8") as file:
        told = {f"{i['incidentId']}:{i['sequence']}": i for i in json.load(file)}
    seen = compared = 0
    for key, headers, value in records(cef_path):
        clean(value)
        uid = headers["vedette-id"]
        more, doc = alerts[uid]
        assert key == doc["vedette"]["incident"]["id"]
        against_ecs(value, headers, doc, more)
        against_ocsf(doc, cases[uid][1], cases[uid][0])
        seen += 1
        if uid in told:
            against_api(told[uid], doc)
            compared += 1
    assert seen >= 2 and details >= 2 and compared >= 1, (seen, details, compared)
    print(f"   {seen} activities field by field in three topics, {compared} as the API tells them, {details} findings")


if __name__ == "__main__":
    main(*sys.argv[1:])

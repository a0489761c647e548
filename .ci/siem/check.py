"""Checks of what SIEM receivers got; shares no code with the renderers."""
import http.server
import json
import os
import re
import sys
import unicodedata

KEY = re.compile(r"(?:^| )([A-Za-z0-9]+)=")


def cef(line):
    """Header and extensions of a CEF line, unescaped."""
    head = re.match(r"CEF:0\|" + r"((?:[^|\\]|\\.)*)\|" * 6, line)
    assert head, line
    fields, rest = {}, line[head.end():]
    keys = list(KEY.finditer(rest))
    for i, key in enumerate(keys):
        end = keys[i + 1].start() if i + 1 < len(keys) else len(rest)
        value = rest[key.end():end]
        assert not re.search(r"(?<!\\)(?:\\\\)*=", value), line
        fields[key.group(1)] = re.sub(r"\\(.)", r"\1", value)
    return head.groups(), fields


def lines(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return file.read().splitlines() if os.path.exists(path) else []


def clean(text):
    bad = [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") or c in "<>`"]
    assert not bad, (bad, text[:200])


def files(replay):
    cefs = lines(f"{replay}/cef.log")
    ecs = [json.loads(x) for x in lines(f"{replay}/ecs.jsonl")]
    ocsf = [json.loads(x) for x in lines(f"{replay}/ocsf.jsonl")]
    truth = [json.loads(x) for x in lines(f"{replay}/incidents.jsonl")]
    assert truth and len(cefs) == len(ecs) == len(truth), (len(cefs), len(ecs), len(truth))
    cases = [e for e in ocsf if e["class_uid"] == 2005]
    details = [e for e in ocsf if e["class_uid"] == 2004]
    assert len(cases) == len(truth) and len(details) == sum(t["activity"] != "CLOSE" for t in truth)
    for line, doc, case, incident in zip(cefs, ecs, cases, truth):
        clean(line)
        head, fields = cef(line)
        assert incident["title"].startswith(head[4]), (head, incident["title"])
        assert head[3] == doc["rule"]["id"] == doc["event"]["code"] == incident["detectors"][0]
        assert case["metadata"]["event_code"] == incident["detectors"][0], incident["detectors"]
        assert fields["cs4"] == incident["incidentId"] == doc["vedette"]["incident"]["id"]
        assert case["metadata"]["correlation_uid"] == incident["incidentId"]
        assert fields["externalId"] == doc["event"]["id"] == case["metadata"]["uid"]
        assert [a.get("sub_technique", a["technique"])["uid"] for a in case.get("attacks", [])] == \
            incident["techniques"]
        assert case["unmapped"]["vedette"].get("principals", []) == incident["principals"]
    known = {f["uid"] for case in cases for f in case["finding_info_list"]}
    assert all(d["finding_info"]["uid"] in known for d in details)
    print(f"   {len(truth)} activities in three forms say the same")


def many(path, count):
    """Lines with ids of their own, from those of a replay: x-0, x-1, ..."""
    source = lines(path)
    for i in range(int(count)):
        print(re.sub(r"externalId=\S+", f"externalId=x-{i}", source[i % len(source)], count=1))


def many_ecs(path, count):
    source = [json.loads(x) for x in lines(path)]
    for i in range(int(count)):
        document = source[i % len(source)]
        document["event"]["id"] = f"x-{i}"
        print(json.dumps(document))


def hostile(path):
    """The lines that the fuzz test kept, which all have the same id."""
    source = lines(path)
    assert len(source) == 2000, len(source)
    for i, line in enumerate(source):
        clean(line)
        print(re.sub(r"externalId=\S+", f"externalId=h-{i}", line, count=1))


ID = re.compile(r'"externalId": ?"([^"]*)"')


def received(path):
    got = {}
    for line in lines(path):
        known = ID.search(line)
        if known and line.endswith("}"):  # else half a line, from the kill
            got[known.group(1)] = line
    return got


def wanted(paths):
    return [line for path in paths for line in lines(path)]


def complete(log, *sent):
    got = received(log)
    missing = [x for x in wanted(sent) if cef(x)[1]["externalId"] not in got]
    if missing:
        print(f"{len(missing)} not there, such as {missing[0][:200]}", file=sys.stderr)
    return not missing


def syslog(log, *sent):
    got = received(log)
    expected = wanted(sent)
    for line in expected:
        head, fields = cef(line)
        record = json.loads(got[fields["externalId"]])
        parsed = dict(record["cef"]["Extensions"])
        # liblognorm eats the first letter of the first key, which is why no vital one comes first
        if "eviceFacility" in parsed:
            parsed["deviceFacility"] = parsed.pop("eviceFacility")
        assert parsed == fields, (parsed, fields)
        names = ("DeviceVendor", "DeviceProduct", "DeviceVersion", "SignatureID", "Name", "Severity")
        assert tuple(record["cef"][n] for n in names) == head, record
        severity = {"1": 6, "3": 5, "5": 4, "8": 3, "10": 2}[head[5]]
        assert record["priority"] == str(13 * 8 + severity), record["priority"]
    print(f"   {len(expected)} lines parsed back field by field, {len(lines(log)) - len(got)} repeats")


def hec(port, token, out):
    class Collector(http.server.BaseHTTPRequestHandler):
        requests = 0

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            Collector.requests += 1
            if self.headers["Authorization"] != f"Splunk {token}":
                status = 403
            elif Collector.requests <= 2:
                status = 503
            else:
                events = [json.loads(x) for x in body.splitlines()]
                flat = all(isinstance(v, str) for e in events for v in e["fields"].values())
                status = 200 if flat and not any("poison" in e["event"] for e in events) else 400
            if status == 200:
                with open(out, "a", encoding="utf-8") as file:
                    file.writelines(json.dumps(e["event"]) + "\n" for e in events)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), Collector).serve_forever()


def taken(sent, out):
    if not os.path.exists(out):
        return False
    ids = {json.loads(x)["event"]["id"] for x in lines(out) if x.endswith("}")}
    return ids >= {json.loads(x)["event"]["id"] for x in lines(sent)}


if __name__ == "__main__":
    sys.exit(0 if globals()[sys.argv[1]](*sys.argv[2:]) is not False else 1)

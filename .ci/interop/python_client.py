"""Debian's python3-confluent-kafka with its legacy Avro module and python3-avro."""

import datetime
import json
import sys
import time

from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.avro import CachedSchemaRegistryClient, MessageSerializer
from confluent_kafka.avro import loads

PHASE, BOOTSTRAP, REGISTRY_URL, CALLS_TOPIC = sys.argv[1:5]
EXCHANGES_TOPIC = sys.argv[5] if len(sys.argv) > 5 else ""
CLIENT = "python"
CLIENTS = ["confluent-js", "kafkajs", "python"]
PER_CLIENT = 3
READ_TIMEOUT_S = 60

SCHEMA = {
    "type": "record",
    "name": "Call",
    "namespace": "io.vedette.interop",
    "fields": [
        {"name": "client", "type": "string"},
        {"name": "number", "type": "int"},
        {"name": "time", "type": {"type": "long", "logicalType": "timestamp-micros"}},
        {"name": "note", "type": ["null", "string"], "default": None},
        {"name": "values", "type": {"type": "array", "items": "double"}},
        {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["ODD", "EVEN"]}},
        {"name": "tags", "type": {"type": "map", "values": "string"}},
    ],
}

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
TIME = EPOCH + datetime.timedelta(microseconds=1_772_355_600_125_000)


def call(client, number):
    return {
        "client": client,
        "number": number,
        "time": TIME + datetime.timedelta(microseconds=number),
        "note": None if number == 0 else f"note \u00e9 {number}",
        "values": [0.5, 1 - 1.25 * number],
        "kind": "EVEN" if number % 2 == 0 else "ODD",
        "tags": {"n": str(number)},
    }


HINTS = {
    "tenantId": "acme",
    "principalId": "interop",
    "requestId": f"{CALLS_TOPIC}-{CLIENT}",
    "eventId": f"{CALLS_TOPIC}-{CLIENT}",
    "name": "credit-risk",
}


def simple_name(name):
    return name.rpartition(".")[2]


def example(schema, named, depth=0, field_name=""):
    """A valid value of any schema: the smallest one, with the hints filled in."""
    if isinstance(schema, list):
        branches = [s for s in schema if s != "null"]
        # Walked even if null is chosen: it may define a type that is used later.
        value = example(branches[0], named, depth, field_name) if branches else None
        return None if "null" in schema and depth > 1 else value
    if isinstance(schema, str):
        schema = named.get(simple_name(schema), {"type": schema})
    if "name" in schema:
        named[simple_name(schema["name"])] = schema
    kind = schema["type"]
    if kind == "record":
        return {
            f["name"]: example(f["type"], named, depth + 1, f["name"]) for f in schema["fields"]
        }
    if kind == "array":
        example(schema["items"], named, depth + 1)
        return []
    if kind == "map":
        example(schema["values"], named, depth + 1)
        return {}
    if kind == "enum":
        return schema.get("default", schema["symbols"][0])
    if kind == "fixed":
        return b"\0" * schema["size"]
    if kind == "long" and str(schema.get("logicalType")).startswith("timestamp"):
        return datetime.datetime.now(datetime.timezone.utc)
    if kind == "string":
        return HINTS.get(field_name, "")
    return {"int": 1, "long": 1, "float": 0.5, "double": 0.5, "boolean": False, "bytes": b""}.get(kind)


def write(registry, serializer):
    producer = Producer({"bootstrap.servers": BOOTSTRAP})
    failures = []

    def delivered(error, _):
        if error is not None:
            failures.append(str(error))

    schema = loads(json.dumps(SCHEMA))
    for number in range(PER_CLIENT):
        value = serializer.encode_record_with_schema(CALLS_TOPIC, schema, call(CLIENT, number))
        producer.produce(CALLS_TOPIC, key=CLIENT, value=value, on_delivery=delivered)
    assert registry.check_registration(f"{CALLS_TOPIC}-value", schema) > 0
    if EXCHANGES_TOPIC:
        schema_id, latest, _ = registry.get_latest_schema(f"{EXCHANGES_TOPIC}-value")
        record = example(json.loads(str(latest)), {})
        value = serializer.encode_record_with_schema_id(schema_id, record)
        producer.produce(EXCHANGES_TOPIC, key="acme|interop", value=value, on_delivery=delivered)
    left = producer.flush(30)
    assert left == 0 and not failures, (left, failures)


def read_all(topic, wanted, accept):
    consumer = Consumer(
        {
            "bootstrap.servers": BOOTSTRAP,
            "group.id": f"{CALLS_TOPIC}-{CLIENT}-{topic}",
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
        }
    )
    try:
        partitions = consumer.list_topics(topic, timeout=10).topics[topic].partitions
        consumer.assign([TopicPartition(topic, p, 0) for p in partitions])
        accepted = 0
        deadline = time.monotonic() + READ_TIMEOUT_S
        while accepted < wanted:
            assert time.monotonic() < deadline, f"{topic}: read {accepted} of {wanted} records"
            message = consumer.poll(1.0)
            if message is None:
                continue
            assert message.error() is None, message.error()
            accepted += 1 if accept(message.value()) else 0
        return accepted
    finally:
        consumer.close()


def read(serializer):
    seen = set()

    def check_call(value):
        record = serializer.decode_message(value)
        expected = call(record["client"], record["number"])
        assert record == expected, (record, expected)
        seen.add((record["client"], record["number"]))
        return True

    count = read_all(CALLS_TOPIC, len(CLIENTS) * PER_CLIENT, check_call)
    assert len(seen) == len(CLIENTS) * PER_CLIENT, seen
    wrote = PER_CLIENT
    if EXCHANGES_TOPIC:
        wrote += 1
        count += read_all(
            EXCHANGES_TOPIC,
            len(CLIENTS),
            lambda value: f"'{CALLS_TOPIC}-" in str(serializer.decode_message(value)),
        )
    print(f"ok {CLIENT} wrote {wrote} read {count}")


def main():
    registry = CachedSchemaRegistryClient({"url": REGISTRY_URL})
    serializer = MessageSerializer(registry)
    if PHASE == "write":
        write(registry, serializer)
    else:
        read(serializer)


main()

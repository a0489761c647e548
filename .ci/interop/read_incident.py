"""Reads one incident that Vedette wrote with Debian's python3-confluent-kafka and python3-avro.

read_incident.py BOOTSTRAP REGISTRY_URL TOPIC
"""

import sys
import time

from confluent_kafka import Consumer, TopicPartition
from confluent_kafka.avro import CachedSchemaRegistryClient, MessageSerializer

BOOTSTRAP, REGISTRY_URL, TOPIC = sys.argv[1:4]
READ_TIMEOUT_S = 30


def main():
    serializer = MessageSerializer(CachedSchemaRegistryClient({"url": REGISTRY_URL}))
    consumer = Consumer({"bootstrap.servers": BOOTSTRAP, "group.id": "read-incident"})
    try:
        partitions = consumer.list_topics(TOPIC, timeout=10).topics[TOPIC].partitions
        consumer.assign([TopicPartition(TOPIC, p, 0) for p in partitions])
        deadline = time.monotonic() + READ_TIMEOUT_S
        message = None
        while message is None:
            assert time.monotonic() < deadline, f"{TOPIC}: nothing to read"
            message = consumer.poll(1.0)
        assert message.error() is None, message.error()
        record = serializer.decode_message(message.value())
    finally:
        consumer.close()
    assert message.key().decode() == record["incidentId"], record
    assert record["activity"] == "CREATE", record
    assert record["title"] and record["evidence"] and record["techniques"], record
    print(f"ok python read {record['incidentId']}: {record['title']}")


main()

#!/usr/bin/env bash
# Creates the topics of the contract with Kafka's own tools, where "vedette.jar topics" may not.
#   BOOTSTRAP=kafka:9092 [CONFIG=admin.properties] [PARTITIONS=6] [REPLICAS=3] deploy/kafka/topics.sh
# TOPICS="requests=prod.requests incidents=soc.incidents" gives the names that topics.* in your settings give.
# Existing topics are left as they are. kafka-topics.sh must be on the PATH.
set -euo pipefail

: "${BOOTSTRAP:?must name your brokers, host:port}"
partitions=${PARTITIONS:-6}
replicas=${REPLICAS:-3}
traffic=${RETENTION_HOURS:-168}
incidents=${INCIDENT_RETENTION_HOURS:-2160}
verdicts=${VERDICT_RETENTION_HOURS:-17520}

. "$(dirname "${BASH_SOURCE[0]}")/catalogue.sh"

topics | while read -r _ name cleanup retention _; do
  settings=(--config "cleanup.policy=$cleanup")
  if [ "$retention" != none ]; then
    # Records carry the time of their traffic; retention counts from when they were written.
    settings+=(--config "retention.ms=$((${!retention} * 3600000))" --config message.timestamp.type=LogAppendTime)
  fi
  kafka-topics.sh --bootstrap-server "$BOOTSTRAP" ${CONFIG:+--command-config "$CONFIG"} \
    --create --if-not-exists --topic "$name" \
    --partitions "$partitions" --replication-factor "$replicas" "${settings[@]}" </dev/null
done

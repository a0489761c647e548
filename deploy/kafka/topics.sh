#!/usr/bin/env bash
# Creates the topics of the contract with Kafka's own tools, where "vedette.jar topics" may not.
#   BOOTSTRAP=kafka:9092 [CONFIG=admin.properties] [PARTITIONS=6] [REPLICAS=3] deploy/kafka/topics.sh
# Existing topics are left as they are. kafka-topics.sh must be on the PATH.
set -euo pipefail

: "${BOOTSTRAP:?must name your brokers, host:port}"
partitions=${PARTITIONS:-6}
replicas=${REPLICAS:-3}
traffic=${RETENTION_HOURS:-168}
incidents=${INCIDENT_RETENTION_HOURS:-2160}
verdicts=${VERDICT_RETENTION_HOURS:-17520}

topics() {
  cat <<'TABLE'
# table: start
inference.requests delete traffic Describe,Read
inference.responses delete traffic Describe,Read
inference.exchanges delete traffic Describe,Read
vedette.models compact none Describe,Read
vedette.baselines compact none Describe,Read,Write
vedette.verdicts delete verdicts Describe,Read,Write
vedette.findings delete traffic Describe,Read,Write
vedette.incidents delete incidents Describe,Read,Write
vedette.incidents.ocsf delete incidents Describe,Write
vedette.incidents.ecs delete incidents Describe
vedette.incidents.cef delete incidents Describe
vedette.actions compact none Describe
vedette.deadletter delete traffic Describe,Write
# table: end
TABLE
}

topics | grep -v '^#' | while read -r name cleanup retention _; do
  settings=(--config "cleanup.policy=$cleanup")
  if [ "$retention" != none ]; then
    # Records carry the time of their traffic; retention counts from when they were written.
    settings+=(--config "retention.ms=$((${!retention} * 3600000))" --config message.timestamp.type=LogAppendTime)
  fi
  kafka-topics.sh --bootstrap-server "$BOOTSTRAP" ${CONFIG:+--command-config "$CONFIG"} \
    --create --if-not-exists --topic "$name" \
    --partitions "$partitions" --replication-factor "$replicas" "${settings[@]}" </dev/null
done

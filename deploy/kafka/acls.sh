#!/usr/bin/env bash
# Grants exactly the rights that Vedette and its neighbours need.
#   BOOTSTRAP=kafka:9092 CONFIG=admin.properties PRINCIPAL=User:vedette deploy/kafka/acls.sh service
#   ... PRINCIPAL=User:gateway deploy/kafka/acls.sh gateway   # may write traffic, and nothing else
#   ... PRINCIPAL=User:siem    deploy/kafka/acls.sh reader    # may read incidents and actions
#   ... PRINCIPAL=User:ana     deploy/kafka/acls.sh analyst   # the terminal's commands without a service, audit and verify
# EXACTLY_ONCE=yes adds what kafka.guarantee exactly_once_v2 needs; VIEWS="ecs cef" the SIEM views beyond OCSF;
# ACTIONS=yes what actions.detectors needs. Whoever may write verdicts is believed, with any author and scope.
# TOPICS="requests=prod.requests incidents=soc.incidents" gives the names that topics.* in your settings give.
# The group of a reader is its own business: GROUP names it. kafka-acls.sh must be on the PATH.
set -euo pipefail

: "${BOOTSTRAP:?must name your brokers, host:port}"
: "${PRINCIPAL:?must name who gets the rights, for example User:vedette}"
application=${APPLICATION_ID:-vedette}

grant() { # arguments: operations, comma-separated; then the resource
  local operations=() operation
  IFS=, read -ra names <<< "$1"
  for operation in "${names[@]}"; do operations+=(--operation "$operation"); done
  shift
  kafka-acls.sh --bootstrap-server "$BOOTSTRAP" ${CONFIG:+--command-config "$CONFIG"} --force \
    --add --allow-principal "$PRINCIPAL" "${operations[@]}" "$@" </dev/null
}

. "$(dirname "${BASH_SOURCE[0]}")/catalogue.sh"

case ${1:-} in
  service)
    topics | while read -r _ name _ _ operations; do
      grant "$operations" --topic "$name"
    done
    for view in ${VIEWS:-}; do
      if [ "$view" != ecs ] && [ "$view" != cef ]; then
        echo "VIEWS: '$view' must be ecs or cef" >&2
        exit 2
      fi
      grant Write --topic "$(topic "$view")"
    done
    if [ "${ACTIONS:-no}" = yes ]; then
      grant Read,Write --topic "$(topic actions)"
    fi
    grant Create,Delete,Describe,DescribeConfigs,Read,Write \
      --topic "$application-" --resource-pattern-type prefixed
    grant Describe,Read --group "$application"
    if [ "${EXACTLY_ONCE:-no}" = yes ]; then
      grant Describe,Write --transactional-id "$application-" --resource-pattern-type prefixed
    fi
    ;;
  gateway)
    for role in requests responses exchanges; do
      grant Describe,Write --topic "$(topic "$role")"
    done
    ;;
  reader)
    for role in incidents ocsf ecs cef actions; do
      grant Describe,Read --topic "$(topic "$role")"
    done
    grant Describe,Read --group "${GROUP:-$application-reader}"
    ;;
  analyst) # incidents, callers, verdict, audit, verify; its readers belong to no group
    for role in incidents findings baselines models; do
      grant Describe,Read --topic "$(topic "$role")"
    done
    grant Describe,Read,Write --topic "$(topic verdicts)"
    ;;
  *)
    echo "the first argument must be service, gateway, reader or analyst" >&2
    exit 2
    ;;
esac

#!/usr/bin/env bash
# Checks the alert rules, their unit tests and the compose stack's Prometheus settings.
# Needs promtool, of Debian's package prometheus; installs it when it may.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v promtool >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends prometheus >/dev/null
fi

promtool check rules helm/vedette/files/rules/vedette.yaml
promtool test rules deploy/prometheus/vedette-test.yaml

# The rules where compose mounts them.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp deploy/compose/prometheus.yml "$work/"
cp -r helm/vedette/files/rules "$work/rules"
promtool check config "$work/prometheus.yml"

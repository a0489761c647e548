#!/usr/bin/env bash
# Builds the image twice, from the sources both times, and compares; checks its size; starts the program in its file
# system (as root). QUICK=yes takes the jars of the first round for the second as well.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
limit=$((120 * 1024 * 1024))

for round in 1 2; do
  [ "$round" = 2 ] && [ "${QUICK:-no}" = yes ] && clean=() || clean=(clean)
  mvn -B -ntp -q -Pimage -Dmaven.test.skip=true "${clean[@]}" package -pl deploy/image -am
  cp deploy/image/target/vedette-image.tar "$work/$round.tar"
done
cmp "$work/1.tar" "$work/2.tar"
size=$(stat -c %s "$work/1.tar")
echo "image: size $size bytes of at most $limit, sha256 $(sha256sum "$work/1.tar" | cut -d' ' -f1), twice"
[ "$size" -le "$limit" ]

mkdir "$work/parts" "$work/root"
tar -xf "$work/1.tar" -C "$work/parts"
python3 - "$work/parts" > "$work/layers" <<'PYTHON'
import json, sys
parts = sys.argv[1]
manifest = json.load(open(parts + "/manifest.json"))[0]
config = json.load(open(parts + "/" + manifest["Config"]))["config"]
assert config["User"] == "10001:10001", config["User"]
assert config["Entrypoint"][0].endswith("java"), config["Entrypoint"]
assert config["Labels"]["io.vedette.sbom"], config["Labels"]
print("\n".join(manifest["Layers"]))
PYTHON
while read -r layer; do tar --warning=no-unknown-keyword -xzf "$work/parts/$layer" -C "$work/root"; done < "$work/layers"
test -s "$work/root/app/sbom/vedette-bom.json"
test ! -e "$work/root/bin/sh"
find "$work/root" -xtype l | (! grep .) # no dangling links

if [ "$(id -u)" = 0 ]; then
  mkdir -p "$work/root/tmp" && chmod 1777 "$work/root/tmp"
  java() {
    LD_LIBRARY_PATH=/opt/java/lib:/opt/java/lib/server chroot --userspec=10001:10001 "$work/root" /opt/java/bin/java "$@"
  }
  inside() { java -Xmx1g -Djava.io.tmpdir=/tmp -cp '/app/natives:/app/libs/*' io.vedette.app.Main "$@"; }
  probe() { # as compose's health check has it
    java -Xmx32m -cp '/app/libs/*' io.vedette.app.Main check --url "http://127.0.0.1:18090/health/ready"
  }
  grep -q -- '-Xmx32m, -cp, "/app/libs/\*", io.vedette.app.Main' deploy/compose/compose.yaml
  inside --version
  java --list-modules > "$work/modules.txt"
  grep -q '^java.instrument@' "$work/modules.txt" # or no agent can be attached
  inside describe > "$work/describe.txt"
  grep -q 'correlate-stage' "$work/describe.txt"
  # Broker, registry and service in one process: RocksDB, compression and HTTP all work in there.
  inside demo --duration PT30S --port 18090 > "$work/demo.txt" 2> "$work/demo.err" &
  demo=$!
  until probe > "$work/probe.txt" 2>&1; do
    kill -0 "$demo" 2>/dev/null || { cat "$work/probe.txt"; tail "$work/demo.err"; exit 1; }
  done
  echo "image: check says '$(cat "$work/probe.txt")' in 32 MB of heap"
  wait "$demo" || { tail "$work/demo.err"; exit 1; }
  grep -q 'Model extraction query pattern by' "$work/demo.txt"
fi
echo "image: good"

# The topics of the contract; topics.sh and acls.sh read it. Their names are the contract's unless TOPICS renames
# them by role, as topics.* does in the settings: TOPICS="requests=prod.requests incidents=soc.incidents".

table() {
  cat <<'TABLE'
# table: start
requests inference.requests delete traffic Describe,Read
responses inference.responses delete traffic Describe,Read
exchanges inference.exchanges delete traffic Describe,Read
models vedette.models compact none Describe,Read
baselines vedette.baselines compact none Describe,Read,Write
verdicts vedette.verdicts delete verdicts Describe,Read,Write
findings vedette.findings delete traffic Describe,Read,Write
incidents vedette.incidents delete incidents Describe,Read,Write
ocsf vedette.incidents.ocsf delete incidents Describe,Write
ecs vedette.incidents.ecs delete incidents Describe
cef vedette.incidents.cef delete incidents Describe
actions vedette.actions compact none Describe
deadLetters vedette.deadletter delete traffic Describe,Write
# table: end
TABLE
}

topics() { # lines of: role, name, cleanup policy, kind of retention, operations of the service
  local role name rest
  table | grep -v '^#' | while read -r role name rest; do
    echo "$role $(named "$role" "$name") $rest"
  done
}

topic() { # the name of a role's topic
  topics | awk -v role="$1" '$1 == role {print $2}'
}

named() { # arguments: role, name in the contract
  local pair
  for pair in ${TOPICS:-}; do
    if [ "${pair%%=*}" = "$1" ]; then
      echo "${pair#*=}"
      return
    fi
  done
  echo "$2"
}

for pair in ${TOPICS:-}; do
  if ! [[ $pair =~ ^[A-Za-z]+=[a-zA-Z0-9._-]+$ ]] || ! grep -q "^${pair%%=*} " <<< "$(table)"; then
    echo "TOPICS: '$pair' must be ROLE=NAME, with a role of: $(table | grep -v '^#' | cut -d' ' -f1 | xargs)" >&2
    exit 2
  fi
done

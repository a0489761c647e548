{{- /* The service's settings file. All scalars are texts: the service knows the types. */}}
{{- define "vedette.settings" -}}
{{- $v := .Values -}}
{{- $s := deepCopy $v.settings -}}
{{- $_ := set $s "kafka" (dict
  "bootstrapServers" $v.kafka.bootstrapServers
  "applicationId" $v.kafka.applicationId
  "guarantee" $v.kafka.guarantee
  "groupProtocol" $v.kafka.groupProtocol
  "threads" $v.kafka.threads
  "stateDir" "/var/lib/vedette/state"
  "commitInterval" $v.kafka.commitInterval
  "replicationFactor" $v.kafka.replicationFactor
  "properties" (include "vedette.kafkaProperties" . | fromYaml)) -}}
{{- $_ := set $s "registry" (dict "url" $v.registry.url "properties" (include "vedette.registryProperties" . | fromYaml)) -}}
{{- $topics := dict
  "partitions" $v.topics.partitions
  "retention" (printf "PT%dH" (int $v.topics.retentionHours))
  "incidentRetention" (printf "PT%dH" (int $v.topics.incidentRetentionHours))
  "verdictRetention" (printf "PT%dH" (int $v.topics.verdictRetentionHours)) -}}
{{- range $role, $name := $v.topics.names }}{{- $_ := set $topics $role $name -}}{{- end -}}
{{- $_ := set $s "topics" $topics -}}
{{- $_ := set $s "state" (dict "memoryBytes" (include "vedette.stateBytes" .)) -}}
{{- $_ := set $s "http" (include "vedette.http" . | fromYaml) -}}
{{- $_ := set $s "cells" (mergeOverwrite (default dict $s.cells) (dict "saltFile" (printf "/etc/vedette/salt/%s" $v.salt.key))) -}}
{{- toYaml $s -}}
{{- end }}

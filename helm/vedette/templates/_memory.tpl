{{- /* Bytes of a quantity such as 2Gi, 1536Mi or 2G. */}}
{{- define "vedette.bytes" -}}
{{- $units := dict "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "K" 1000 "M" 1000000 "G" 1000000000 -}}
{{- $unit := regexFind "[A-Za-z]+$" . -}}
{{- mul (trimSuffix $unit . | int64) (get $units $unit | default 1) -}}
{{- end }}

{{- define "vedette.heapBytes" -}}
{{- div (mul (include "vedette.bytes" .Values.memory.limit | int64) .Values.memory.heapPercent) 100 -}}
{{- end }}

{{- define "vedette.stateBytes" -}}
{{- div (mul (include "vedette.heapBytes" . | int64) .Values.memory.statePercent) 100 -}}
{{- end }}

{{- define "vedette.rocksdbBytes" -}}
{{- div (mul (include "vedette.bytes" .Values.memory.limit | int64) .Values.memory.rocksdbPercent) 100 -}}
{{- end }}

{{- define "vedette.javaOptions" -}}
-Xms{{ include "vedette.heapBytes" . }} -Xmx{{ include "vedette.heapBytes" . }} -XX:+ExitOnOutOfMemoryError -Djava.io.tmpdir=/tmp
{{- if include "vedette.oauth" . }} -Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=file:///var/run/vedette/kafka-token/token{{ end }}
{{- if .Values.tracing.enabled }} -javaagent:/opt/opentelemetry/javaagent.jar{{ end }}
{{- range .Values.javaOptions }} {{ . }}{{ end }}
{{- end }}

{{- define "vedette.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{- /* Short enough for the suffixes -headless and -<ordinal>. */}}
{{- define "vedette.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "vedette.name" . -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "vedette.selector" -}}
app.kubernetes.io/name: {{ include "vedette.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: monitor
{{- end }}

{{- define "vedette.labels" -}}
{{ include "vedette.selector" . }}
{{ include "vedette.commonLabels" . }}
{{- end }}

{{- /* Without the selector's: for objects that are not the monitor, such as the test's pod. */}}
{{- define "vedette.commonLabels" -}}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "vedette.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "vedette.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end }}

{{- define "vedette.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end }}

{{- /* Name of a topic by its role: the contract's unless renamed. */}}
{{- define "vedette.topic" -}}
{{- $defaults := (.root.Files.Get "files/topics.yaml" | fromYaml).topics -}}
{{- get .root.Values.topics.names .role | default (get $defaults .role).name -}}
{{- end }}

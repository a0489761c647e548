{{- /* OpenTelemetry's agent is not in the image of the service: another image brings it, and the pod copies it. */}}
{{- define "vedette.agent" -}}
{{- $t := .Values.tracing }}
{{- if $t.enabled }}
initContainers:
  - name: agent
    image: {{ $t.agent.image | quote }}
    imagePullPolicy: {{ .Values.image.pullPolicy }}
    command: [cp, {{ $t.agent.path | quote }}, /opt/opentelemetry/javaagent.jar]
    securityContext: {{- include "vedette.containerSecurity" . | nindent 6 }}
    resources:
      requests:
        cpu: 100m
        memory: 64Mi
      limits:
        memory: 64Mi
    volumeMounts:
      - name: agent
        mountPath: /opt/opentelemetry
{{- end }}
{{- end }}

{{- define "vedette.tracingEnv" -}}
{{- $t := .Values.tracing }}
{{- if $t.enabled }}
- name: OTEL_JAVAAGENT_CONFIGURATION_FILE
  value: /etc/vedette/config/tracing.properties
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ $t.endpoint | quote }}
{{- end }}
{{- end }}

{{- define "vedette.podSpec" -}}
{{- $v := .Values -}}
serviceAccountName: {{ include "vedette.serviceAccount" . }}
automountServiceAccountToken: false
enableServiceLinks: false
terminationGracePeriodSeconds: {{ $v.terminationGracePeriodSeconds }}
{{- with $v.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with $v.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext: {{- include "vedette.podSecurity" . | nindent 2 }}
{{- include "vedette.agent" . }}
containers:
  - name: vedette
    image: {{ include "vedette.image" . | quote }}
    imagePullPolicy: {{ $v.image.pullPolicy }}
    args: [run, --config, /etc/vedette/config/vedette.yaml]
    securityContext: {{- include "vedette.containerSecurity" . | nindent 6 }}
    env: {{- include "vedette.env" . | nindent 6 }}
    ports:
      - name: http
        containerPort: {{ $v.http.port }}
      - name: management
        containerPort: {{ $v.http.managementPort }}
    startupProbe: {{- include "vedette.probe" (dict "v" $v "scheme" (include "vedette.httpScheme" . | upper) "page" "started" "probe" $v.probes.startup) | nindent 6 }}
    livenessProbe: {{- include "vedette.probe" (dict "v" $v "scheme" (include "vedette.httpScheme" . | upper) "page" "live" "probe" $v.probes.liveness) | nindent 6 }}
    readinessProbe: {{- include "vedette.probe" (dict "v" $v "scheme" (include "vedette.httpScheme" . | upper) "page" "ready" "probe" $v.probes.readiness) | nindent 6 }}
    resources:
      requests:
        cpu: {{ $v.cpu.request | quote }}
        memory: {{ $v.memory.limit | quote }}
      limits:
        {{- with $v.cpu.limit }}
        cpu: {{ . | quote }}
        {{- end }}
        memory: {{ $v.memory.limit | quote }}
    volumeMounts: {{- include "vedette.mounts" . | nindent 6 }}
volumes: {{- include "vedette.volumes" . | nindent 2 }}
{{- include "vedette.placement" . }}
{{- end }}

{{- /* Restricted, as the pod security standard has it. */}}
{{- define "vedette.podSecurity" -}}
runAsNonRoot: true
{{- if not (kindIs "invalid" .Values.securityContext.runAsUser) }}
runAsUser: {{ .Values.securityContext.runAsUser }}
{{- end }}
{{- if not (kindIs "invalid" .Values.securityContext.fsGroup) }}
runAsGroup: {{ .Values.securityContext.fsGroup }}
fsGroup: {{ .Values.securityContext.fsGroup }}
fsGroupChangePolicy: OnRootMismatch
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "vedette.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "vedette.probe" -}}
httpGet:
  path: /health/{{ .page }}
  port: management
  scheme: {{ .scheme }}
periodSeconds: {{ .probe.periodSeconds }}
failureThreshold: {{ .probe.failureThreshold }}
timeoutSeconds: {{ .v.probes.timeoutSeconds }}
{{- end }}

{{- define "vedette.env" -}}
{{- $v := .Values -}}
- name: JAVA_TOOL_OPTIONS
  value: {{ include "vedette.javaOptions" . | quote }}
- name: MALLOC_ARENA_MAX
  value: "2"
{{- if $v.kafka.staticMembership }}
- name: VEDETTE_KAFKA_PROPERTIES_MAIN_CONSUMER_GROUP_INSTANCE_ID
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
{{- end }}
{{- if ne $v.registry.auth.type "none" }}
- name: {{ ternary "VEDETTE_REGISTRY_PROPERTIES_BASIC_AUTH_USER_INFO" "VEDETTE_REGISTRY_PROPERTIES_BEARER_AUTH_TOKEN" (eq $v.registry.auth.type "basic") }}
  valueFrom:
    secretKeyRef:
      name: {{ $v.registry.auth.existingSecret }}
      key: {{ $v.registry.auth.key }}
{{- end }}
{{- if and $v.registry.tls.truststoreSecret $v.registry.tls.passwordKey }}
- name: VEDETTE_REGISTRY_PROPERTIES_SCHEMA_REGISTRY_SSL_TRUSTSTORE_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ $v.registry.tls.truststoreSecret }}
      key: {{ $v.registry.tls.passwordKey }}
{{- end }}
{{- include "vedette.tracingEnv" . }}
{{- with $v.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "vedette.placement" -}}
{{- $v := .Values -}}
{{- if or $v.topologySpread.zones $v.topologySpread.nodes }}
topologySpreadConstraints:
  {{- if $v.topologySpread.zones }}
  - maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "vedette.selector" . | nindent 8 }}
  {{- end }}
  {{- with $v.topologySpread.nodes }}
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: {{ . }}
    labelSelector:
      matchLabels: {{- include "vedette.selector" $ | nindent 8 }}
  {{- end }}
{{- end }}
{{- with $v.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $v.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $v.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

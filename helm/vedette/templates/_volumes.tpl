{{- define "vedette.mounts" -}}
{{- $v := .Values -}}
- name: config
  mountPath: /etc/vedette/config
  readOnly: true
- name: salt
  mountPath: /etc/vedette/salt
  readOnly: true
- name: state
  mountPath: /var/lib/vedette
- name: tmp
  mountPath: /tmp
{{- if include "vedette.oauth" . }}
- name: kafka-token
  mountPath: /var/run/vedette/kafka-token
  readOnly: true
{{- else if include "vedette.sasl" . }}
- name: kafka
  mountPath: /etc/vedette/kafka
  readOnly: true
{{- end }}
{{- if $v.kafka.tls.caSecret }}
- name: kafka-ca
  mountPath: /etc/vedette/kafka-ca
  readOnly: true
{{- end }}
{{- if $v.kafka.tls.clientSecret }}
- name: kafka-client
  mountPath: /etc/vedette/kafka-client
  readOnly: true
{{- end }}
{{- if $v.registry.tls.truststoreSecret }}
- name: registry-tls
  mountPath: /etc/vedette/registry-tls
  readOnly: true
{{- end }}
{{- if include "vedette.httpSecret" . }}
- name: http-tls
  mountPath: /etc/vedette/http-tls
  readOnly: true
{{- end }}
{{- if include "vedette.accounts" . }}
- name: http-accounts
  mountPath: /etc/vedette/http-accounts
  readOnly: true
{{- end }}
{{- if and (has "oidc" $v.http.auth.methods) $v.http.auth.oidc.caSecret }}
- name: oidc-ca
  mountPath: /etc/vedette/oidc-ca
  readOnly: true
{{- end }}
{{- if $v.tracing.enabled }}
- name: agent
  mountPath: /opt/opentelemetry
  readOnly: true
{{- end }}
{{- end }}

{{- /* A secret with named keys: the pod waits, and says so, while one of them is missing. */}}
{{- define "vedette.secretVolume" -}}
- name: {{ .name }}
  secret:
    secretName: {{ .secret }}
    defaultMode: 0440
    items:
      {{- range .keys }}
      - key: {{ . }}
        path: {{ . }}
      {{- end }}
{{- end }}

{{- define "vedette.volumes" -}}
{{- $v := .Values -}}
{{- $s := $v.kafka.security -}}
- name: config
  configMap:
    name: {{ include "vedette.fullname" . }}
{{ include "vedette.secretVolume" (dict "name" "salt" "secret" $v.salt.existingSecret "keys" (list $v.salt.key)) }}
- name: tmp
  emptyDir:
    sizeLimit: {{ $v.tmpSizeLimit }}
{{- if not $v.persistence.enabled }}
- name: state
  emptyDir:
    sizeLimit: {{ $v.persistence.size }}
{{- end }}
{{- if include "vedette.oauth" . }}
- name: kafka-token
  projected:
    defaultMode: 0440
    sources:
      - serviceAccountToken:
          path: token
          audience: {{ $s.oauth.audience }}
          expirationSeconds: {{ $s.oauth.expirationSeconds }}
{{- else if include "vedette.sasl" . }}
{{ include "vedette.secretVolume" (dict "name" "kafka" "secret" $s.existingSecret "keys" (ternary (list $s.jaasKey) (list $s.usernameKey $s.passwordKey) (ne $s.jaasKey ""))) }}
{{- end }}
{{- with $v.kafka.tls.caSecret }}
{{ include "vedette.secretVolume" (dict "name" "kafka-ca" "secret" . "keys" (list $v.kafka.tls.caKey)) }}
{{- end }}
{{- with $v.kafka.tls.clientSecret }}
{{ include "vedette.secretVolume" (dict "name" "kafka-client" "secret" . "keys" (list $v.kafka.tls.certKey $v.kafka.tls.privateKeyKey)) }}
{{- end }}
{{- with $v.registry.tls.truststoreSecret }}
{{ include "vedette.secretVolume" (dict "name" "registry-tls" "secret" . "keys" (list $v.registry.tls.truststoreKey)) }}
{{- end }}
{{- with include "vedette.httpSecret" . }}
{{ include "vedette.secretVolume" (dict "name" "http-tls" "secret" . "keys" (list $v.http.tls.certKey $v.http.tls.keyKey)) }}
{{- end }}
{{- if include "vedette.accounts" . }}
{{ include "vedette.secretVolume" (dict "name" "http-accounts" "secret" $v.http.auth.existingSecret "keys" (list $v.http.auth.key)) }}
{{- end }}
{{- if and (has "oidc" $v.http.auth.methods) $v.http.auth.oidc.caSecret }}
{{ include "vedette.secretVolume" (dict "name" "oidc-ca" "secret" $v.http.auth.oidc.caSecret "keys" (list $v.http.auth.oidc.caKey)) }}
{{- end }}
{{- if $v.tracing.enabled }}
- name: agent
  emptyDir:
    sizeLimit: 64Mi
{{- end }}
{{- end }}

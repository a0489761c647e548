{{- /* Whether console and API listen beyond the pod itself. */}}
{{- define "vedette.exposed" -}}
{{- if or .Values.http.auth.methods .Values.http.auth.openBeyondLoopback }}yes{{ end -}}
{{- end }}

{{- define "vedette.httpSecret" -}}
{{- if .Values.http.tls.existingSecret -}}
{{ .Values.http.tls.existingSecret }}
{{- else if .Values.certManager.http -}}
{{ include "vedette.fullname" . }}-http
{{- end -}}
{{- end }}

{{- define "vedette.httpScheme" -}}
{{ ternary "https" "http" (ne (include "vedette.httpSecret" .) "") }}
{{- end }}

{{- define "vedette.accounts" -}}
{{- if or (has "basic" .Values.http.auth.methods) (has "bearer" .Values.http.auth.methods) }}yes{{ end -}}
{{- end }}

{{- /* The section http of the settings. Secrets are files. */}}
{{- define "vedette.http" -}}
{{- $h := .Values.http -}}
{{- $a := dict "methods" $h.auth.methods "openBeyondLoopback" $h.auth.openBeyondLoopback "metrics" $h.auth.metrics -}}
{{- if include "vedette.accounts" . -}}
{{- $_ := set $a "credentialsFile" (printf "/etc/vedette/http-accounts/%s" $h.auth.key) -}}
{{- end -}}
{{- if has "oidc" $h.auth.methods -}}
{{- $o := $h.auth.oidc -}}
{{- $oidc := dict "issuer" $o.issuer "jwksUrl" $o.jwksUrl "audience" $o.audience "algorithms" $o.algorithms "nameClaim" $o.nameClaim "rolesClaim" $o.rolesClaim "viewers" $o.viewers "analysts" $o.analysts "admins" $o.admins "clockSkew" (printf "PT%dS" (int $o.clockSkewSeconds)) -}}
{{- if $o.caSecret -}}{{- $_ := set $oidc "caFile" (printf "/etc/vedette/oidc-ca/%s" $o.caKey) -}}{{- end -}}
{{- $_ := set $a "oidc" $oidc -}}
{{- end -}}
{{- $tls := dict "atProxy" $h.tls.atProxy -}}
{{- if include "vedette.httpSecret" . -}}
{{- $_ := set $tls "certificateFile" (printf "/etc/vedette/http-tls/%s" $h.tls.certKey) -}}
{{- $_ := set $tls "keyFile" (printf "/etc/vedette/http-tls/%s" $h.tls.keyKey) -}}
{{- end -}}
{{- dict "host" (ternary "0.0.0.0" "127.0.0.1" (ne (include "vedette.exposed" .) "")) "port" $h.port "managementHost" "0.0.0.0" "managementPort" $h.managementPort "requestsPerSecond" $h.requestsPerSecond "dossiers" $h.dossiers "tls" $tls "auth" $a | toYaml -}}
{{- end }}

{{- define "vedette.validateHttp" -}}
{{- $v := .Values -}}
{{- $a := $v.http.auth -}}
{{- if and (include "vedette.accounts" .) (not $a.existingSecret) }}{{ fail "http.auth.existingSecret must name the secret of the accounts for basic and bearer: vedette.jar hash makes its lines" }}{{ end -}}
{{- if and $a.methods (not (include "vedette.httpSecret" .)) (not $v.http.tls.atProxy) }}{{ fail "http.auth.methods sends logins: set http.tls.existingSecret or certManager.http, or http.tls.atProxy when a proxy in front ends TLS" }}{{ end -}}
{{- if and $a.methods $a.openBeyondLoopback }}{{ fail "http.auth.openBeyondLoopback must be false when http.auth.methods is set" }}{{ end -}}
{{- if and (has "oidc" $a.methods) (not (and $a.oidc.issuer $a.oidc.jwksUrl $a.oidc.audience)) }}{{ fail "http.auth.oidc needs issuer, jwksUrl and audience" }}{{ end -}}
{{- if and $v.networkPolicy.apiFrom (not (include "vedette.exposed" .)) }}{{ fail "networkPolicy.apiFrom lets peers reach console and API, which listen on loopback only: set http.auth.methods" }}{{ end -}}
{{- if and $a.metrics (not $a.methods) }}{{ fail "http.auth.metrics asks for a login that nobody has: set http.auth.methods" }}{{ end -}}
{{- if and $a.metrics (ne $v.metrics.monitor "none") (not $v.metrics.tokenSecret) }}{{ fail "metrics.tokenSecret must name a secret with a token for the monitor when http.auth.metrics is true" }}{{ end -}}
{{- if eq (int $v.http.port) (int $v.http.managementPort) }}{{ fail "http.managementPort must differ from http.port: probes reach the one, users the other" }}{{ end -}}
{{- end }}

{{- /* How a monitor scrapes. */}}
{{- define "vedette.scrape" -}}
{{- if eq (include "vedette.httpScheme" .) "https" }}
scheme: https
tlsConfig:
  serverName: {{ include "vedette.fullname" . }}.{{ .Release.Namespace }}.svc
  {{- with .Values.http.tls.caKey }}
  ca:
    secret:
      name: {{ include "vedette.httpSecret" $ }}
      key: {{ . }}
  {{- end }}
{{- end }}
{{- if .Values.http.auth.metrics }}
authorization:
  credentials:
    name: {{ .Values.metrics.tokenSecret }}
    key: {{ .Values.metrics.tokenKey }}
{{- end }}
{{- end }}

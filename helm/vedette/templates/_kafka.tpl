{{- define "vedette.sasl" -}}
{{- if hasPrefix "SASL_" .Values.kafka.security.protocol }}yes{{ end -}}
{{- end }}

{{- define "vedette.oauth" -}}
{{- if and (include "vedette.sasl" .) (eq .Values.kafka.security.mechanism "OAUTHBEARER") }}yes{{ end -}}
{{- end }}

{{- define "vedette.tls" -}}
{{- if hasSuffix "SSL" .Values.kafka.security.protocol }}yes{{ end -}}
{{- end }}

{{- /* Major times a thousand plus minor of a version. */}}
{{- define "vedette.version" -}}
{{- $parts := splitList "." . -}}
{{- add (mul 1000 (index $parts 0 | int)) (index $parts 1 | int) -}}
{{- end }}

{{- /* Secrets are files; Kafka's own config provider reads them when the service starts. */}}
{{- define "vedette.jaas" -}}
{{- $security := .Values.kafka.security -}}
{{- $modules := dict "PLAIN" "plain.PlainLoginModule" "SCRAM-SHA-256" "scram.ScramLoginModule" "SCRAM-SHA-512" "scram.ScramLoginModule" "OAUTHBEARER" "oauthbearer.OAuthBearerLoginModule" -}}
{{- if include "vedette.oauth" . -}}
org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;
{{- else if $security.jaasKey -}}
${dir:/etc/vedette/kafka:{{ $security.jaasKey }}}
{{- else -}}
org.apache.kafka.common.security.{{ get $modules $security.mechanism }} required username="${dir:/etc/vedette/kafka:{{ $security.usernameKey }}}" password="${dir:/etc/vedette/kafka:{{ $security.passwordKey }}}";
{{- end -}}
{{- end }}

{{- define "vedette.kafkaProperties" -}}
{{- $k := .Values.kafka -}}
{{- $p := dict "rocksdb.config.setter" "io.vedette.app.BoundedRocksDb" "vedette.rocksdb.bytes" (include "vedette.rocksdbBytes" .) -}}
{{- if eq $k.groupProtocol "classic" -}}
{{- $_ := set $p "num.standby.replicas" (toString $k.standbyReplicas) -}}
{{- $_ := set $p "main.consumer.session.timeout.ms" (mul 1000 $k.sessionTimeoutSeconds | toString) -}}
{{- end -}}
{{- if $k.clientRack }}{{- $_ := set $p "client.rack" $k.clientRack -}}{{- end -}}
{{- $_ := set $p "security.protocol" $k.security.protocol -}}
{{- $paths := list -}}
{{- if include "vedette.sasl" . -}}
{{- $_ := set $p "sasl.mechanism" $k.security.mechanism -}}
{{- $_ := set $p "sasl.jaas.config" (include "vedette.jaas" .) -}}
{{- if include "vedette.oauth" . -}}
{{- $_ := set $p "sasl.login.callback.handler.class" "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler" -}}
{{- $_ := set $p "sasl.oauthbearer.token.endpoint.url" "file:///var/run/vedette/kafka-token/token" -}}
{{- else -}}
{{- $paths = append $paths "/etc/vedette/kafka" -}}
{{- end -}}
{{- end -}}
{{- if include "vedette.tls" . -}}
{{- if $k.tls.caSecret -}}
{{- $_ := set $p "ssl.truststore.type" "PEM" -}}
{{- $_ := set $p "ssl.truststore.location" (printf "/etc/vedette/kafka-ca/%s" $k.tls.caKey) -}}
{{- end -}}
{{- if $k.tls.clientSecret -}}
{{- $paths = append $paths "/etc/vedette/kafka-client" -}}
{{- $_ := set $p "ssl.keystore.type" "PEM" -}}
{{- $_ := set $p "ssl.keystore.certificate.chain" (printf "${dir:/etc/vedette/kafka-client:%s}" $k.tls.certKey) -}}
{{- $_ := set $p "ssl.keystore.key" (printf "${dir:/etc/vedette/kafka-client:%s}" $k.tls.privateKeyKey) -}}
{{- end -}}
{{- end -}}
{{- if $paths -}}
{{- $_ := set $p "config.providers" "dir" -}}
{{- $_ := set $p "config.providers.dir.class" "org.apache.kafka.common.config.provider.DirectoryConfigProvider" -}}
{{- $_ := set $p "config.providers.dir.param.allowed.paths" (join "," $paths) -}}
{{- end -}}
{{- range $key, $value := $k.properties }}{{- $_ := set $p $key (toString $value) -}}{{- end -}}
{{- toYaml $p -}}
{{- end }}

{{- define "vedette.registryProperties" -}}
{{- $r := .Values.registry -}}
{{- $p := dict -}}
{{- if eq $r.auth.type "basic" }}{{- $_ := set $p "basic.auth.credentials.source" "USER_INFO" -}}{{- end -}}
{{- if eq $r.auth.type "bearer" }}{{- $_ := set $p "bearer.auth.credentials.source" "STATIC_TOKEN" -}}{{- end -}}
{{- if $r.tls.truststoreSecret -}}
{{- $_ := set $p "schema.registry.ssl.truststore.type" "PKCS12" -}}
{{- $_ := set $p "schema.registry.ssl.truststore.location" (printf "/etc/vedette/registry-tls/%s" $r.tls.truststoreKey) -}}
{{- end -}}
{{- range $key, $value := $r.properties }}{{- $_ := set $p $key (toString $value) -}}{{- end -}}
{{- toYaml $p -}}
{{- end }}

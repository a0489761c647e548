{{- /* Everything that the schema cannot say. Each message names the value to change. */}}
{{- define "vedette.validate" -}}
{{- $v := .Values -}}
{{- if not $v.kafka.bootstrapServers }}{{ fail "kafka.bootstrapServers must name your brokers, for example kafka-bootstrap:9092" }}{{ end -}}
{{- if not $v.registry.url }}{{ fail "registry.url must be the address of your schema registry, for example http://registry:8081" }}{{ end -}}
{{- if not $v.salt.existingSecret }}{{ fail "salt.existingSecret must name a secret with the salt of the fingerprint cells: kubectl create secret generic vedette-salt --from-literal=salt=$(openssl rand -hex 32)" }}{{ end -}}
{{- $version := include "vedette.version" $v.kafka.brokerVersion | int -}}
{{- if eq $v.kafka.groupProtocol "streams" -}}
{{- if lt $version 4002 }}{{ fail (printf "kafka.groupProtocol streams needs brokers from 4.2 on, kafka.brokerVersion is %s: set kafka.groupProtocol to classic" $v.kafka.brokerVersion) }}{{ end -}}
{{- if $v.kafka.staticMembership -}}
{{- if lt $version 4004 }}{{ fail (printf "kafka.groupProtocol streams with kafka.staticMembership needs brokers from 4.4 on, kafka.brokerVersion is %s, and older ones end the service: set kafka.staticMembership to false" $v.kafka.brokerVersion) }}{{ end -}}
{{ fail "kafka.groupProtocol streams with kafka.staticMembership needs Kafka clients from 4.4 on and this version has 4.3: set kafka.staticMembership to false" }}
{{- end -}}
{{- if $v.kafka.standbyReplicas }}{{ fail "kafka.groupProtocol streams takes its standby replicas from the brokers' group setting streams.num.standby.replicas: set kafka.standbyReplicas to 0" }}{{ end -}}
{{- end -}}
{{- if le (int $v.kafka.sessionTimeoutSeconds) (int $v.terminationGracePeriodSeconds) }}{{ fail (printf "kafka.sessionTimeoutSeconds must be above terminationGracePeriodSeconds, which is %d, or every restart moves partitions" (int $v.terminationGracePeriodSeconds)) }}{{ end -}}
{{- include "vedette.validateAccess" . -}}
{{- include "vedette.validateHttp" . -}}
{{- include "vedette.validateTracing" . -}}
{{- include "vedette.validateScale" . -}}
{{- include "vedette.validateMemory" . -}}
{{- end }}

{{- define "vedette.validateAccess" -}}
{{- $v := .Values -}}
{{- if and (include "vedette.sasl" .) (not (include "vedette.oauth" .)) (not $v.kafka.security.existingSecret) }}{{ fail (printf "kafka.security.existingSecret must name the secret of the credentials for %s" $v.kafka.security.mechanism) }}{{ end -}}
{{- if and (not (include "vedette.tls" .)) (or $v.kafka.tls.caSecret $v.kafka.tls.clientSecret) }}{{ fail (printf "kafka.tls is set but kafka.security.protocol is %s, which does not use it: set it to SSL or SASL_SSL" $v.kafka.security.protocol) }}{{ end -}}
{{- if and (eq $v.kafka.security.protocol "SASL_PLAINTEXT") (eq $v.kafka.security.mechanism "PLAIN") }}{{ fail "kafka.security: PLAIN over SASL_PLAINTEXT sends the password in the clear: set kafka.security.protocol to SASL_SSL" }}{{ end -}}
{{- if and (ne $v.registry.auth.type "none") (not $v.registry.auth.existingSecret) }}{{ fail (printf "registry.auth.existingSecret must name the secret of the credentials for %s" $v.registry.auth.type) }}{{ end -}}
{{- range $key, $value := merge (dict) $v.kafka.properties $v.registry.properties -}}
{{- if and (regexMatch "(?i)password|passphrase|secret|token$|user\\.info|jaas|keystore\\.key" $key) (not (contains "${" (toString $value))) }}{{ fail (printf "the property %s is a secret and would stand in a ConfigMap: use kafka.security, kafka.tls, registry.auth, or extraEnv with a secretKeyRef" $key) }}{{ end -}}
{{- end -}}
{{- if and (or $v.strimzi.topics $v.strimzi.user) (not $v.strimzi.cluster) }}{{ fail "strimzi.cluster must name the Strimzi cluster that topics and user belong to" }}{{ end -}}
{{- if and (or $v.certManager.enabled $v.certManager.http) (not $v.certManager.issuerName) }}{{ fail "certManager.issuerName must name an issuer of cert-manager" }}{{ end -}}
{{- end }}

{{- define "vedette.validateTracing" -}}
{{- $t := .Values.tracing -}}
{{- if and $t.enabled (not $t.endpoint) }}{{ fail "tracing.endpoint must be the address of your collector, for example http://collector:4318" }}{{ end -}}
{{- if and $t.enabled (not $t.agent.image) }}{{ fail "tracing.agent.image must name an image with OpenTelemetry's Java agent" }}{{ end -}}
{{- end }}

{{- define "vedette.validateScale" -}}
{{- $v := .Values -}}
{{- $most := int $v.replicaCount -}}
{{- $what := "replicaCount" -}}
{{- if ne $v.autoscaling.mode "none" -}}
{{- $most = int $v.autoscaling.maxReplicas -}}
{{- $what = "autoscaling.maxReplicas" -}}
{{- if gt (int $v.autoscaling.minReplicas) $most }}{{ fail (printf "autoscaling.minReplicas must be at most autoscaling.maxReplicas, which is %d" $most) }}{{ end -}}
{{- end -}}
{{- if gt (mul $most $v.kafka.threads) (int64 $v.topics.partitions) }}{{ fail (printf "%s times kafka.threads is %d, more than topics.partitions, which is %d: the rest would idle" $what (mul $most $v.kafka.threads) (int $v.topics.partitions)) }}{{ end -}}
{{- if and (eq $v.autoscaling.mode "keda") (or (include "vedette.oauth" .) (and (include "vedette.sasl" .) $v.kafka.security.jaasKey (not $v.kafka.security.passwordKey))) }}{{ fail "autoscaling.mode keda needs user name and password in kafka.security.existingSecret: with OAUTHBEARER set it to hpa" }}{{ end -}}
{{- if and (eq $v.kafka.groupProtocol "classic") (ge (int $v.kafka.standbyReplicas) (ternary (int $v.replicaCount) (int $v.autoscaling.minReplicas) (eq $v.autoscaling.mode "none"))) }}{{ fail (printf "kafka.standbyReplicas must be below the number of pods, was %d" (int $v.kafka.standbyReplicas)) }}{{ end -}}
{{- if and $v.podDisruptionBudget.enabled (eq (int $v.podDisruptionBudget.maxUnavailable) 0) }}{{ fail "podDisruptionBudget.maxUnavailable must be at least 1, or nodes cannot be drained" }}{{ end -}}
{{- end }}

{{- define "vedette.validateMemory" -}}
{{- $v := .Values -}}
{{- $limit := include "vedette.bytes" $v.memory.limit | int64 -}}
{{- if lt $limit 1073741824 }}{{ fail (printf "memory.limit must be at least 1Gi, was %s" $v.memory.limit) }}{{ end -}}
{{- $rest := sub 100 (add $v.memory.heapPercent $v.memory.rocksdbPercent) -}}
{{- /* OpenTelemetry's agent takes some 50Mi beside the heap: OPERATIONS.md, Traces */ -}}
{{- $runtime := ternary 320864256 268435456 $v.tracing.enabled -}}
{{- if lt (div (mul $limit $rest) 100) $runtime }}{{ fail (printf "memory.heapPercent and memory.rocksdbPercent leave less than %dMi of memory.limit, which is %s, for the Java runtime itself%s: lower them or raise the limit" (div $runtime 1048576) $v.memory.limit (ternary " and the tracing agent" "" $v.tracing.enabled)) }}{{ end -}}
{{- $options := join " " $v.javaOptions -}}
{{- range $v.extraEnv -}}
{{- if has .name (list "JAVA_TOOL_OPTIONS" "JDK_JAVA_OPTIONS" "_JAVA_OPTIONS") }}{{ fail (printf "extraEnv sets %s: use javaOptions" .name) }}{{ end -}}
{{- end -}}
{{- if regexMatch "(?i)-D[^=\\s]*(password|passphrase|secret|token|user\\.info|jaas)[^=\\s]*=" $options }}{{ fail "javaOptions has a property that looks like a secret: the runtime prints its options when it starts; use kafka.security, kafka.tls, registry.auth, or extraEnv with a secretKeyRef" }}{{ end -}}
{{- if regexMatch "-XX:\\+HeapDump|-XX:HeapDumpPath" $options -}}
{{- range regexFindAll "-XX:HeapDumpPath=\\S*" $options -1 | default (list "") -}}
{{- if or (not (hasPrefix "-XX:HeapDumpPath=/tmp/" .)) (contains ".." .) }}{{ fail "javaOptions asks for heap dumps, which hold the salt and passwords: only -XX:HeapDumpPath=/tmp/... is allowed, which goes with the pod" }}{{ end -}}
{{- end -}}
{{- if lt (include "vedette.bytes" $v.tmpSizeLimit | int64) (include "vedette.heapBytes" . | int64) }}{{ fail (printf "tmpSizeLimit %s is below the heap of %dMi, and a heap dump would get the pod evicted: raise it" $v.tmpSizeLimit (div (include "vedette.heapBytes" . | int64) 1048576)) }}{{ end -}}
{{- end -}}
{{- $free := sub (include "vedette.heapBytes" . | int64) (include "vedette.stateBytes" . | int64) -}}
{{- $needed := add 134217728 (mul 67108864 $v.kafka.threads) -}}
{{- if lt $free $needed }}{{ fail (printf "memory.limit %s leaves %dMi of heap besides live state, and kafka.threads %d need %dMi: raise the limit or lower kafka.threads or memory.statePercent" $v.memory.limit (div $free 1048576) (int $v.kafka.threads) (div $needed 1048576)) }}{{ end -}}
{{- end }}

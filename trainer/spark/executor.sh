#!/bin/bash
# The first process of an executor's container on Kubernetes, which Spark starts with the word `executor` and says by variables what it
# is to be. Anything else is a command.
set -euo pipefail
if [ "${1:-}" != executor ]; then exec "$@"; fi
options=()
for ((n = 0; ; n++)); do
  name="SPARK_JAVA_OPT_$n"
  [ -n "${!name+set}" ] || break
  options+=("${!name}")
done
home=$("$PYSPARK_PYTHON" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" "${options[@]}" "-Xms$SPARK_EXECUTOR_MEMORY" "-Xmx$SPARK_EXECUTOR_MEMORY" \
  -cp "$home/jars/*${SPARK_CLASSPATH:+:$SPARK_CLASSPATH}" org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend \
  --driver-url "$SPARK_DRIVER_URL" --executor-id "$SPARK_EXECUTOR_ID" --cores "$SPARK_EXECUTOR_CORES" \
  --app-id "$SPARK_APPLICATION_ID" --hostname "$SPARK_EXECUTOR_POD_IP" \
  --resourceProfileId "$SPARK_RESOURCE_PROFILE_ID" --podName "$SPARK_EXECUTOR_POD_NAME"

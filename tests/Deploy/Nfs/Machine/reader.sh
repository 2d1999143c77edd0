#!/bin/busybox sh
# reader.sh NAME MODEL_DIRECTORY: opens benchmark.csv and benchmark.json three times a second, until NAME.stop is there.
# A line of NAME.reads has the time before a file was opened, the file's name, and its SHA-256 or the error.
# Each benchmark.json that was read is kept as NAME.<SHA-256>.json.
name=$1
directory=$2
while [ ! -e "$HOST/$name.stop" ]; do
  at=$EPOCHREALTIME
  read=$(sha256sum "$directory/benchmark.csv" 2>&1) && read=${read%% *}
  echo "$at benchmark.csv $read"

  at=$EPOCHREALTIME
  if read=$(cat "$directory/benchmark.json" 2>&1); then
    sha256=$(echo "$read" | sha256sum)
    sha256=${sha256%% *}
    [ -e "$HOST/$name.$sha256.json" ] || echo "$read" >"$HOST/$name.$sha256.json"
    read=$sha256
  fi
  echo "$at benchmark.json $read"
  sleep 0.3
done >"$HOST/$name.reads"

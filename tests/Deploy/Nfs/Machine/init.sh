#!/bin/sh
# The first process of the machine. Its root is the host's, read-only; of the host, only the directory BENCHMARK_SCRATCH
# can be written, as /run/host. Runs the script BENCHMARK_SCENARIO of this directory, then switches the machine off.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc
# Whatever happens to whoever started it.
(sleep "$BENCHMARK_SECONDS" && echo o >/proc/sysrq-trigger) &

mount -t tmpfs tmpfs /run
mkdir -m 1777 /run/tmp
mkdir /run/host /run/places
mount -t hostfs -o "$BENCHMARK_SCRATCH" none /run/host
export HOME=/run/tmp TMPDIR=/run/tmp HOST=/run/host MACHINE="${0%/*}"

sh -u "$MACHINE/$BENCHMARK_SCENARIO" >>"$HOST/scenario.log" 2>&1
echo "{\"event\": \"end\", \"exit\": $?}" >>"$HOST/events.jsonl"

echo o >/proc/sysrq-trigger
sleep 60

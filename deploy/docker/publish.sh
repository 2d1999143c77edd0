#!/bin/sh
# Lays out the file system that one program adds to its image: publish.sh Fetcher /image [options of dotnet publish]
set -eu
service=$1 image=$2
shift 2

case "$service" in
  Scheduler | Fetcher | Validator | Publisher | Notifier) project=services/$service ;;
  Cli) project=cli ;;
  *)
    echo "SERVICE is '$service': it must be Scheduler, Fetcher, Validator, Publisher, Notifier or Cli." >&2
    exit 1
    ;;
esac

dotnet publish "$project" -o "$image/app" "$@"
# Every image has one entry point, whatever its program is called.
[ -e "$image/app/benchmark" ] || ln -s "Benchmark.$service" "$image/app/benchmark"

# Where volumes are mounted: a new volume of Docker takes the rights of what it covers.
mkdir -p "$image/mnt/efs" "$image/var/lib/benchmark" "$image/etc/benchmark"
# Whoever runs it is in group 0 and owns nothing.
chmod -R u=rwX,g=rX,o=rX "$image"
chmod g+w "$image/mnt/efs" "$image/var/lib/benchmark"

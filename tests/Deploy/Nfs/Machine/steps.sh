# What a scenario does, and how it tells the tests. Functions only.

# event NAME MEMBERS: a line of events.jsonl.
event() {
  echo "{\"event\": \"$1\", \"at\": $(date +%s.%N), $2}" >>"$HOST/events.jsonl"
}

# step NAME COMMAND…: runs a command, keeps what it writes as NAME.out and NAME.err, and tells its exit code.
step() {
  local name=$1
  shift
  "$@" >"$HOST/$name.out" 2>"$HOST/$name.err"
  event step "\"name\": \"$name\", \"exit\": $?"
}

# wait_for SECONDS COMMAND…: until the command succeeds.
wait_for() {
  local tries=$(($1 * 10))
  shift
  until "$@"; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || return 1
    sleep 0.1
  done
}

# Whom OpenShift has chosen for the namespace.
user=1000660000

# benchmark PLACE VOLUME ARGUMENT…: as a pod of OpenShift runs it: a high uid, gid 0, no capabilities.
benchmark() {
  local place=$1 volume=$2
  shift 2
  BENCHMARK_ROOT=$volume BENCHMARK_REGISTRY=$place/models.yaml BENCHMARK_STATE=$place/state DOTNET_EnableDiagnostics=0 \
    setpriv --reuid $user --regid 0 --clear-groups --bounding-set -all --inh-caps -all --no-new-privs \
    "$BENCHMARK_DOTNET" exec "$BENCHMARK_CLI" "$@"
}

# make_place PLACE MODEL…: a registry of models, each of which reads a CSV file of the place.
make_place() {
  local place=$1 model
  shift
  mkdir -p "$place/state"
  {
    echo "version: 1"
    echo "defaults: {source: files, notify: {email: [model-risk@bank.example]}}"
    echo "sources: {files: {kind: duckdb, connection: \"Data Source=:memory:;memory_limit=200MB\", files: $place}}"
    echo "value_streams:"
    echo "  value_stream_1:"
    echo "    models:"
    for model; do
      echo "      $model: {query: \"select * from read_csv('$place/$model.csv')\", columns: {mark: {drift: off}}}"
    done
  } >"$place/models.yaml"
  chown -R $user:0 "$place"
}

# fill PLACE MODEL ROWS MARK: the rows of a model; with another mark, no row is as it was.
fill() {
  busybox awk -v rows="$3" -v mark="$4" 'BEGIN {
    print "id,mark,score"
    for (id = 1; id <= rows; id++) printf "%d,%s,%d\n", id, mark, 300 + (id * 7919) % 551
  }' >"$1/$2.csv"
}

# served MODEL_DIRECTORY: what the server itself has now, and since when.
served() {
  event served "\"directory\": \"$1\", \"sha256\": \"$(sha256 "$1/benchmark.csv")\", \
\"since\": $(stat -c %.9Y "$1/benchmark.json"), \
\"owner\": \"$(stat -c %u:%g "$1/benchmark.csv")\""
}

# versions MODEL_DIRECTORY: every version on the server.
versions() {
  local directory
  for directory in "$1"/.versions/??????; do
    event version "\"directory\": \"$1\", \"name\": \"${directory##*/}\", \
\"sha256\": \"$(sha256 "$directory/benchmark.csv")\", \"manifest\": $(cat "$directory/manifest.json" | tr -d '\n')"
  done
  event end_of_versions "\"directory\": \"$1\", \"served\": \"$(sha256 "$1/benchmark.csv")\", \
\"facts\": $(cat "$1/benchmark.json" | tr -d '\n')"
}

sha256() {
  sha256sum "$1" | cut -d ' ' -f 1
}

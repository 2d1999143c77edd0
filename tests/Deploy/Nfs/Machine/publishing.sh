# Publishes on one volume while two readers with attribute caches of their own poll: undisturbed, with the server
# stopped in mid-refresh, and with a second publisher.
. "$MACHINE/server.sh"
. "$MACHINE/steps.sh"

load_modules
make_file_system ubda efs
mkdir /run/srv/plain
mount --bind /run/srv/efs /run/srv/plain
start_server
export_directory efs 1 $squashed
# The same files without an access point: the user of the client is the user on the server.
export_directory plain 2 root_squash
mount_export efs /run/writer vers=4.1
mount_export efs /run/bounded vers=4.1,nosharecache,acdirmin=1,acdirmax=3
mount_export efs /run/default vers=4.1,nosharecache
mount_export plain /run/plain vers=4.1,nosharecache
# Another minor version makes another client to the server, with a state of its own.
mount_export efs /run/second vers=4.2
event clients "\"count\": $(ls /proc/fs/nfsd/clients | wc -l)"

place=/run/places/first
model=value_stream_1/model_x
make_place $place model_x
fill $place model_x 40000 first

# Without an access point the volume belongs to somebody else.
step plain-check benchmark $place /run/plain check
step plain-refresh benchmark $place /run/plain refresh --all --json

step first benchmark $place /run/writer refresh --all --json
served /run/srv/efs/$model
for reader in bounded default; do
  busybox sh "$MACHINE/reader.sh" $reader /run/$reader/$model &
done

for version in second third; do
  fill $place model_x 40000 $version
  step $version benchmark $place /run/writer refresh --all --json
  served /run/srv/efs/$model
done

# The server stops while data is being staged, for longer than a hiccup.
fill $place model_x 40000 restarted
step restarted benchmark $place /run/writer refresh --all --json &
refresh=$!
wait_for 60 sh -c "ls -A /run/srv/efs/$model/.staging/* | grep -q csv" 2>/dev/null
stop_threads
sleep 5
event server_starts "\"refresh_runs\": $(kill -0 $refresh && echo true || echo false)"
start_threads
wait $refresh
served /run/srv/efs/$model

# Two publishers, each with data of its own, refresh the same models on clients of their own.
models="model_x model_1 model_2 model_3"
for publisher in writer second; do
  place=/run/places/$publisher
  make_place $place $models
  for name in $models; do
    fill $place $name 40000 "race-$publisher"
  done
done
step race-writer benchmark /run/places/writer /run/writer refresh --all --json &
first=$!
step race-second benchmark /run/places/second /run/second refresh --all --json &
wait $first $!
served /run/srv/efs/$model

# Both readers go on until what they may have kept is too old.
last=$(sha256 /run/srv/efs/$model/benchmark.csv)
for reader in bounded default; do
  wait_for 90 sh -c "tail -n 4 $HOST/$reader.reads | grep -q $last"
  touch "$HOST/$reader.stop"
done
for name in $models; do
  versions /run/srv/efs/value_stream_1/$name
done

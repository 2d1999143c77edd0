# Refreshes on a volume that is full, and on one whose quota is used up, until there is space again.
. "$MACHINE/server.sh"
. "$MACHINE/steps.sh"

load_modules
make_file_system ubda full
make_file_system ubdb quota
start_server
export_directory full 1 $squashed
export_directory quota 2 $squashed
mount_export full /run/full vers=4.1
mount_export quota /run/quota vers=4.1

# Less than a refresh needs, more than the files beside the data need.
readonly free_kilobytes=300

use_up_full() {
  available=$(df -k --output=avail /run/srv/full | tail -n 1)
  dd if=/dev/zero of=/run/srv/full/filler bs=1k count=$((available - free_kilobytes)) status=none
}

make_room_full() {
  rm /run/srv/full/filler
}

allow_quota() {
  used=$(du -sk --exclude=lost+found /run/srv/quota | cut -f 1)
  setquota -u $access_point 0 $((used + $1)) 0 0 /run/srv/quota
}

use_up_quota() {
  allow_quota $free_kilobytes
}

make_room_quota() {
  setquota -u $access_point 0 0 0 0 /run/srv/quota
}

# scenario VOLUME: publishes, fails for want of space, and publishes again.
scenario() {
  local place=/run/places/$1 mount=/run/$1 model=/run/srv/$1/value_stream_1/model_x
  make_place $place model_x
  fill $place model_x 40000 first
  step $1-first benchmark $place $mount refresh --all --json
  served $model

  use_up_$1
  fill $place model_x 40000 second
  step $1-used-up benchmark $place $mount refresh --all --json
  served $model

  make_room_$1
  step $1-second benchmark $place $mount refresh --all --json
  served $model
  versions $model
}

# At the same time: most of it is waiting between attempts.
scenario full &
full=$!
scenario quota &
wait $full $!

# Room for the check's directory, and none for the file in it.
allow_quota 1
step check benchmark /run/places/quota /run/quota check

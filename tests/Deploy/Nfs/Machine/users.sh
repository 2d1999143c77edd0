# One user of group 0 publishes, and then another, as after a move to another namespace: through an access point, and on
# a volume that belongs to group 0.
. "$MACHINE/server.sh"
. "$MACHINE/steps.sh"

load_modules
make_file_system ubda efs
make_file_system ubdb open
chown 0:0 /run/srv/open
chmod 2770 /run/srv/open
start_server
export_directory efs 1 $squashed
# Unlike other servers by default, EFS takes root and group 0 for what they are.
export_directory open 2 no_root_squash
mount_export efs /run/efs vers=4.1
mount_export open /run/open vers=4.1
# As on most nodes.
echo 1 >/proc/sys/fs/protected_hardlinks

model=value_stream_1/model_x

# refresh VOLUME USER NUMBER: as that user, with a place of its own.
refresh() {
  user=$2 place=/run/places/$1-$2
  if [ ! -d $place ]; then
    make_place $place model_x
    sed -i 's/{source: files,/{source: files, keep_versions: 1,/' $place/models.yaml
  fi
  fill $place model_x 1000 $3
  step $1-refresh-$3 benchmark $place /run/$1 refresh --all --json
}

for volume in efs open; do
  refresh $volume 1000680000 1
  refresh $volume 1000680000 2
  step $volume-rollback-3 benchmark $place /run/$volume rollback $model --to 1 --reason test
  step $volume-pin benchmark $place /run/$volume pin $model 1 --reason test

  refresh $volume 1000990000 4
  step $volume-rollback-5 benchmark $place /run/$volume rollback $model --to 2 --reason test
  step $volume-unpin benchmark $place /run/$volume unpin $model 1
  step $volume-verify benchmark $place /run/$volume verify $model
done

# No version is removed before it is seven days old.
date -s "@$(($(date +%s) + 8 * 24 * 3600))" >/dev/null
for volume in efs open; do
  step $volume-prune benchmark /run/places/$volume-1000990000 /run/$volume prune $model
  versions /run/srv/$volume/$model
done

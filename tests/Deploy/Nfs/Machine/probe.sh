# Whether this machine can do what the other scripts need: a server, and a client of it.
. "$MACHINE/server.sh"
set -e

load_modules
make_file_system ubda efs
start_server
export_directory efs 1 $squashed
mount_export efs /run/probe vers=4.1

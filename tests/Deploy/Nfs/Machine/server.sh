# The NFS server of the machine, and its clients. Functions only.

# To the server, whoever mounts is this user, as with the posix user of an EFS access point.
readonly access_point=10001

# Not modprobe: it looks in /lib/modules of the host.
load_modules() {
  local module modules=/usr/lib/uml/modules/$(uname -r)/kernel
  for module in net/dns_resolver/dns_resolver lib/oid_registry net/sunrpc/sunrpc net/sunrpc/auth_gss/auth_rpcgss \
    fs/nfs_common/grace fs/lockd/lockd fs/nfs_common/nfs_acl fs/netfs/netfs fs/fscache/fscache fs/nfs/nfs fs/nfs/nfsv4 \
    fs/nfsd/nfsd fs/quota/quota_tree fs/quota/quota_v2; do
    busybox insmod "$modules/$module.ko"
  done
}

# make_file_system DEVICE NAME: ext4 with quotas, which belongs to the access point's user, as /run/srv/NAME.
make_file_system() {
  mkdir -p "/run/srv/$2"
  mke2fs -q -t ext4 -m 0 -O quota "/dev/$1"
  mount -t ext4 -o usrquota "/dev/$1" "/run/srv/$2"
  chown $access_point:$access_point "/run/srv/$2"
}

start_server() {
  busybox ip link set lo up
  mount -t tmpfs tmpfs /var/lib/nfs
  mkdir /var/lib/nfs/v4recovery /var/lib/nfs/rpc_pipefs
  touch /var/lib/nfs/etab
  mount -t nfsd nfsd /proc/fs/nfsd
  mount -t rpc_pipefs rpc_pipefs /var/lib/nfs/rpc_pipefs
  # EFS gives no delegations, and 1 MiB at a time.
  echo 0 >/proc/sys/fs/leases-enable
  echo 1048576 >/proc/fs/nfsd/max_block_size
  exportfs -i -o rw,insecure,no_subtree_check,fsid=0 127.0.0.0/8:/run/srv
  rpc.mountd -N 2 -N 3
  start_threads
}

# export_directory NAME FSID OPTIONS
export_directory() {
  exportfs -i -o "rw,insecure,no_subtree_check,fsid=$2,$3" "127.0.0.0/8:/run/srv/$1"
}

readonly squashed=all_squash,anonuid=$access_point,anongid=$access_point

# Clients get 10 s to reclaim what they had open, the least that the kernel accepts; the default is 90 s.
start_threads() {
  rpc.nfsd -N 3 -V 4.1 -V 4.2 -G 10 -L 10 8
}

stop_threads() {
  rpc.nfsd 0
}

# mount_export NAME DIRECTORY OPTION,…: as the EFS driver mounts; the options given come on top.
mount_export() {
  mkdir -p "$2"
  mount.nfs "127.0.0.1:/$1" "$2" \
    -o "rsize=1048576,wsize=1048576,hard,timeo=600,retrans=2,noresvport,$3"
}

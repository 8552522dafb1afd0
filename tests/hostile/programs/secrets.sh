# Looks for a secret, read from its input, in all that it can read.
read -r secret
found() {
    grep -rlaFs --devices=skip -f <(printf '%s\n' "$secret") "$@"
}
env | found
found /boot /etc /home /media /mnt /opt /root /run /srv /tmp /usr/local /var /work /dev/shm
for process in /proc/[0-9]*; do
    found "$process"/{environ,cmdline,comm,mountinfo,cgroup,status,stat,maps,net/unix}
done
found /proc/{cmdline,mounts,version,partitions} /proc/sys/kernel
echo end

/* Makes the system call that its argument names, in a way that an unguarded kernel may grant to
 * anybody where it grants it to anybody at all, and prints how that ended. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/io_uring.h>
#include <linux/keyctl.h>
#include <linux/perf_event.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/timex.h>
#include <sys/uio.h>
#include <unistd.h>

#define CALL(name, expression)                                                                     \
    static long name(void)                                                                         \
    {                                                                                              \
        return (long)(expression);                                                                 \
    }

static long new_process(long result)
{
    if (result == 0)
        _exit(0);
    return result;
}

static long bpf(void)
{
    union bpf_attr map = {0};
    map.map_type = BPF_MAP_TYPE_ARRAY;
    map.key_size = map.value_size = 4;
    map.max_entries = 1;
    return syscall(SYS_bpf, BPF_MAP_CREATE, &map, sizeof map);
}

static long perf(void)
{
    struct perf_event_attr event = {.type = PERF_TYPE_SOFTWARE, .size = sizeof event};
    event.config = PERF_COUNT_SW_CPU_CLOCK;
    event.exclude_kernel = event.exclude_hv = 1;
    return syscall(SYS_perf_event_open, &event, 0, -1, -1, 0);
}

static long io_uring(void)
{
    struct io_uring_params settings = {0};
    return syscall(SYS_io_uring_setup, 4, &settings);
}

static long read_of_another(void)
{
    char here[8];
    struct iovec mine = {here, sizeof here}, theirs = {&errno, sizeof here};
    return process_vm_readv(getpid(), &mine, 1, &theirs, 1, 0);
}

static long new_user_3(void)
{
    struct clone_args how = {.flags = CLONE_NEWUSER, .exit_signal = SIGCHLD};
    return new_process(syscall(SYS_clone3, &how, sizeof how));
}

static long file_handle(void)
{
    struct file_handle handle = {.handle_bytes = 0};
    return syscall(SYS_open_by_handle_at, AT_FDCWD, &handle, O_RDONLY);
}

static long clock_step(void)
{
    struct timespec long_ago = {0, 0};
    return syscall(SYS_clock_settime, 0, &long_ago);
}

static long clock_speed(void)
{
    struct timex nothing = {0};
    return syscall(SYS_adjtimex, &nothing);
}

CALL(mount_tmpfs, mount("none", "/work", "tmpfs", 0, NULL))
CALL(unmount, umount2("/work", MNT_DETACH))
CALL(pivot_root, syscall(SYS_pivot_root, "/work", "/work"))
CALL(change_root, chroot("/work"))
CALL(tree, syscall(SYS_open_tree, AT_FDCWD, "/", 1))
CALL(filesystem, syscall(SYS_fsopen, "tmpfs", 0))
CALL(trace_me, ptrace(PTRACE_TRACEME, 0, NULL, NULL))
CALL(trace_init, ptrace(PTRACE_SEIZE, 1, NULL, NULL))
CALL(take_file, syscall(SYS_pidfd_getfd, syscall(SYS_pidfd_open, getpid(), 0), 1, 0))
CALL(compare, syscall(SYS_kcmp, getpid(), getpid(), 0, 0, 0))
CALL(unshare_user, syscall(SYS_unshare, CLONE_NEWUSER))
CALL(unshare_net, syscall(SYS_unshare, CLONE_NEWNET))
CALL(unshare_mounts, syscall(SYS_unshare, CLONE_NEWNS))
CALL(new_user, new_process(syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0)))
CALL(new_cgroup, new_process(syscall(SYS_clone, CLONE_NEWCGROUP | SIGCHLD, 0, 0, 0, 0)))
CALL(join, syscall(SYS_setns, open("/proc/self/ns/net", O_RDONLY), 0))
CALL(key, syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 1))
CALL(new_key, syscall(SYS_add_key, "user", "key", "value", 5, KEY_SPEC_PROCESS_KEYRING))
CALL(asked_key, syscall(SYS_request_key, "user", "key", NULL, KEY_SPEC_PROCESS_KEYRING))
CALL(page_faults, syscall(SYS_userfaultfd, 1))
CALL(secret_memory, syscall(SYS_memfd_secret, 0))
CALL(watch_all, syscall(SYS_fanotify_init, 0x200, 0))
CALL(kernel_log, syscall(SYS_syslog, 3, NULL, 0))
CALL(module, syscall(SYS_init_module, "", 0, ""))
CALL(new_kernel, syscall(SYS_kexec_load, 0, 0, NULL, 0))
CALL(restart, syscall(SYS_reboot, 0xfee1dead, 0x28121969, 0, NULL))
CALL(swap, syscall(SYS_swapon, "/work/swap", 0))
CALL(accounting, syscall(SYS_acct, NULL))
CALL(host_name, sethostname("mine", 4))
CALL(quota, syscall(SYS_quotactl, 0x80000100, NULL, 0, NULL))
CALL(hang_up, syscall(SYS_vhangup))
CALL(executable_data, syscall(SYS_personality, 0x0400000))
CALL(memory_policy, syscall(SYS_set_mempolicy, 0, NULL, 0))
CALL(device, mknod("/work/device", S_IFCHR | 0666, makedev(1, 1)))
CALL(vsock, socket(40, SOCK_STREAM, 0))
CALL(raw, socket(AF_INET, SOCK_RAW, 1))
CALL(raw_6, socket(AF_INET6, SOCK_RAW, 58))
CALL(packet, socket(AF_PACKET, SOCK_RAW, 0x300))
CALL(netlink, socket(AF_NETLINK, SOCK_RAW, 0))
CALL(crypto, socket(38, SOCK_SEQPACKET, 0))
CALL(bluetooth, socket(31, SOCK_RAW, 1))

static const struct {
    const char *name;
    long (*call)(void);
} calls[] = {
    {"mount", mount_tmpfs},
    {"umount2", unmount},
    {"pivot_root", pivot_root},
    {"chroot", change_root},
    {"open_tree", tree},
    {"fsopen", filesystem},
    {"ptrace", trace_me},
    {"ptrace of the init", trace_init},
    {"process_vm_readv", read_of_another},
    {"pidfd_getfd", take_file},
    {"kcmp", compare},
    {"unshare users", unshare_user},
    {"unshare network", unshare_net},
    {"unshare mounts", unshare_mounts},
    {"clone with new users", new_user},
    {"clone with new cgroup", new_cgroup},
    {"clone3 with new users", new_user_3},
    {"setns", join},
    {"bpf", bpf},
    {"perf_event_open", perf},
    {"keyctl", key},
    {"add_key", new_key},
    {"request_key", asked_key},
    {"userfaultfd", page_faults},
    {"io_uring_setup", io_uring},
    {"memfd_secret", secret_memory},
    {"fanotify_init", watch_all},
    {"open_by_handle_at", file_handle},
    {"syslog", kernel_log},
    {"init_module", module},
    {"kexec_load", new_kernel},
    {"reboot", restart},
    {"swapon", swap},
    {"acct", accounting},
    {"clock_settime", clock_step},
    {"adjtimex", clock_speed},
    {"sethostname", host_name},
    {"quotactl", quota},
    {"vhangup", hang_up},
    {"personality", executable_data},
    {"set_mempolicy", memory_policy},
    {"mknod of a device", device},
    {"socket AF_VSOCK", vsock},
    {"socket raw", raw},
    {"socket raw, version 6", raw_6},
    {"socket AF_PACKET", packet},
    {"socket AF_NETLINK", netlink},
    {"socket AF_ALG", crypto},
    {"socket AF_BLUETOOTH", bluetooth},
};

int main(int count, char **arguments)
{
    for (size_t index = 0; count == 2 && index < sizeof calls / sizeof *calls; index++)
        if (!strcmp(calls[index].name, arguments[1])) {
            errno = 0;
            long result = calls[index].call();
            puts(result < 0 ? strerrorname_np(errno) : "done");
            return 0;
        }
    return 2;
}

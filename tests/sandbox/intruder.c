/* Tries to get at process 1, which runs as the same user, and prints how each try ended. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static void tell(const char *what, long result)
{
    printf("%s: %s\n", what, result < 0 ? strerrorname_np(errno) : "done");
}

static void try_to_open(const char *path, int how)
{
    tell(path, open(path, how));
}

static void try_memory(void)
{
    char byte = 0;
    struct iovec here = {&byte, 1}, there = {(void *)0x400000, 1};
    tell("attach", ptrace(PTRACE_ATTACH, 1, NULL, NULL));
    tell("seize", ptrace(PTRACE_SEIZE, 1, NULL, NULL));
    tell("read memory", process_vm_readv(1, &here, 1, &there, 1, 0));
    tell("write memory", process_vm_writev(1, &here, 1, &there, 1, 0));
}

static void try_files(void)
{
    long pidfd = syscall(SYS_pidfd_open, 1, 0);
    tell("take a file", syscall(SYS_pidfd_getfd, pidfd, 1, 0));
    try_to_open("/proc/1/fd/0", O_RDONLY);
    try_to_open("/proc/1/fd/1", O_WRONLY);
    try_to_open("/proc/1/mem", O_RDWR);
    try_to_open("/proc/1/environ", O_RDONLY);
    try_to_open("/proc/1/oom_score_adj", O_WRONLY);
}

int main(void)
{
    try_memory();
    try_files();
    tell("make a device", mknod("device", S_IFCHR | 0666, 0x0103));
    for (int number = 1; number < NSIG; number++)
        kill(1, number);
    return 0;
}

/* Limits that the kernel keeps for the warden, and how they show afterwards. */
#include "warden.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { STACK_BYTES = 64 << 20 };

static const char *const memory_files[] = {
    "/sys/fs/cgroup/memory.events",
    "/sys/fs/cgroup/memory/memory.oom_control",
};

static const char *const process_files[] = {
    "/sys/fs/cgroup/pids.events",
    "/sys/fs/cgroup/pids/pids.events",
};

static void limit(int resource, rlim_t most)
{
    struct rlimit now;
    if (getrlimit(resource, &now))
        _exit(127);
    if (most > now.rlim_max)
        most = now.rlim_max;
    if (setrlimit(resource, &(struct rlimit){most, most}))
        _exit(127);
}

void limit_program(const struct bounds *bounds)
{
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_STACK, STACK_BYTES);
    limit(RLIMIT_NOFILE, bounds->open_files);
    limit(RLIMIT_FSIZE, bounds->file_size);
}

/* The number after `key` in the first of both files that is there: cgroup v2, then v1. */
static uint64_t count(const char *const files[2], const char *key)
{
    char text[1024] = "\n";
    int file = open(files[0], O_RDONLY | O_CLOEXEC);
    if (file < 0)
        file = open(files[1], O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    ssize_t length = read(file, text + 1, sizeof text - 2);
    close(file);
    if (length < 0)
        return 0;
    text[length + 1] = 0;
    const char *line = strstr(text, key);
    return line ? strtoull(line + strlen(key), NULL, 10) : 0;
}

struct evidence gather_evidence(void)
{
    return (struct evidence){
        .kills = count(memory_files, "\noom_kill "),
        .refusals = count(process_files, "\nmax "),
    };
}

static bool is_full(const char *folder)
{
    struct statvfs room;
    if (statvfs(folder, &room))
        return false;
    return (room.f_blocks && !room.f_bavail) || (room.f_files && !room.f_favail);
}

/* Why a program that was not stopped by the warden did not end well. */
enum outcome judge_failure(struct evidence before, int signal)
{
    struct evidence now = gather_evidence();
    if (now.kills > before.kills)
        return MEMORY;
    if (now.refusals > before.refusals)
        return PROCESSES;
    if (signal == SIGXFSZ || is_full(".") || is_full("/tmp") || is_full("/dev/shm"))
        return DISK;
    return FAILED;
}

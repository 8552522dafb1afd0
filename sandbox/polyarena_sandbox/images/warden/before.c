/* A command that is started ahead of the job, so that it is ready when the job comes.
 *
 * It lies under a keeper of its own, which takes its orphans: whatever descends from the keeper is
 * the command's, everything else but the warden is a step's. */
#define _GNU_SOURCE
#include "warden.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t keeper;

static noreturn void keep(char **command)
{
    int nothing = open("/dev/null", O_RDWR);
    setsid();
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    for (int fd = 0; fd < 3; fd++)
        if (dup2(nothing, fd) < 0)
            _exit(127);
    pid_t pid = fork();
    if (pid < 0)
        _exit(127);
    if (pid == 0) {
        close_range(3, ~0U, 0);
        signal(SIGPIPE, SIG_DFL);
        offer_to_oom_killer();
        execvp(command[0], command);
        _exit(127);
    }
    while (wait(NULL) > 0 || errno == EINTR)
        continue;
    _exit(0);
}

void start_before(char **command)
{
    keeper = fork();
    if (keeper < 0)
        die("cannot fork");
    if (keeper == 0)
        keep(command);
}

bool has_before(void)
{
    return keeper > 0;
}

/* Whether the keeper is what ended: somebody killed it, or the command is over with all it began. */
bool was_keeper(pid_t pid)
{
    if (pid != keeper)
        return false;
    keeper = 0;
    return true;
}

/* 0 where there is no such process. */
static pid_t parent(pid_t pid)
{
    char path[32], text[512];
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    text[length > 0 ? length : 0] = 0;
    const char *name_end = strrchr(text, ')');
    int found;
    return name_end && sscanf(name_end + 1, " %*c %d", &found) == 1 ? found : 0;
}

static bool is_kept(pid_t pid)
{
    while (pid > 1 && pid != keeper)
        pid = parent(pid);
    return pid == keeper;
}

/* Kill, once, whatever is neither the warden nor under the keeper; false where there was nothing.
 * Everything is stopped meanwhile, so that nothing begins behind the back of the search. */
bool kill_others(void)
{
    bool found = false;
    DIR *processes = opendir("/proc");
    if (!processes)
        die("/proc");
    kill(-1, SIGSTOP);
    for (struct dirent *entry; (entry = readdir(processes));) {
        pid_t pid = isdigit((unsigned char)*entry->d_name) ? atoi(entry->d_name) : 0;
        if (pid <= 1 || !parent(pid) || is_kept(pid))
            continue;
        kill(pid, SIGKILL);
        found = true;
    }
    kill(-1, SIGCONT);
    closedir(processes);
    return found;
}

/* End all there is of the command, which as process 1 is all there is. */
void end_before(void)
{
    if (!has_before())
        return;
    killpg(keeper, SIGKILL);
    if (getpid() == 1)
        kill(-1, SIGKILL);
    while (wait(NULL) > 0 || errno == EINTR)
        continue;
}

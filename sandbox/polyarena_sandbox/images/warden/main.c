/* warden [FOLDER]: runs one job in the folder, /work unless it is named. */
#define _GNU_SOURCE
#include "warden.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

static void guard(const char *folder)
{
    close_range(3, ~0U, 0);
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        die("cannot guard itself");
    signal(SIGPIPE, SIG_IGN);
    umask(022);
    if (chdir(folder))
        die(folder);
}

static int watch_children(void)
{
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    int children = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    if (children < 0)
        die("cannot watch children");
    return children;
}

int main(int count, char **arguments)
{
    static struct job job;
    guard(count > 1 ? arguments[1] : "/work");
    int children = watch_children();
    if (!read_job(&job))
        return 0;
    for (size_t index = 0; index < job.count; index++) {
        const struct step *step = &job.steps[index];
        enum outcome outcome = run_step(&job, step, children);
        if (outcome != OK && !strcmp(step->name, "compile"))
            break;
    }
    collect_files(&job);
    begin_frame('D', 0);
    flush_frames();
    return 0;
}

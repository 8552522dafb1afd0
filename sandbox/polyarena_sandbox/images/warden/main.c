/* warden [FOLDER] [--before COMMAND...]: runs one job in the folder, /work unless it is named. The
 * command is started at once, and with all that it starts lives until the job is over. */
#define _GNU_SOURCE
#include "warden.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#define ASK "--ask"
#define BEFORE "--before"

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

static void run(const struct job *job, int children)
{
    open_tunnel(job);
    for (size_t index = 0; index < job->count; index++) {
        const struct step *step = &job->steps[index];
        enum outcome outcome = run_step(job, step, children);
        if (outcome != OK && !strcmp(step->name, "compile"))
            break;
    }
    end_before();
    collect_files(job);
    begin_frame('D', 0);
    flush_frames();
}

int main(int count, char **arguments)
{
    static struct job job;
    char **rest = arguments + (count > 0);
    if (*rest && !strcmp(*rest, ASK))
        return ask(rest + 1);
    guard(*rest && strcmp(*rest, BEFORE) ? *rest++ : "/work");
    if (*rest && !strcmp(*rest, BEFORE) && rest[1])
        start_before(rest + 1);
    int children = watch_children();
    if (read_job(&job))
        run(&job, children);
    else
        end_before();
    return 0;
}

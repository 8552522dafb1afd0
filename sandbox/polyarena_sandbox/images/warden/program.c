/* From the warden to the program: what a child does before it is another program. */
#define _GNU_SOURCE
#include "warden.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/* To be taken first when memory runs out. The file is only the program's own while the process
 * can be dumped, which is safe here: nothing else is alive, the warden's files are closed. */
void offer_to_oom_killer(void)
{
    prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return;
    dprintf(file, "1000");
    close(file);
}

static noreturn void become(const struct job *job, const struct step *step, const int ends[3])
{
    sigset_t none;
    setsid();
    for (int fd = 0; fd < 3; fd++)
        if (dup2(ends[fd], fd) < 0)
            _exit(127);
    close_range(3, ~0U, 0);
    signal(SIGPIPE, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    limit_program(&job->bounds);
    offer_to_oom_killer();
    environ = (char **)job->environment;
    execvp(step->argv[0], step->argv);
    int reason = errno;
    dprintf(STDERR_FILENO, "%s: %s\n", step->argv[0], strerror(reason));
    _exit(reason == ENOENT ? 127 : 126);
}

pid_t start_program(const struct job *job, const struct step *step, const int ends[3])
{
    pid_t pid = fork();
    if (pid < 0)
        die("cannot fork");
    if (pid == 0)
        become(job, step, ends);
    return pid;
}

/* Takes what the kernel counts by user, "all" there is and keeps it, or "one" of each, and prints
 * what it did not get. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <mqueue.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <time.h>
#include <unistd.h>

static bool take_watcher(void)
{
    return inotify_init() >= 0;
}

static bool take_queue(void)
{
    static int number;
    char name[32];
    snprintf(name, sizeof name, "/queue%d", number++);
    return mq_open(name, O_CREAT | O_RDWR, 0600, NULL) >= 0;
}

static bool take_timer(void)
{
    timer_t timer;
    return !timer_create(CLOCK_MONOTONIC, NULL, &timer);
}

static bool take_signal(void)
{
    return !sigqueue(getpid(), SIGRTMIN, (union sigval){0});
}

static const struct {
    const char *name;
    bool (*take)(void);
} things[] = {
    {"watcher", take_watcher},
    {"queue", take_queue},
    {"timer", take_timer},
    {"signal", take_signal},
};

int main(int count, char **arguments)
{
    bool all = count == 2 && !strcmp(arguments[1], "all");
    sigset_t later;
    sigemptyset(&later);
    sigaddset(&later, SIGRTMIN);
    sigprocmask(SIG_BLOCK, &later, NULL);
    for (size_t index = 0; index < sizeof things / sizeof *things; index++) {
        bool taken = things[index].take();
        while (all && taken && things[index].take())
            continue;
        if (!taken)
            puts(things[index].name);
    }
    puts("end");
    fflush(stdout);
    if (all)
        pause();
    return 0;
}

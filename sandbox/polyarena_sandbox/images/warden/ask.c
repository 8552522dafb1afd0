/* warden --ask SOCKET WORD...: puts words to a service that was started ahead of the job, and says
 * and ends as it answers: the first byte of the answer is the exit code, the rest what is printed. */
#define _GNU_SOURCE
#include "warden.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { TRIES = 10000, NOBODY = 75, NO_ANSWER = 70 };

static const struct timespec pause_between = {0, 2000000};

/* The service may only be starting: it is waited for, though not for ever. */
static int reach(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path)
        return -1;
    strcpy(address.sun_path, path);
    for (int tries = 0; tries < TRIES; tries++) {
        int service = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (service < 0)
            return -1;
        if (!connect(service, (struct sockaddr *)&address, sizeof address))
            return service;
        close(service);
        nanosleep(&pause_between, NULL);
    }
    return -1;
}

int ask(char **words)
{
    static char piece[1 << 16];
    int service = words[0] ? reach(words[0]) : -1;
    if (service < 0) {
        dprintf(STDERR_FILENO, "the service is not there\n");
        return NOBODY;
    }
    for (char **word = words + 1; *word; word++)
        write_all(service, *word, strlen(*word) + (word[1] != NULL));
    shutdown(service, SHUT_WR);
    unsigned char code;
    if (read(service, &code, 1) != 1) {
        dprintf(STDERR_FILENO, "the service ended without an answer\n");
        return NO_ANSWER;
    }
    for (ssize_t got; (got = read(service, piece, sizeof piece)) > 0;)
        write_all(STDOUT_FILENO, piece, (size_t)got);
    return code;
}

/* Stands in for a warden: it begins a step and then leaves as the step's argument says, which is
 * "leave 1", "crash", "kill me", "babble", or "never begin". */
#define _GNU_SOURCE
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char told[1 << 16];
static size_t length;

static bool is_told(const char *what)
{
    return memmem(told, length, what, strlen(what));
}

int main(void)
{
    const char begun[] = "S\0\0\0\4run";
    ssize_t got;
    while ((got = read(0, told + length, sizeof told - length)) > 0) {
        length += (size_t)got;
        if (length >= 5 && !memcmp(told + length - 5, "G\0\0\0", 5))
            break;
    }
    if (is_told("never begin"))
        return 1;
    if (write(1, begun, sizeof begun) < 0)
        return 1;
    const char *code = memmem(told, length, "leave ", 6);
    if (is_told("crash"))
        abort();
    if (is_told("babble"))
        puts("what is this");
    fflush(stdout);
    if (is_told("wait"))
        pause();
    return code ? atoi(code + 6) : 1;
}

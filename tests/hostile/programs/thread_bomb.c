/* Starts threads for as long as it can. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void *wait_for_ever(void *nothing)
{
    pause();
    return nothing;
}

int main(void)
{
    pthread_t thread;
    for (;;) {
        int reason = pthread_create(&thread, NULL, wait_for_ever, NULL);
        if (reason) {
            fprintf(stderr, "%s\n", strerror(reason));
            return 1;
        }
    }
}

/* Keeps every processor busy, with as many threads as it may have. */
#include <pthread.h>
#include <stddef.h>

static void *spin(void *nothing)
{
    for (volatile unsigned turn = 0;; turn++)
        continue;
    return nothing;
}

int main(void)
{
    pthread_t thread;
    for (int count = 0; count < 48; count++)
        pthread_create(&thread, NULL, spin, NULL);
    spin(NULL);
}

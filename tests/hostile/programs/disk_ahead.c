/* Reserves a terabyte, stretches a file to one, and writes behind it. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    const off_t terabyte = (off_t)1 << 40;
    signal(SIGXFSZ, SIG_IGN);
    int file = open("large", O_RDWR | O_CREAT, 0600);
    if (!fallocate(file, 0, 0, terabyte))
        puts("reserved");
    if (!ftruncate(file, terabyte))
        puts("stretched");
    if (pwrite(file, "x", 1, terabyte) == 1)
        puts("written");
    puts("end");
    fflush(stdout);
    signal(SIGXFSZ, SIG_DFL);
    return ftruncate(file, terabyte);
}

/* Asks for its process id in the way of other machines, whose calls a list may forget. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static long as_machine_of_32_bits(void)
{
    long result = 20;
#ifdef __x86_64__
    __asm__ volatile("int $0x80" : "+a"(result)::"memory");
#endif
    return result;
}

static long as_x32(void)
{
    return syscall(0x40000000 + 39);
}

int main(int count, char **arguments)
{
    if (count == 2) {
        long result = strcmp(arguments[1], "x32") ? as_machine_of_32_bits() : as_x32();
        printf("%s\n", result == getpid() ? "answered" : "refused");
    }
    return 0;
}

/* A file to include that has no end. */
#include "/dev/zero"

int main(void)
{
    return 0;
}

/* A gigabyte that has to stand in the program's file. */
char large[1 << 30] = {1};

int main(void)
{
    return large[7];
}

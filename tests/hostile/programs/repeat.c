/* Has the assembler repeat nothing for hours, which takes no memory. */
__asm__(".rept 100000\n.rept 100000\n.endr\n.endr\n");

int main(void)
{
    return 0;
}

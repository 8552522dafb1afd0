/* Errors without end: each of a million lines is one. */
#define TEN(x) x x x x x x x x x x
#define THOUSAND(x) TEN(TEN(TEN(x)))
#pragma GCC diagnostic error "-Wunused"
THOUSAND(THOUSAND(int 1;))

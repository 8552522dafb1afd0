/* Includes itself twice, which doubles with every level. */
#include __FILE__
#include __FILE__

#include <stdio.h>

int main(void)
{
	puts("pitwall " PITWALL_VERSION);
	return 0;
}

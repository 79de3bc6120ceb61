#include "tui/stderr_hold.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { SHOWN = 16 * 1024 };

/* One terminal, one standard error. */
static FILE *kept;
static int terminal = -1;

int stderr_hold(void)
{
	if (!isatty(STDERR_FILENO))
		return -1;
	kept = tmpfile();
	if (kept == NULL)
		return -1;
	terminal = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	if (terminal < 0 || dup2(fileno(kept), STDERR_FILENO) < 0) {
		fclose(kept);
		kept = NULL;
		return -1;
	}
	return terminal;
}

void stderr_release(void)
{
	char bytes[SHOWN];
	size_t n;

	if (kept == NULL)
		return;
	fflush(stderr);
	dup2(terminal, STDERR_FILENO);
	close(terminal);
	terminal = -1;
	rewind(kept);
	n = fread(bytes, 1, sizeof(bytes), kept);
	if (n > 0)
		fwrite(bytes, 1, n, stderr);
	fclose(kept);
	kept = NULL;
}

/* Keys while a day of racing is written: a 24 hour file fed at 64 times its speed, most of it there when the program starts. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/path.h"
#include "tests/bench/pty_run.h"
#include "tests/bench/rows.h"

enum { PATH_LEN = 1024, KEYS = 500, LIMIT_MS = 10000, ANSWER_MS = 1000, FROM_LAP = 330, PAUSE_MS = 17 };

static char program[PATH_LEN], home[PATH_LEN], day[PATH_LEN], file[PATH_LEN];

/* Words that only the help has, and the key that brings them. */
static const char help_word[] = "Keys", help_key[] = "?", close_key[] = "\033";

static pid_t feed(const char *session)
{
	char from[16];
	pid_t pid;

	snprintf(from, sizeof(from), "%d", FROM_LAP);
	pid = fork();
	if (pid == 0) {
		execl(program, program, "replay", session, "--data", day, "--to", file, "--speed", "64", "--from", from,
		      (char *)NULL);
		_exit(127);
	}
	return pid;
}

/* From the key to the words; the file's own news may stand between them. NONE: they did not come. */
static double press_help(struct pty_run *r)
{
	double sent = now_ms();

	r->ntail = 0;
	r->tail[0] = '\0';
	pty_send(r, help_key);
	while (!strstr(r->tail, help_word)) {
		if (!pty_answer(r, ANSWER_MS) || now_ms() - sent > ANSWER_MS)
			return NONE;
	}
	return now_ms() - sent;
}

static void measure(struct pty_run *r, struct series *ms)
{
	for (int i = 0; i < KEYS; i++) {
		series_add(ms, press_help(r));
		pty_send(r, close_key);
		/* Longer than it takes to tell Esc from an arrow, and never in step with the writer. */
		usleep((useconds_t)(40 + i % PAUSE_MS) * 1000);
	}
}

static off_t size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? st.st_size : 0;
}

int main(void)
{
	const char *o = getenv("O"), *p = getenv("PITWALL");
	static struct series ms;
	struct pty_run r;

	if (!o || !p) {
		fputs("bench_live: run by `make bench`\n", stderr);
		return 2;
	}
	snprintf(program, sizeof(program), "%s", p);
	if (!path_join(home, sizeof(home), o, "bench/home") || !path_join(day, sizeof(day), o, "bench/day") ||
	    !path_join(file, sizeof(file), o, "bench/live.csv"))
		return 2;
	unlink(file);
	pid_t writer = feed("lemans_r1");
	for (int i = 0; i < 100 && size_of(file) < 1000000; i++)
		usleep(50000);
	off_t before = size_of(file);
	const char *const argv[] = {program, "--follow", file, NULL};
	rows_head("while a 24 hour file grows at 64 times its speed");
	pty_start(&r, argv, home, 120, 40);
	if (pty_expect(&r, "LIVE", 100, LIMIT_MS)) {
		measure(&r, &ms);
		row_print(&(struct row){"help key: median to its words", "ms", &ms, NULL, 0.5, NONE, NONE, false});
		row_print(&(struct row){"help key: p99 to its words", "ms", &ms, NULL, 0.99, 16, NONE, false});
		printf("  (%d keys, %ld KiB came meanwhile, peak memory %.1f MiB)\n", ms.n,
		       (long)(size_of(file) - before) / 1024, (double)pty_peak_kib(&r) / 1024);
	} else {
		row_skip("keys while a file grows", "the program did not come that far");
	}
	pty_stop(&r);
	kill(writer, SIGKILL);
	waitpid(writer, NULL, 0);
	unlink(file);
	return 0;
}

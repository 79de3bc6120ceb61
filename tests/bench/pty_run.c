#define _GNU_SOURCE
#include "tests/bench/pty_run.h"

#include <dirent.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { READ_MAX = 65536 };

double now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static void pin_environment(const char *home)
{
	static const char *const unset[] = {"NO_COLOR",        "COLORTERM",     "COLORFGBG",      "COLUMNS",
					    "LINES",           "LANG",          "TMUX",           "XDG_CONFIG_HOME",
					    "XDG_STATE_HOME",  "XDG_DATA_HOME", "XDG_CACHE_HOME", "PITWALL_DATA",
					    "XDG_CONFIG_DIRS", "XDG_DATA_DIRS"};

	for (size_t i = 0; i < sizeof(unset) / sizeof(unset[0]); i++)
		unsetenv(unset[i]);
	setenv("HOME", home, 1);
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
}

void pty_start(struct pty_run *r, const char *const *argv, const char *home, int cols, int rows)
{
	struct winsize size = {(unsigned short)rows, (unsigned short)cols, 0, 0};
	union {
		const char *const *in;
		char *const *out;
	} args = {argv};
	/* The child writes its moment of exec here: fork is not what is measured. */
	double *began = mmap(NULL, sizeof(*began), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (began == MAP_FAILED)
		die("mmap");
	*r = (struct pty_run){.first = -1, .last = -1};
	r->pid = forkpty(&r->fd, NULL, NULL, &size);
	if (r->pid < 0)
		die("forkpty");
	if (r->pid == 0) {
		pin_environment(home);
		*began = now_ms();
		execv(argv[0], args.out);
		_exit(127);
	}
	struct pollfd p = {r->fd, POLLIN, 0};
	poll(&p, 1, 10000);
	r->began = *began;
	munmap(began, sizeof(*began));
}

void pty_stop(struct pty_run *r)
{
	kill(r->pid, SIGKILL);
	waitpid(r->pid, NULL, 0);
	close(r->fd);
}

void pty_send(struct pty_run *r, const char *keys)
{
	if (write(r->fd, keys, strlen(keys)) < 0)
		die("write to the pty");
}

static void keep_char(struct pty_run *r, char c)
{
	if (r->ntail == sizeof(r->tail) - 1) {
		r->ntail /= 2;
		memmove(r->tail, r->tail + sizeof(r->tail) - 1 - r->ntail, r->ntail);
	}
	r->tail[r->ntail++] = c;
	r->tail[r->ntail] = '\0';
}

/* Enough of the escape sequences to leave them out: ESC [ ... letter, ESC ( x, ESC x. */
static void keep(struct pty_run *r, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char c = p[i];
		if (c == '\033')
			r->escape = 1;
		else if (r->escape == 1)
			r->escape = c == '[' ? 2 : c == '(' || c == ')' ? 3 : 0;
		else if (r->escape == 2)
			r->escape = c >= '@' && c <= '~' ? 0 : 2;
		else if (r->escape == 3)
			r->escape = 0;
		else if (c >= ' ' || c < 0)
			keep_char(r, c);
	}
}

/* One read of what comes within wait_ms: 1 read, 0 nothing came, -1 the end. */
static int take(struct pty_run *r, double wait_ms)
{
	struct pollfd p = {r->fd, POLLIN, 0};
	struct timespec ts = {(time_t)(wait_ms / 1e3), (long)((wait_ms - 1e3 * (double)(time_t)(wait_ms / 1e3)) * 1e6)};
	char bytes[READ_MAX];

	if (ppoll(&p, 1, &ts, NULL) <= 0)
		return 0;
	ssize_t n = read(r->fd, bytes, sizeof(bytes));
	if (n <= 0)
		return -1;
	r->last = now_ms() - r->began;
	if (r->first < 0)
		r->first = r->last;
	r->bytes += (size_t)n;
	keep(r, bytes, (size_t)n);
	return 1;
}

bool pty_settle(struct pty_run *r, int quiet_ms, int limit_ms)
{
	double until = now_ms() + limit_ms, quiet = now_ms() + quiet_ms, now;

	while ((now = now_ms()) < until) {
		if (now >= quiet)
			return true;
		int got = take(r, quiet - now);
		if (got < 0)
			return false;
		if (got > 0)
			quiet = now_ms() + quiet_ms;
	}
	return false;
}

bool pty_answer(struct pty_run *r, int limit_ms)
{
	return take(r, limit_ms) >= 0;
}

bool pty_expect(struct pty_run *r, const char *word, int quiet_ms, int limit_ms)
{
	double until = now_ms() + limit_ms, now;

	while (!strstr(r->tail, word)) {
		now = now_ms();
		if (now >= until || take(r, until - now) < 0)
			return false;
	}
	return pty_settle(r, quiet_ms, limit_ms);
}

/* The number after `key` in a status file of /proc; -1 none. */
static long status_value(const char *path, const char *key)
{
	char line[256];
	long v = -1;
	FILE *f = fopen(path, "r");

	while (f && v < 0 && fgets(line, sizeof(line), f))
		if (strncmp(line, key, strlen(key)) == 0)
			v = strtol(line + strlen(key), NULL, 10);
	if (f)
		fclose(f);
	return v;
}

long pty_peak_kib(const struct pty_run *r)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%ld/status", (long)r->pid);
	return status_value(path, "VmHWM:");
}

long pty_wakes(const struct pty_run *r)
{
	char path[320];
	long sum = -1;

	snprintf(path, sizeof(path), "/proc/%ld/task", (long)r->pid);
	DIR *d = opendir(path);
	for (struct dirent *e; d && (e = readdir(d));) {
		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "/proc/%ld/task/%s/status", (long)r->pid, e->d_name);
		long v = status_value(path, "voluntary_ctxt_switches:");
		sum = v < 0 ? sum : (sum < 0 ? 0 : sum) + v;
	}
	if (d)
		closedir(d);
	return sum;
}

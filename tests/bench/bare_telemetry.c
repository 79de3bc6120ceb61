/* What reading raw telemetry costs at the least: two threads, read() by 256 KiB, one dialect taken for granted, nothing verified.
 *
 *   bare_telemetry extract FILE VEHICLE VEHICLE FROM TO    keeps time, channel and value of two cars' rows between two arrivals
 *   bare_telemetry parse FILE                              every row: both times, channel, value, lap; summed up
 *   bare_telemetry convert FILE OUT                        the same, then each car's channels as columns of time and value into a file
 *
 * The look is the plain one: 13 columns, vehicle_id and vehicle_number last. Prints ms, rows kept and their sum. */
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { STEP = 256 * 1024, LINE = 4096, THREADS = 2, CARS = 1000, KINDS = 64 };

struct column {
	uint32_t *time;
	float *value;
	size_t n, cap;
};

struct kept {
	int64_t stamp;
	float value;
	char channel;
};

struct part {
	int fd;
	off_t from, to;
	const char *car[2]; /* NULL: parse everything */
	size_t ncar[2];
	const char *first, *last; /* meta_time as text */
	struct column *column;    /* of each car and channel; NULL: only summed up */
	struct kept *kept;
	size_t n, cap;
	uint64_t rows;
	double sum;
	pthread_t id;
};

static int64_t two(const char *p)
{
	return (p[0] - '0') * 10 + (p[1] - '0');
}

/* Within a month: who adds days up needs no calendar. */
static int64_t stamp(const char *p)
{
	return (((two(p + 8) * 24 + two(p + 11)) * 60 + two(p + 14)) * 60 + two(p + 17)) * 1000 + (p[20] - '0') * 100 +
	       two(p + 21);
}

static double number(const char *p, const char **end)
{
	static const double power[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
				       1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
	bool minus = *p == '-';
	int64_t v = 0;
	int dec = 0;

	for (p += minus; *p >= '0'; p++)
		v = v * 10 + (*p - '0');
	if (*p == '.')
		for (p++; *p >= '0'; p++, dec++)
			v = v * 10 + (*p - '0');
	*end = p;
	return (minus ? -(double)v : (double)v) / power[dec & 15];
}

static const char *after(const char *p, char c)
{
	while (*p != c)
		p++;
	return p + 1;
}

static void keep(struct part *w, const struct kept *k)
{
	if (w->n == w->cap) {
		w->cap = w->cap ? w->cap * 2 : 4096;
		w->kept = realloc(w->kept, w->cap * sizeof *w->kept);
		if (!w->kept)
			exit(1);
	}
	w->kept[w->n++] = *k;
}

static void store(struct part *w, const char *after_stamp, const struct kept *k)
{
	const char *number = after(after_stamp, ',');
	int car = 0;

	for (; *number >= '0' && *number <= '9'; number++)
		car = car * 10 + (*number - '0');
	struct column *c = &w->column[(car % CARS) * KINDS + (k->channel & (KINDS - 1))];
	if (c->n == c->cap) {
		c->cap = c->cap ? c->cap * 2 : 4096;
		c->time = realloc(c->time, c->cap * sizeof *c->time);
		c->value = realloc(c->value, c->cap * sizeof *c->value);
		if (!c->time || !c->value)
			exit(1);
	}
	c->time[c->n] = (uint32_t)k->stamp;
	c->value[c->n++] = k->value;
}

/* ,lap,event,session,source,meta_time,original,outing,name,value,timestamp,vehicle,number */
static void row(struct part *w, const char *p)
{
	const char *name, *end;
	int lap = 0;
	struct kept k;

	for (p++; *p != ','; p++)
		lap = lap * 10 + (*p - '0');
	p = after(after(after(p + 1, ','), ','), ',');
	const char *meta = p;
	if (w->car[0] && (memcmp(meta, w->first, 23) < 0 || memcmp(meta, w->last, 23) > 0))
		return;
	name = after(after(p + 25, ','), ',');
	k.channel = (char)(name[0] * 7 + name[1] + name[3]);
	p = after(name, ',');
	k.value = (float)number(p, &end);
	k.stamp = stamp(end + 1);
	w->rows++;
	w->sum += (double)k.value + lap;
	if (w->car[0])
		keep(w, &k);
	else if (w->column)
		store(w, end + 26, &k);
	else
		w->sum += (double)(stamp(meta) - k.stamp) + k.channel;
}

static bool wanted(const struct part *w, const char *end)
{
	for (int i = 0; i < 2; i++)
		if (memcmp(end - w->ncar[i], w->car[i], w->ncar[i]) == 0)
			return true;
	return false;
}

static void *work(void *arg)
{
	struct part *w = arg;
	char *buf = malloc(LINE + STEP + 1);
	size_t have = 0;
	off_t at = w->from;

	if (!buf)
		exit(1);
	while (at < w->to) {
		size_t want = w->to - at < STEP ? (size_t)(w->to - at) : STEP;
		ssize_t got = pread(w->fd, buf + LINE, want, at);
		if (got <= 0)
			break;
		char *p = buf + LINE - have, *end = buf + LINE + got, *nl;
		at += got;
		for (; (nl = memchr(p, '\n', (size_t)(end - p))); p = nl + 1)
			if (!w->car[0] || wanted(w, nl))
				row(w, p);
		have = (size_t)(end - p);
		memmove(buf + LINE - have, p, have);
	}
	free(buf);
	return NULL;
}

/* Behind the next newline. */
static off_t line_after(int fd, off_t at)
{
	char b[LINE];
	ssize_t n = pread(fd, b, sizeof b, at);
	char *nl = n > 0 ? memchr(b, '\n', (size_t)n) : NULL;

	return nl ? at + (nl - b) + 1 : at;
}

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void write_all(int fd, const void *p, size_t n)
{
	for (const char *at = p; n > 0;) {
		ssize_t k = write(fd, at, n);
		if (k <= 0)
			exit(1);
		at += k;
		n -= (size_t)k;
	}
}

static void write_columns(const struct part w[THREADS], const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (fd < 0)
		exit(1);
	for (int i = 0; i < THREADS; i++) {
		for (int c = 0; c < CARS * KINDS; c++) {
			write_all(fd, w[i].column[c].time, w[i].column[c].n * sizeof(uint32_t));
			write_all(fd, w[i].column[c].value, w[i].column[c].n * sizeof(float));
		}
	}
	if (fsync(fd) != 0 || close(fd) != 0)
		exit(1);
}

int main(int argc, char **argv)
{
	struct part w[THREADS] = {{.fd = -1}, {.fd = -1}};
	bool extract = argc == 7 && strcmp(argv[1], "extract") == 0;
	bool convert = argc == 4 && strcmp(argv[1], "convert") == 0;
	double began = now_ms();
	struct stat st;

	if (!extract && !convert && !(argc == 3 && strcmp(argv[1], "parse") == 0))
		return 2;
	int fd = open(argv[2], O_RDONLY);
	if (fd < 0 || fstat(fd, &st) != 0)
		return 1;
	off_t first = line_after(fd, 0), middle = line_after(fd, st.st_size / 2);
	for (int i = 0; i < THREADS; i++) {
		w[i] = (struct part){.fd = fd, .from = i ? middle : first, .to = i ? st.st_size : middle};
		for (int k = 0; extract && k < 2; k++) {
			w[i].car[k] = argv[3 + k];
			w[i].ncar[k] = strlen(argv[3 + k]);
		}
		w[i].column = convert ? calloc((size_t)CARS * KINDS, sizeof(struct column)) : NULL;
		if (convert && !w[i].column)
			return 1;
		w[i].first = extract ? argv[5] : "";
		w[i].last = extract ? argv[6] : "";
		if (pthread_create(&w[i].id, NULL, work, &w[i]) != 0)
			return 1;
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(w[i].id, NULL);
	if (convert)
		write_columns(w, argv[3]);
	printf("%.1f ms %llu rows %.3f\n", now_ms() - began, (unsigned long long)(w[0].rows + w[1].rows),
	       w[0].sum + w[1].sum);
	return 0;
}

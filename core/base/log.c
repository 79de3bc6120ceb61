#include "core/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/base/utf8.h"

enum { KEPT = 200, LINE = 512 };

/* The program's one log: a signal of trouble may come from any thread and any depth, so it is not passed around. */
static struct {
	pthread_mutex_t lock;
	int fd;
	unsigned count; /* lines ever; the newest is line[(count - 1) % KEPT] */
	char line[KEPT][LINE];
} the_log = {.lock = PTHREAD_MUTEX_INITIALIZER, .fd = -1};

bool log_open(const char *path, struct err *err)
{
	/* Not blocking: a pipe nobody reads is refused instead of waited for. */
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0600);

	if (fd < 0)
		return err_set(err, ERR_IO, "%s: cannot open the log: %s", path, strerror(errno));
	if (isatty(fd)) {
		close(fd);
		return err_set(err, ERR_IO, "%s: the log cannot be a terminal; name a file", path);
	}
	log_close();
	pthread_mutex_lock(&the_log.lock);
	the_log.fd = fd;
	pthread_mutex_unlock(&the_log.lock);
	return true;
}

void log_close(void)
{
	pthread_mutex_lock(&the_log.lock);
	if (the_log.fd >= 0)
		close(the_log.fd);
	the_log.fd = -1;
	pthread_mutex_unlock(&the_log.lock);
}

static size_t stamp(char *out, size_t cap)
{
	struct timespec now;
	struct tm utc;
	size_t n;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &utc);
	n = strftime(out, cap, "%Y-%m-%dT%H:%M:%S", &utc);
	return n + (size_t)snprintf(out + n, cap - n, ".%03dZ ", (int)(now.tv_nsec / 1000000));
}

/* Appends text to out[n..cap) with every byte that is not printable UTF-8 as \xNN; returns the new length. */
static size_t escape(char *out, size_t n, size_t cap, const char *text)
{
	struct str rest = str_from(text);

	while (rest.n > 0) {
		const char *from = rest.p;
		bool plain = utf8_width(utf8_next(&rest)) >= 0;
		size_t len = (size_t)(rest.p - from);

		/* 0xFFFD stands for a malformed byte, which is one long; spelled out it takes three. */
		if (len == 1 && (unsigned char)from[0] >= 0x80)
			plain = false;
		if (n + (plain ? len : 4 * len) + 2 > cap)
			break;
		if (plain)
			memcpy(out + n, from, len);
		for (size_t i = 0; !plain && i < len; i++)
			snprintf(out + n + 4 * i, 5, "\\x%02x", (unsigned)(unsigned char)from[i]);
		n += plain ? len : 4 * len;
	}
	out[n] = '\0';
	return n;
}

void log_line(const char *fmt, ...)
{
	char text[LINE], line[LINE];
	va_list ap;
	size_t n;

	va_start(ap, fmt);
	if (vsnprintf(text, sizeof text, fmt, ap) < 0)
		text[0] = '\0';
	va_end(ap);
	n = stamp(line, sizeof line);
	n = escape(line, n, sizeof line, text);
	line[n++] = '\n';

	pthread_mutex_lock(&the_log.lock);
	memcpy(the_log.line[the_log.count % KEPT], line, n);
	the_log.line[the_log.count % KEPT][n] = '\0';
	the_log.count++;
	/* A log that can no longer be written ends; it must not disturb the program. */
	if (the_log.fd >= 0 && write(the_log.fd, line, n) != (ssize_t)n) {
		close(the_log.fd);
		the_log.fd = -1;
	}
	pthread_mutex_unlock(&the_log.lock);
}

void log_recent(struct buf *out)
{
	pthread_mutex_lock(&the_log.lock);
	for (unsigned i = the_log.count > KEPT ? the_log.count - KEPT : 0; i < the_log.count; i++)
		buf_str(out, the_log.line[i % KEPT]);
	pthread_mutex_unlock(&the_log.lock);
}

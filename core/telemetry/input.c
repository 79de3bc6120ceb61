/* Opening what is scanned: a file, or standard input. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/telemetry/dialect.h"
#include "core/telemetry/scan.h"

static ssize_t read_some(int fd, char *p, size_t n)
{
	for (;;) {
		ssize_t got = read(fd, p, n);
		if (got >= 0 || errno != EINTR)
			return got;
	}
}

/* Of a pipe no more than shows what it is, so that nobody waits for its writer. */
static bool enough(const char *p, size_t n)
{
	size_t i = 0;

	while (i < n && strchr(" \t\r\n", p[i]) && p[i])
		i++;
	return i < n && (p[i] == '[' || memchr(p + i, '\n', n - i));
}

static bool read_head(struct tel_input *in, struct err *err)
{
	in->head = calloc(1, DIALECT_HEAD);
	if (!in->head)
		return err_set(err, ERR_NOMEM, "%s: no memory to read it", in->name);
	while (in->head_n < DIALECT_HEAD && !(in->pipe && enough(in->head, in->head_n))) {
		ssize_t got =
			in->pipe ? read_some(in->fd, in->head + in->head_n, DIALECT_HEAD - in->head_n)
				 : pread(in->fd, in->head + in->head_n, DIALECT_HEAD - in->head_n, (off_t)in->head_n);
		if (got < 0)
			return err_set(err, ERR_IO, "%s: cannot be read: %s", in->name, strerror(errno));
		if (got == 0)
			return true;
		in->head_n += (size_t)got;
	}
	return true;
}

static bool look(struct tel_input *in, bool standard, struct err *err)
{
	struct stat st;

	if (fstat(in->fd, &st) != 0)
		return err_set(err, ERR_IO, "%s: cannot be read: %s", in->name, strerror(errno));
	if (S_ISDIR(st.st_mode))
		return err_set(err, ERR_IO, "%s: is a folder, not a file", in->name);
	in->pipe = !S_ISREG(st.st_mode);
	if (in->pipe && !standard)
		return err_set(err, ERR_IO, "%s: is a pipe or device, not a file; - reads standard input", in->name);
	if (!in->pipe) {
		in->size = st.st_size;
		in->mtime = st.st_mtime;
	}
	return true;
}

bool tel_input_open(struct tel_input *in, const char *path, struct err *err)
{
	bool standard = strcmp(path, "-") == 0;

	*in = (struct tel_input){.name = standard ? "standard input" : path, .fd = STDIN_FILENO};
	if (!standard)
		in->fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (in->fd < 0)
		return err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "%s: cannot be opened: %s", path,
			       strerror(errno));
	if (look(in, standard, err) && read_head(in, err))
		return true;
	tel_input_close(in);
	return false;
}

void tel_input_close(struct tel_input *in)
{
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	in->fd = -1;
	free(in->head);
	in->head = NULL;
}

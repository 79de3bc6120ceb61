#include "core/base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

size_t path_stem_len(const char *base)
{
	const char *dot = strrchr(base, '.');

	/* The dot of ".config" begins a name, it ends none. */
	return dot && dot != base ? (size_t)(dot - base) : strlen(base);
}

bool path_join(char *out, size_t cap, const char *dir, const char *name)
{
	size_t n = strlen(dir);
	const char *slash = n > 0 && dir[n - 1] != '/' ? "/" : "";
	int len = snprintf(out, cap, "%s%s%s", dir, slash, name);

	return len >= 0 && (size_t)len < cap;
}

/* The environment's folder; the XDG rules say that a relative one is to be ignored. */
static const char *absolute_env(const char *name)
{
	const char *v = getenv(name);

	return v && v[0] == '/' ? v : NULL;
}

bool path_xdg(char *out, size_t cap, enum xdg which)
{
	static const struct {
		const char *variable, *under_home;
	} places[] = {
		[XDG_CONFIG] = {"XDG_CONFIG_HOME", ".config/pitwall"},
		[XDG_DATA] = {"XDG_DATA_HOME", ".local/share/pitwall"},
		[XDG_STATE] = {"XDG_STATE_HOME", ".local/state/pitwall"},
		[XDG_CACHE] = {"XDG_CACHE_HOME", ".cache/pitwall"},
	};
	const char *dir = absolute_env(places[which].variable);

	if (dir)
		return path_join(out, cap, dir, "pitwall");
	dir = absolute_env("HOME");
	return dir && path_join(out, cap, dir, places[which].under_home);
}

static bool make_dir(const char *dir, struct err *err)
{
	struct stat st;

	if (mkdir(dir, 0700) == 0)
		return true;
	/* mkdir may say EROFS or EACCES about a folder that is there already. */
	int why = errno;
	if (stat(dir, &st) == 0) {
		if (S_ISDIR(st.st_mode))
			return true;
		why = ENOTDIR;
	}
	return err_set(err, ERR_IO, "%s: cannot make this folder: %s", dir, strerror(why));
}

bool path_make_dirs(const char *dir, struct err *err)
{
	char part[PATH_MAX];
	size_t n = strlen(dir);

	if (n == 0 || n >= sizeof part)
		return err_set(err, ERR_IO, "cannot make a folder: its name is %s", n == 0 ? "empty" : "too long");
	memcpy(part, dir, n + 1);
	for (size_t i = 1; i < n; i++) {
		if (part[i] != '/' || part[i - 1] == '/')
			continue;
		part[i] = '\0';
		if (!make_dir(part, err))
			return false;
		part[i] = '/';
	}
	return make_dir(part, err);
}

/* --- Reading -------------------------------------------------------------- */

static bool too_big(const char *path, const struct buf *out, struct err *err)
{
	return err_set(err, ERR_NOMEM, "%s: larger than the %zu bytes that are read of such a file", path, out->max);
}

static bool check_readable(int fd, const char *path, const struct buf *out, struct err *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	if (S_ISDIR(st.st_mode))
		return err_set(err, ERR_IO, "%s: is a folder, not a file", path);
	if (!S_ISREG(st.st_mode))
		return err_set(err, ERR_IO, "%s: is no regular file (a device, pipe or socket)", path);
	if ((unsigned long long)st.st_size > out->max - out->n)
		return too_big(path, out, err);
	return true;
}

/* Up to one block more into out. 1 more may follow, 0 end of file, -1 failure. */
static int read_block(int fd, const char *path, struct buf *out, struct err *err)
{
	enum { BLOCK = 64 * 1024 };
	size_t want = out->max - out->n < BLOCK ? out->max - out->n : BLOCK;
	char probe = 0;
	char *to = want > 0 ? buf_room(out, want) : &probe;
	ssize_t got;

	if (!to) {
		err_set(err, ERR_NOMEM, "%s: not enough memory to read it", path);
		return -1;
	}
	do
		got = read(fd, to, want > 0 ? want : 1);
	while (got < 0 && errno == EINTR);
	if (got < 0) {
		err_set(err, ERR_IO, "%s: reading failed: %s", path, strerror(errno));
		return -1;
	}
	if (got > 0 && want == 0) { /* it grew while being read */
		too_big(path, out, err);
		return -1;
	}
	if (want > 0) {
		out->n += (size_t)got;
		out->p[out->n] = '\0';
	}
	return got > 0;
}

bool file_read(const char *path, struct buf *out, struct err *err)
{
	/* Not blocking, so that a pipe without a writer is refused instead of waited for. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	int more = -1;

	if (fd < 0) {
		enum err_code code = errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
		return err_set(err, code, "%s: cannot open it: %s", path, strerror(errno));
	}
	if (check_readable(fd, path, out, err)) {
		do
			more = read_block(fd, path, out, err);
		while (more > 0);
	}
	close(fd);
	return more == 0;
}

/* --- Replacing ------------------------------------------------------------ */

static bool write_all(int fd, struct str bytes)
{
	while (bytes.n > 0) {
		ssize_t n = write(fd, bytes.p, bytes.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes.p += n;
		bytes.n -= (size_t)n;
	}
	return true;
}

/* The rename itself must survive a power cut too; a file system that cannot sync folders is not an error. */
static void sync_folder(const char *file)
{
	char dir[PATH_MAX];
	size_t n = (size_t)(path_base(file) - file);
	int fd;

	if (n >= sizeof dir)
		return;
	memcpy(dir, n > 0 ? file : ".", n > 0 ? n : 1);
	dir[n > 0 ? n : 1] = '\0';
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

/* Fills temp with bytes and puts it in path's place; temp is open as fd, which is closed here. */
static bool fill_and_rename(int fd, const char *temp, const char *path, struct str bytes)
{
	struct stat old;
	bool ok = write_all(fd, bytes);

	if (ok && stat(path, &old) == 0)
		ok = fchmod(fd, old.st_mode & 0777) == 0;
	ok = ok && fsync(fd) == 0;
	int why = errno;
	if (close(fd) != 0 && ok) {
		ok = false;
		why = errno;
	}
	if (ok && rename(temp, path) == 0) {
		sync_folder(path);
		return true;
	}
	errno = ok ? errno : why;
	return false;
}

bool file_replace(const char *path, struct str bytes, struct err *err)
{
	char real[PATH_MAX], temp[PATH_MAX + 16];
	struct stat there;
	int fd, why;

	/* A link stays a link: the file it leads to is replaced. */
	if (realpath(path, real) == NULL) {
		if (strlen(path) >= sizeof real)
			return err_set(err, ERR_IO, "%s: the name is too long", path);
		memcpy(real, path, strlen(path) + 1);
	}
	/* Renaming over a device or a pipe would take it away from everybody. */
	if (stat(real, &there) == 0 && !S_ISREG(there.st_mode))
		return err_set(err, ERR_IO, "%s: cannot write it: not a regular file", path);
	snprintf(temp, sizeof temp, "%s.XXXXXX", real);
	fd = mkstemp(temp);
	if (fd < 0)
		return err_set(err, ERR_IO, "%s: cannot write beside it: %s", path, strerror(errno));
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	if (fill_and_rename(fd, temp, real, bytes))
		return true;
	why = errno;
	unlink(temp);
	return err_set(err, ERR_IO, "%s: cannot write it: %s", path, strerror(why));
}

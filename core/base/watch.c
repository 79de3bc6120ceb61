#include "core/base/watch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "core/base/path.h"

struct watch {
	int fd;
	char *name; /* of the file in its folder */
};

enum { EVENTS = 4096 };

/* Changes made by another machine are not told by these: NFS, SMB, CIFS, SMB2, 9P, FUSE. */
static bool tells_all(const char *folder)
{
	static const unsigned long deaf[] = {0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997, 0x65735546};
	struct statfs fs;
	if (statfs(folder, &fs) < 0)
		return false;
	for (size_t i = 0; i < sizeof deaf / sizeof deaf[0]; i++)
		if (((unsigned long)fs.f_type & 0xffffffffU) == deaf[i])
			return false;
	return true;
}

static int open_watch(const char *folder)
{
	int fd = tells_all(folder) ? inotify_init1(IN_NONBLOCK | IN_CLOEXEC) : -1;
	if (fd >= 0 && inotify_add_watch(fd, folder,
					 IN_MODIFY | IN_CLOSE_WRITE | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM |
						 IN_DELETE | IN_ATTRIB | IN_ONLYDIR) < 0) {
		close(fd);
		fd = -1;
	}
	return fd;
}

struct watch *watch_new(const char *path)
{
	struct watch *w = calloc(1, sizeof *w);
	char *folder = strdup(path);
	if (w)
		w->name = strdup(path_base(path));
	if (!w || !folder || !w->name) {
		free(folder);
		if (w)
			w->fd = -1;
		watch_free(w);
		return NULL;
	}
	char *slash = strrchr(folder, '/');
	if (slash)
		slash[slash == folder] = '\0';
	w->fd = open_watch(slash ? folder : ".");
	free(folder);
	return w;
}

void watch_free(struct watch *w)
{
	if (!w)
		return;
	if (w->fd >= 0)
		close(w->fd);
	free(w->name);
	free(w);
}

int watch_fd(const struct watch *w)
{
	return w->fd;
}

static bool is_about(const struct watch *w, const char *p, size_t n)
{
	bool about = false;
	for (size_t at = 0; at + sizeof(struct inotify_event) <= n;) {
		struct inotify_event e;
		memcpy(&e, p + at, sizeof e);
		/* An overflow names no file. */
		about |= (e.mask & IN_Q_OVERFLOW) || (e.len > 0 && strcmp(p + at + sizeof e, w->name) == 0);
		at += sizeof e + e.len;
	}
	return about;
}

bool watch_changed(struct watch *w)
{
	char events[EVENTS];
	bool about = w->fd < 0;
	ssize_t n;
	while (w->fd >= 0 && ((n = read(w->fd, events, sizeof events)) > 0 || (n < 0 && errno == EINTR)))
		about |= n > 0 && is_about(w, events, (size_t)n);
	return about;
}

#include "tui/signals.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RESTORE_CAP = 512, STACK_CAP = 64 * 1024 };

static const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGSYS};

/* A handler can reach nothing else. */
static volatile sig_atomic_t end_signal, stop_asked, continued;
static volatile sig_atomic_t restore_n;
static int restore_fd = -1, complain_fd = STDERR_FILENO;
static char restore_bytes[RESTORE_CAP];
static struct termios restore_termios;
static sigset_t wait_mask;

static void on_end(int sig)
{
	/* The first one counts; a hang-up overrides: nobody sees the rest. */
	if (end_signal == 0 || sig == SIGHUP)
		end_signal = sig;
}

static void on_stop(int sig)
{
	(void)sig;
	stop_asked = 1;
}

static void on_continue(int sig)
{
	(void)sig;
	continued = 1;
}

static void put(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t w = write(fd, p, n);

		if (w < 0 && errno == EINTR)
			continue;
		if (w <= 0)
			return;
		p += w;
		n -= (size_t)w;
	}
}

/* Only calls that are safe in a handler. */
static void on_crash(int sig)
{
	static const char head[] = "pitwall: stopped by a fault of its own (signal ";
	static const char tail[] = "). Please report it: what you did last, and `pitwall --version`.\n";
	char number[2] = {(char)('0' + sig / 10 % 10), (char)('0' + sig % 10)};

	if (restore_n > 0) {
		put(restore_fd, restore_bytes, (size_t)restore_n);
		tcsetattr(restore_fd, TCSANOW, &restore_termios);
		restore_n = 0;
	}
	put(complain_fd, head, sizeof(head) - 1);
	put(complain_fd, sig < 10 ? number + 1 : number, sig < 10 ? 1 : 2);
	put(complain_fd, tail, sizeof(tail) - 1);
	/* SA_RESETHAND put the default action back; it acts when the handler returns. */
	raise(sig);
}

static void handle(int sig, void (*fn)(int), int flags)
{
	struct sigaction sa = {.sa_handler = fn, .sa_flags = flags};

	sigemptyset(&sa.sa_mask);
	sigaction(sig, &sa, NULL);
}

static bool ignored(int sig)
{
	struct sigaction sa;

	return sigaction(sig, NULL, &sa) == 0 && (sa.sa_flags & SA_SIGINFO) == 0 && sa.sa_handler == SIG_IGN;
}

static void crash_handlers(void)
{
	static char stack[STACK_CAP];
	stack_t alt = {.ss_sp = stack, .ss_size = sizeof(stack)};

	/* A stack overflow leaves no room for a handler on the stack itself. */
	sigaltstack(&alt, NULL);
	for (size_t i = 0; i < sizeof(crashes) / sizeof(crashes[0]); i++)
		handle(crashes[i], on_crash, (int)(SA_RESETHAND | SA_ONSTACK | SA_NODEFER));
}

void signals_init(void)
{
	sigset_t block;

	sigemptyset(&block);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		/* nohup and the like asked for this one not to end us. */
		if (ends[i] == SIGHUP && ignored(SIGHUP))
			continue;
		handle(ends[i], on_end, 0);
		sigaddset(&block, ends[i]);
	}
	handle(SIGTSTP, on_stop, 0);
	handle(SIGCONT, on_continue, 0);
	handle(SIGPIPE, SIG_IGN, 0);
	sigaddset(&block, SIGTSTP);
	sigaddset(&block, SIGCONT);
	sigaddset(&block, SIGWINCH);
	crash_handlers();
	sigprocmask(SIG_BLOCK, &block, &wait_mask);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		sigdelset(&wait_mask, ends[i]);
	sigdelset(&wait_mask, SIGTSTP);
	sigdelset(&wait_mask, SIGCONT);
	sigdelset(&wait_mask, SIGWINCH);
}

const sigset_t *signals_wait_mask(void)
{
	return &wait_mask;
}

int signals_end(void)
{
	return end_signal;
}

bool signals_stop(void)
{
	bool was = stop_asked != 0;

	stop_asked = 0;
	return was;
}

bool signals_continued(void)
{
	bool was = continued != 0;

	continued = 0;
	return was;
}

void signals_restore_with(int fd, const char *bytes, size_t n, const struct termios *saved)
{
	restore_n = 0;
	if (n == 0 || n > sizeof(restore_bytes))
		return;
	restore_fd = fd;
	memcpy(restore_bytes, bytes, n);
	restore_termios = *saved;
	restore_n = (sig_atomic_t)n;
}

void signals_complain_to(int fd)
{
	complain_fd = fd >= 0 ? fd : STDERR_FILENO;
}

static void unblock(int sig, int how)
{
	sigset_t one;

	sigemptyset(&one);
	sigaddset(&one, sig);
	sigprocmask(how, &one, NULL);
}

void signals_raise(int sig)
{
	handle(sig, SIG_DFL, 0);
	unblock(sig, SIG_UNBLOCK);
	raise(sig);
	_exit(128 + sig);
}

void signals_stop_now(void)
{
	handle(SIGTSTP, SIG_DFL, 0);
	kill(0, SIGTSTP);
	unblock(SIGTSTP, SIG_UNBLOCK); /* here it stops */
	unblock(SIGTSTP, SIG_BLOCK);
	handle(SIGTSTP, on_stop, 0);
	stop_asked = 0;
}

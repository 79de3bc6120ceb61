#include "tests/demo/demo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *objects(void)
{
	const char *o = getenv("O");

	return o ? o : "build/gcc-release";
}

static void run(char *const *argv)
{
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		execv(argv[0], argv);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		fail_msg("%s ended with %d", argv[0], status);
}

void generate(const char *seed, const char *option, const char *dir)
{
	char program[4096], how[32], where[4096], of[32], number[32];
	char word[] = "--seed";
	char *argv[] = {program, how, where, of, number, NULL};

	snprintf(program, sizeof program, "%s/data/generator/pitwall-demo", objects());
	snprintf(how, sizeof how, "%s", option);
	snprintf(where, sizeof where, "%s", dir);
	snprintf(of, sizeof of, "%s", word);
	snprintf(number, sizeof number, "%s", seed);
	run(argv);
}

void scratch_make(char *out, size_t cap)
{
	snprintf(out, cap, "%s/demo-XXXXXX", objects());
	assert_non_null(mkdtemp(out));
}

void scratch_remove(const char *dir)
{
	char rm[] = "/bin/rm", flags[] = "-rf", path[4096];
	char *argv[] = {rm, flags, path, NULL};

	snprintf(path, sizeof path, "%s", dir);
	run(argv);
}

struct dataset *demo_load(const char *path)
{
	struct err err = {0};
	struct dataset *d = dataset_load(&(struct load_opts){.paths = &path, .npaths = 1}, &err);

	assert_ok(d, &err);
	return d;
}

const struct session *demo_session(const struct dataset *d, const char *id)
{
	const struct session *s = dataset_session(d, id);

	if (!s)
		fail_msg("no session %s", id);
	return s;
}

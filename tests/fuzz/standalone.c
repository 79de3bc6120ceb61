/* main() for fuzz targets where there is no libFuzzer: runs each file given, and each file in each folder given. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/buf.h"
#include "core/base/path.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int inputs;

static void run_file(const char *path)
{
	struct err err;
	struct buf b;
	uint8_t *exact;

	buf_init(&b, 64u << 20);
	if (!file_read(path, &b, &err)) {
		fprintf(stderr, "%s\n", err.msg);
		exit(2);
	}
	/* A block of exactly that size, so that a sanitizer sees a read past its end. */
	exact = malloc(b.n ? b.n : 1);
	if (!exact)
		exit(2);
	memcpy(exact, b.p ? b.p : "", b.n);
	fprintf(stderr, "%s\n", path);
	LLVMFuzzerTestOneInput(exact, b.n);
	free(exact);
	buf_release(&b);
	inputs++;
}

static void run_folder(const char *dir)
{
	struct dirent **names;
	int n = scandir(dir, &names, NULL, alphasort);
	char path[4096];

	if (n < 0) {
		perror(dir);
		exit(2);
	}
	for (int i = 0; i < n; i++) {
		if (names[i]->d_name[0] != '.' && path_join(path, sizeof path, dir, names[i]->d_name))
			run_file(path);
		free(names[i]);
	}
	free(names);
}

int main(int argc, char **argv)
{
	struct stat st;

	for (int i = 1; i < argc; i++) {
		if (stat(argv[i], &st) == 0 && S_ISDIR(st.st_mode))
			run_folder(argv[i]);
		else
			run_file(argv[i]);
	}
	if (inputs == 0) {
		fprintf(stderr, "%s: no inputs\n", argv[0]);
		return 2;
	}
	printf("1 passed, 0 failed\n");
	return 0;
}

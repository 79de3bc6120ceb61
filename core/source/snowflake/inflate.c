#include "core/source/snowflake/inflate.h"

#include <stdlib.h>
#include <zlib.h>

enum { OUT = 64 * 1024, GZIP = 16 + MAX_WBITS, MAGIC_1 = 0x1f, MAGIC_2 = 0x8b };

enum kind { UNKNOWN, PLAIN, PACKED, ENDED };

struct sf_inflate {
	sf_bytes_fn *out;
	void *ctx;
	uint64_t left;
	enum kind kind;
	bool begun; /* the first byte of the magic is held back */
	z_stream z;
	unsigned char block[OUT];
};

struct sf_inflate *sf_inflate_new(sf_bytes_fn *out, void *ctx, uint64_t most)
{
	struct sf_inflate *z = calloc(1, sizeof(*z));

	if (z) {
		z->out = out;
		z->ctx = ctx;
		z->left = most;
	}
	return z;
}

void sf_inflate_free(struct sf_inflate *z)
{
	if (z && (z->kind == PACKED || z->kind == ENDED))
		inflateEnd(&z->z);
	free(z);
}

static bool give(struct sf_inflate *z, const void *p, size_t n, struct err *err)
{
	if (n > z->left)
		return err_set(err, ERR_FORMAT, "the answer is larger than this program takes");
	z->left -= n;
	return n == 0 || z->out(z->ctx, (struct str){p, n}, err);
}

static bool unpack(struct sf_inflate *z, struct str in, struct err *err)
{
	/* zlib reads through this pointer only, but its type is old. */
	union {
		const char *from;
		unsigned char *to;
	} next = {.from = in.p};

	z->z.next_in = next.to;
	z->z.avail_in = (uInt)in.n;
	while (z->z.avail_in > 0) {
		if (z->kind == ENDED) /* a second member may follow; what is neither is no stream */
			if (inflateReset(&z->z) != Z_OK)
				return err_set(err, ERR_FORMAT, "the packed answer goes on after its end");
		z->kind = PACKED;
		do {
			z->z.next_out = z->block;
			z->z.avail_out = OUT;
			int r = inflate(&z->z, Z_NO_FLUSH);
			if (r != Z_OK && r != Z_STREAM_END && r != Z_BUF_ERROR)
				return err_set(err, ERR_FORMAT, "the packed answer is damaged (%s)",
					       z->z.msg ? z->z.msg : "zlib");
			if (!give(z, z->block, OUT - z->z.avail_out, err))
				return false;
			if (r == Z_STREAM_END)
				z->kind = ENDED;
		} while (z->kind == PACKED && z->z.avail_out == 0);
	}
	return true;
}

static bool begin_packed(struct sf_inflate *z, struct err *err)
{
	static const char magic = MAGIC_1;

	if (inflateInit2(&z->z, GZIP) != Z_OK)
		return err_set(err, ERR_NOMEM, "no memory to unpack the answer");
	z->kind = PACKED;
	return unpack(z, (struct str){&magic, 1}, err);
}

bool sf_inflate_feed(struct sf_inflate *z, struct str in, struct err *err)
{
	static const char magic = MAGIC_1;

	if (z->kind == UNKNOWN && !z->begun && in.n > 0 && in.p[0] == MAGIC_1) {
		z->begun = true;
		in = (struct str){in.p + 1, in.n - 1};
	}
	if (in.n == 0)
		return true;
	if (z->kind == UNKNOWN && z->begun && (unsigned char)in.p[0] == MAGIC_2) {
		if (!begin_packed(z, err))
			return false;
	} else if (z->kind == UNKNOWN) {
		z->kind = PLAIN;
		if (z->begun && !give(z, &magic, 1, err))
			return false;
	}
	return z->kind == PLAIN ? give(z, in.p, in.n, err) : unpack(z, in, err);
}

bool sf_inflate_end(struct sf_inflate *z, struct err *err)
{
	if (z->kind == PACKED || (z->kind == UNKNOWN && z->begun))
		return err_set(err, ERR_FORMAT, "the packed answer is cut short");
	return true;
}

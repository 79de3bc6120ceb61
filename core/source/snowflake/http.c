#include "core/source/snowflake/http.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/num.h"

/* These are macros that check types by calling themselves by name. */
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

enum { BUFFER = 64 * 1024, REDIRECTS = 3, HEADERS_MAX = 256, RETRY_AFTER_MAX = 604800 };

struct socket {
	curl_socket_t fd;
	short events;
};

struct http {
	const struct sf_curl *c;
	struct http_options o;
	CURLM *multi;
	CURL *easy;
	struct curl_slist *headers, *connect_to;
	struct http_request request;
	char url[HTTP_URL], location[HTTP_URL];
	struct socket at[HTTP_FDS];
	int64_t timer;    /* when curl wants to be woken; -1 never */
	int64_t deadline; /* of the exchange, redirections included */
	bool running, ended;
	unsigned redirects, lines;
	struct http_reply reply;
	uint64_t bytes;
	char why[CURL_ERROR_SIZE];
};

int64_t sf_now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* --- What curl calls ---------------------------------------------------------------------------------------------- */

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *ctx, void *mine)
{
	struct http *h = ctx;
	struct socket *s = NULL;

	(void)easy;
	(void)mine;
	for (int i = 0; i < HTTP_FDS; i++)
		if (h->at[i].fd == fd)
			s = &h->at[i];
	for (int i = 0; i < HTTP_FDS && !s; i++)
		if (h->at[i].fd == CURL_SOCKET_BAD)
			s = &h->at[i];
	if (!s)
		return 0; /* more than one exchange opens: its timers still drive it */
	s->fd = what == CURL_POLL_REMOVE ? CURL_SOCKET_BAD : fd;
	s->events = (short)(((what & CURL_POLL_IN) ? POLLIN : 0) | ((what & CURL_POLL_OUT) ? POLLOUT : 0));
	return 0;
}

static int on_timer(CURLM *multi, long ms, void *ctx)
{
	struct http *h = ctx;

	(void)multi;
	h->timer = ms < 0 ? -1 : sf_now_ms() + ms;
	return 0;
}

static size_t on_body(char *p, size_t size, size_t n, void *ctx)
{
	struct http *h = ctx;

	h->bytes += size * n;
	if (h->request.take(h->request.ctx, (struct str){p, size * n}, &h->reply.err))
		return size * n;
	h->reply.end = HTTP_TAKER;
	return 0;
}

static bool header_is(struct str line, const char *name, struct str *value)
{
	size_t n = strlen(name);

	if (!str_starts_nocase(line, name) || line.n <= n || line.p[n] != ':')
		return false;
	*value = str_trim((struct str){line.p + n + 1, line.n - n - 1});
	return true;
}

static int64_t date_of(const struct http *h, struct str value)
{
	char text[64];

	if (value.n >= sizeof(text))
		return 0;
	memcpy(text, value.p, value.n);
	text[value.n] = '\0';
	time_t t = h->c->curl_getdate(text, NULL);
	return t < 0 ? 0 : (int64_t)t;
}

/* Seconds, or the moment when. */
static int64_t retry_after(const struct http *h, struct str value)
{
	int64_t s;

	if (int_parse(value, &s))
		return s < 0 ? -1 : s > RETRY_AFTER_MAX ? RETRY_AFTER_MAX : s;
	s = date_of(h, value);
	if (s == 0)
		return -1;
	s -= h->reply.date ? h->reply.date : (int64_t)time(NULL);
	return s < 0 ? 0 : s;
}

static size_t on_header(char *p, size_t size, size_t n, void *ctx)
{
	struct http *h = ctx;
	struct str line = {p, size * n}, v;

	while (line.n > 0 && (line.p[line.n - 1] == '\r' || line.p[line.n - 1] == '\n'))
		line.n--;
	if (str_starts_nocase(line, "HTTP/")) {
		h->reply.date = 0;
		h->reply.retry_after = -1;
		h->location[0] = '\0';
	} else if (header_is(line, "Date", &v)) {
		h->reply.date = date_of(h, v);
	} else if (header_is(line, "Retry-After", &v)) {
		h->reply.retry_after = retry_after(h, v);
	} else if (header_is(line, "Location", &v) && v.n < sizeof(h->location)) {
		memcpy(h->location, v.p, v.n);
		h->location[v.n] = '\0';
	}
	return ++h->lines > HEADERS_MAX ? 0 : size * n;
}

/* --- Life ------------------------------------------------------------------------------------------------------------ */

struct http *http_new(const struct sf_curl *curl, const struct http_options *o, struct err *err)
{
	struct http *h = calloc(1, sizeof(*h));

	if (h) {
		h->c = curl;
		h->o = *o;
		h->timer = -1;
		for (int i = 0; i < HTTP_FDS; i++)
			h->at[i].fd = CURL_SOCKET_BAD;
		h->multi = curl->curl_multi_init();
		h->easy = curl->curl_easy_init();
	}
	if (!h || !h->multi || !h->easy) {
		http_free(h);
		err_set(err, ERR_NOMEM, "no memory for a connection");
		return NULL;
	}
	curl->curl_multi_setopt(h->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
	curl->curl_multi_setopt(h->multi, CURLMOPT_SOCKETDATA, h);
	curl->curl_multi_setopt(h->multi, CURLMOPT_TIMERFUNCTION, on_timer);
	curl->curl_multi_setopt(h->multi, CURLMOPT_TIMERDATA, h);
	curl->curl_multi_setopt(h->multi, CURLMOPT_MAXCONNECTS, 4L);
	return h;
}

void http_stop(struct http *h)
{
	if (h->running)
		h->c->curl_multi_remove_handle(h->multi, h->easy);
	h->running = false;
}

void http_free(struct http *h)
{
	if (!h)
		return;
	http_stop(h);
	if (h->easy)
		h->c->curl_easy_cleanup(h->easy);
	if (h->multi)
		h->c->curl_multi_cleanup(h->multi);
	h->c->curl_slist_free_all(h->headers);
	h->c->curl_slist_free_all(h->connect_to);
	free(h);
}

/* --- Starting -------------------------------------------------------------------------------------------------------- */

static bool add(const struct sf_curl *c, struct curl_slist **list, const char *text)
{
	struct curl_slist *longer = c->curl_slist_append(*list, text);

	if (longer)
		*list = longer;
	return longer != NULL;
}

/* A value of the server's or the user's with a line end would begin another header. */
static bool make_headers(struct http *h, struct err *err)
{
	h->c->curl_slist_free_all(h->headers);
	h->headers = NULL;
	for (unsigned i = 0; i < h->request.nheaders; i++) {
		const char *text = h->request.headers[i];
		for (const char *p = text; *p; p++)
			if ((unsigned char)*p < ' ' || *p == 0x7f)
				return err_set(err, ERR_FORMAT, "a header with a control byte cannot be sent");
		if (!add(h->c, &h->headers, text))
			return err_set(err, ERR_NOMEM, "no memory for a request");
	}
	/* curl would ask first for bodies of over a megabyte, and wait a second for servers that do not know it. */
	return add(h->c, &h->headers, "Expect:") || err_set(err, ERR_NOMEM, "no memory for a request");
}

static void set_security(struct http *h)
{
	const struct sf_curl *c = h->c;

	c->curl_easy_setopt(h->easy, CURLOPT_PROTOCOLS_STR, "https");
	c->curl_easy_setopt(h->easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	c->curl_easy_setopt(h->easy, CURLOPT_SSL_VERIFYPEER, 1L);
	c->curl_easy_setopt(h->easy, CURLOPT_SSL_VERIFYHOST, 2L);
	if (h->o.ca_file) {
		c->curl_easy_setopt(h->easy, CURLOPT_CAINFO, h->o.ca_file);
		c->curl_easy_setopt(h->easy, CURLOPT_CAPATH, NULL);
	}
}

static bool set_connect_to(struct http *h, struct err *err)
{
	if (!h->o.connect_to)
		return true;
	if (!h->connect_to && !add(h->c, &h->connect_to, h->o.connect_to))
		return err_set(err, ERR_NOMEM, "no memory for a request");
	h->c->curl_easy_setopt(h->easy, CURLOPT_CONNECT_TO, h->connect_to);
	return true;
}

static void set_time(struct http *h)
{
	const struct sf_curl *c = h->c;
	int64_t left = h->deadline - sf_now_ms();

	c->curl_easy_setopt(h->easy, CURLOPT_NOSIGNAL, 1L);
	c->curl_easy_setopt(h->easy, CURLOPT_CONNECTTIMEOUT, (long)h->o.connect_timeout_s);
	c->curl_easy_setopt(h->easy, CURLOPT_TIMEOUT_MS, left > 1 ? (long)left : 1L);
	c->curl_easy_setopt(h->easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
	c->curl_easy_setopt(h->easy, CURLOPT_LOW_SPEED_TIME, (long)h->o.low_speed_s);
}

static void set_request(struct http *h)
{
	const struct sf_curl *c = h->c;

	c->curl_easy_setopt(h->easy, CURLOPT_URL, h->url);
	c->curl_easy_setopt(h->easy, CURLOPT_HTTPHEADER, h->headers);
	c->curl_easy_setopt(h->easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	c->curl_easy_setopt(h->easy, CURLOPT_FOLLOWLOCATION,
			    0L); /* followed here: a body with a secret goes to no other host */
	c->curl_easy_setopt(h->easy, CURLOPT_BUFFERSIZE, (long)BUFFER);
	if (h->request.post) {
		/* On a kept connection that turns out to be dead curl sends again by itself, and the server would not be told that
		 * it may have the statement already. */
		c->curl_easy_setopt(h->easy, CURLOPT_FRESH_CONNECT, 1L);
		c->curl_easy_setopt(h->easy, CURLOPT_POST, 1L);
		c->curl_easy_setopt(h->easy, CURLOPT_POSTFIELDS, h->request.body.p ? h->request.body.p : "");
		c->curl_easy_setopt(h->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)h->request.body.n);
	}
	c->curl_easy_setopt(h->easy, CURLOPT_HEADERFUNCTION, on_header);
	c->curl_easy_setopt(h->easy, CURLOPT_HEADERDATA, h);
	c->curl_easy_setopt(h->easy, CURLOPT_WRITEFUNCTION, on_body);
	c->curl_easy_setopt(h->easy, CURLOPT_WRITEDATA, h);
	c->curl_easy_setopt(h->easy, CURLOPT_ERRORBUFFER, h->why);
}

/* Sends what request and url hold. */
static bool go(struct http *h, struct err *err)
{
	h->c->curl_easy_reset(h->easy); /* keeps connections */
	h->why[0] = '\0';
	h->lines = 0;
	h->reply = (struct http_reply){.end = HTTP_DONE, .retry_after = -1};
	set_security(h);
	set_time(h);
	set_request(h);
	if (!set_connect_to(h, err))
		return false;
	if (h->c->curl_multi_add_handle(h->multi, h->easy) != CURLM_OK)
		return err_set(err, ERR_IO, "a request cannot be started");
	h->running = true;
	return true;
}

bool http_start(struct http *h, const struct http_request *r, struct err *err)
{
	http_stop(h);
	h->ended = false;
	h->redirects = 0;
	h->deadline = sf_now_ms() + r->timeout_ms;
	h->request = *r;
	if (!str_starts_nocase(str_from(r->url), "https://"))
		return err_set(err, ERR_FORMAT, "an address that is not https:// is not asked");
	if ((size_t)snprintf(h->url, sizeof(h->url), "%s", r->url) >= sizeof(h->url))
		return err_set(err, ERR_FORMAT, "an address is too long");
	return make_headers(h, err) && go(h, err);
}

/* --- The end ---------------------------------------------------------------------------------------------------------- */

static enum http_end end_of(const struct http *h, CURLcode code)
{
	switch (code) {
	case CURLE_OK:
		return HTTP_DONE;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_CONNECT:
	case CURLE_PROXY:
		return HTTP_NO_SERVER;
	case CURLE_OPERATION_TIMEDOUT:
		return HTTP_TOO_LATE;
	case CURLE_SSL_CONNECT_ERROR: /* a line that was cut while certificates were exchanged is no matter of trust */
		return strstr(h->why, "SYSCALL") || strstr(h->why, "reset") || strstr(h->why, "unexpected eof")
			       ? HTTP_BROKEN
			       : HTTP_UNTRUSTED;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CRL_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
	case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
		return HTTP_UNTRUSTED;
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_URL_MALFORMAT:
	case CURLE_OUT_OF_MEMORY:
	case CURLE_BAD_FUNCTION_ARGUMENT:
		return HTTP_REFUSED;
	default:
		return HTTP_BROKEN;
	}
}

static const char *host_end(const char *url)
{
	const char *p = url + strlen("https://");

	return p + strcspn(p, "/?#");
}

/* The same host, said in full or left out. */
static bool redirected(struct http *h, struct err *err)
{
	size_t host = (size_t)(host_end(h->url) - h->url);
	struct str to = str_from(h->location);
	bool same = str_starts_nocase(to, "https://") && (size_t)(host_end(h->location) - h->location) == host &&
		    str_eq_nocase((struct str){to.p, host}, (struct str){h->url, host});

	if (h->redirects++ == REDIRECTS)
		return err_set(err, ERR_FORMAT, "redirected more than %d times", REDIRECTS);
	if (to.n == 0)
		return err_set(err, ERR_FORMAT, "redirected to nowhere (HTTP %d)", h->reply.status);
	if (same)
		memcpy(h->url, to.p, to.n + 1);
	else if (to.p[0] != '/' || (to.n > 1 && to.p[1] == '/') || host + to.n >= sizeof(h->url))
		return err_set(err, ERR_FORMAT, "redirected to %.100s: another place is not trusted with the request",
			       h->location);
	else
		memcpy(h->url + host, to.p, to.n + 1);
	return true;
}

static bool is_redirection(int status)
{
	return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static void finish(struct http *h, CURLcode code)
{
	struct http_reply *r = &h->reply;
	struct err err = {0};

	http_stop(h);
	if (r->end == HTTP_DONE)
		r->end = end_of(h, code);
	if (r->end == HTTP_DONE && is_redirection(r->status)) {
		if (redirected(h, &err) && go(h, &err))
			return;
		*r = (struct http_reply){.end = HTTP_REFUSED, .status = r->status, .retry_after = -1, .err = err};
	} else if (r->end != HTTP_DONE && r->end != HTTP_TAKER) {
		err_set(&r->err, ERR_IO, "%s", h->why[0] ? h->why : h->c->curl_easy_strerror(code));
	}
	h->ended = true;
}

int http_status(const struct http *h)
{
	long status = 0;

	h->c->curl_easy_getinfo(h->easy, CURLINFO_RESPONSE_CODE, &status);
	return (int)status;
}

static void collect(struct http *h)
{
	int left;
	CURLMsg *m;

	while (h->running && (m = h->c->curl_multi_info_read(h->multi, &left)) != NULL) {
		CURLcode code = m->data.result;
		if (m->msg != CURLMSG_DONE || m->easy_handle != h->easy)
			continue;
		h->reply.status = http_status(h);
		finish(h, code);
	}
}

/* --- Waiting ---------------------------------------------------------------------------------------------------------- */

int http_wait(struct http *h, struct pollfd *fds, int max, int *timeout_ms)
{
	int n = 0;

	if (!h->running)
		return 0;
	for (int i = 0; i < HTTP_FDS && n < max; i++)
		if (h->at[i].fd != CURL_SOCKET_BAD)
			fds[n++] = (struct pollfd){h->at[i].fd, h->at[i].events, 0};
	if (h->timer >= 0) {
		int64_t left = h->timer - sf_now_ms();
		int ms = left < 0 ? 0 : left > 60000 ? 60000 : (int)left;
		if (*timeout_ms < 0 || *timeout_ms > ms)
			*timeout_ms = ms;
	}
	return n;
}

void http_woke(struct http *h, const struct pollfd *fds, int n)
{
	int running;

	for (int i = 0; i < n && h->running; i++) {
		int what = ((fds[i].revents & (POLLIN | POLLHUP)) ? CURL_CSELECT_IN : 0) |
			   ((fds[i].revents & POLLOUT) ? CURL_CSELECT_OUT : 0) |
			   ((fds[i].revents & (POLLERR | POLLNVAL)) ? CURL_CSELECT_ERR : 0);
		if (what)
			h->c->curl_multi_socket_action(h->multi, fds[i].fd, what, &running);
	}
	if (h->running && h->timer >= 0 && sf_now_ms() >= h->timer) {
		h->timer = -1;
		h->c->curl_multi_socket_action(h->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	}
	collect(h);
}

const struct http_reply *http_reply(const struct http *h)
{
	return h->ended ? &h->reply : NULL;
}

uint64_t http_bytes(const struct http *h)
{
	return h->bytes;
}

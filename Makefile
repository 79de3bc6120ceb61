# pitwall: `make help` lists the targets and variables. Needs GNU make 4 or newer.
VERSION := 0.1.0
PROG    := pitwall

PKG_CONFIG ?= pkg-config
INSTALL    ?= install
PREFIX     ?= /usr/local
BINDIR     ?= $(PREFIX)/bin
DATADIR    ?= $(PREFIX)/share/$(PROG)
MANDIR     ?= $(PREFIX)/share/man
BASHDIR    ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR     ?= $(PREFIX)/share/zsh/site-functions
FISHDIR    ?= $(PREFIX)/share/fish/vendor_completions.d
FUZZ_SECS  ?= 60
JOBS       := $(shell nproc 2>/dev/null || echo 2)
# Nested makes get jobs of their own unless the user already asked for some.
JOBFLAG     = $(if $(findstring -j,$(MAKEFLAGS)),,-j$(JOBS))

# --- One folder for each compiler and way of building: objects never mix ---
FLAVOUR := $(if $(SAN),san-$(SAN),$(if $(COV),cov,$(if $(DEBUG),debug,release)))
O       := build/$(notdir $(lastword $(CC)))-$(FLAVOUR)

# --- Flags: CFLAGS, CPPFLAGS, LDFLAGS and LDLIBS are the user's ------------
CFLAGS ?= $(if $(DEBUG),-Og -g3,-O2 -g)
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
	-Wwrite-strings -Wformat=2 -Wundef -Wvla -Wpointer-arith -Wcast-qual \
	-Wimplicit-fallthrough -Wmissing-declarations -Wredundant-decls
# Instrumented code makes this one see paths that do not exist.
WARN += $(if $(SAN)$(COV),,-Wnull-dereference)
# clang counts every NAN as a promotion, because the macro is a float.
WARN += $(if $(findstring clang,$(CC)),,-Wdouble-promotion)
WARN += $(if $(WERROR),-Werror)
DEFS := -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -DPITWALL_VERSION='"$(VERSION)"' -DPITWALL_DATADIR='"$(DATADIR)"'
OURS := -std=c11 $(DEFS) -I. -fstack-protector-strong -ffile-prefix-map=$(CURDIR)=.
comma := ,
ifneq ($(SAN),)
SANKIND := $(if $(filter thread,$(SAN)),thread,$(if $(filter fuzz,$(SAN)),fuzzer-no-link$(comma))address$(comma)undefined)
INSTRUMENT := -fsanitize=$(SANKIND) -fno-sanitize-recover=all -fno-omit-frame-pointer
endif
ifneq ($(COV),)
INSTRUMENT += --coverage
endif

# ncursesw.pc brings an older _XOPEN_SOURCE of its own, which would clash with ours.
pkg_cflags = $(filter-out -D_XOPEN_SOURCE% -D_DEFAULT_SOURCE,$(shell $(PKG_CONFIG) --cflags $(1) 2>/dev/null))
pkg_libs   = $(or $(shell $(PKG_CONFIG) --libs $(1) 2>/dev/null),$(2))
CORE_CFLAGS := $(call pkg_cflags,libcjson)
# libcurl, OpenSSL and SQLite are not here: they are loaded on first use, because linked in they would slow every start.
CORE_LIBS   := $(call pkg_libs,libcjson,-lcjson) -lcsv -lz -ldl -lm -lpthread
TUI_CFLAGS  := $(call pkg_cflags,ncursesw)
TUI_LIBS    := $(call pkg_libs,ncursesw,-lncursesw -ltinfo)

COMPILE = $(CC) $(OURS) $(WARN) $(CPPFLAGS) $(CFLAGS) $(INSTRUMENT) $(CORE_CFLAGS)
LINK    = $(CC) $(CFLAGS) $(INSTRUMENT) $(LDFLAGS)

# --- Sources: a new file in these folders needs no edit here ---------------
CORE_SRC   := $(sort $(wildcard core/*/*.c core/*/*/*.c))
TUI_SRC    := $(sort $(wildcard tui/*.c tui/*/*.c))
THEMES     := $(sort $(wildcard themes/*.theme))
UNIT_SRC   := $(sort $(wildcard tests/unit/test_*.c))
HELP_SRC   := $(sort $(filter-out $(UNIT_SRC),$(wildcard tests/unit/*.c)))
TUI_T_SRC  := $(sort $(wildcard tests/tui/test_*.c))
TUI_H_SRC  := $(sort $(filter-out $(TUI_T_SRC),$(wildcard tests/tui/*.c)))
FUZZ_SRC   := $(sort $(wildcard tests/fuzz/fuzz_*.c))
DEMO_SRC   := $(sort $(wildcard data/generator/*.c))
DEMO_T_SRC := $(sort $(wildcard tests/demo/test_*.c))
DEMO_H_SRC := $(sort $(filter-out $(DEMO_T_SRC),$(wildcard tests/demo/*.c)))
BENCH_SRC  := $(sort $(wildcard tests/bench/bench_*.c tests/bench/bare_*.c tests/bench/gen_*.c))
BENCH_H_SRC := $(sort $(filter-out $(BENCH_SRC),$(wildcard tests/bench/*.c)))
SNOW_SRC   := $(sort $(wildcard tests/snowflake/*.c))
SCREEN_SRC := $(sort $(wildcard tests/screens/test_*.c))
TERM_SRC   := $(sort $(filter-out $(SCREEN_SRC),$(wildcard tests/screens/*.c)))
ALL_SRC    := $(CORE_SRC) $(TUI_SRC) $(UNIT_SRC) $(HELP_SRC) $(TUI_T_SRC) $(TUI_H_SRC) $(FUZZ_SRC) $(BENCH_SRC) \
	$(BENCH_H_SRC) $(SCREEN_SRC) $(SNOW_SRC) $(TERM_SRC) $(DEMO_SRC) $(DEMO_T_SRC) $(DEMO_H_SRC) \
	$(wildcard tests/fuzz/standalone.c tests/pictures/*.c)
ALL_HDR    := $(sort $(wildcard core/*/*.h core/*/*/*.h tui/*.h tui/*/*.h data/*/*.h tests/*/*.h))

objects = $(patsubst %.c,$(O)/%.o,$(1))
bins    = $(patsubst %.c,$(O)/%,$(1))
CORE_OBJ    := $(call objects,$(CORE_SRC))
TUI_OBJ     := $(call objects,$(filter-out tui/main.c,$(TUI_SRC))) $(O)/themes_builtin.o
UNIT_BIN    := $(call bins,$(UNIT_SRC))
TUI_T_BIN   := $(call bins,$(TUI_T_SRC))
FUZZ_BIN    := $(call bins,$(FUZZ_SRC))
BENCH_BIN   := $(call bins,$(BENCH_SRC))
SCREEN_BIN  := $(call bins,$(SCREEN_SRC))
SNOW_BIN    := $(call bins,$(SNOW_SRC))
DEMO_BIN    := $(O)/data/generator/$(PROG)-demo
DEMO_T_BIN  := $(call bins,$(DEMO_T_SRC))

# --- Quiet unless V=1 -------------------------------------------------------
ifeq ($(V),1)
Q    :=
note  =
else
Q    := @
note  = @printf '  %-6s %s\n' '$(1)' '$(2)';
endif
quoted = '$(subst ','\'',$(1))'
# Writes a text to the target only when it differs, so what depends on it is rebuilt exactly then.
remember = @mkdir -p $(@D); printf '%s\n' $(call quoted,$(1)) | cmp -s - $@ || printf '%s\n' $(call quoted,$(1)) >$@

.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:
.PHONY: all program run deps check check-snowflake snowflake ci tests-ci tests unit tui-tests cli screens demo demo-check demo-telemetry story generate fuzz fuzz-bins \
	fuzz-replay bench bench-telemetry golden-update pictures layers lint format format-check coverage install uninstall dist clean help FORCE

all: program build/demo-wide/made	## build the program as build/pitwall, and the demo's telemetry
	@ln -sfn $(patsubst build/%,%,$(O))/$(PROG) build/$(PROG)
program: $(O)/$(PROG)

# --- Objects and libraries --------------------------------------------------
$(O)/.flags: FORCE
	$(call remember,$(COMPILE) $(TUI_CFLAGS) $(LDFLAGS))
$(O)/.core: FORCE
	$(call remember,$(CORE_OBJ))
$(O)/.tui: FORCE
	$(call remember,$(TUI_OBJ))
$(O)/.help: FORCE
	$(call remember,$(HELP_SRC) $(TUI_H_SRC))
$(O)/.themes: FORCE
	$(call remember,$(THEMES))
FORCE:

# Only what lies under tui/ (and tests of it) sees curses' flags.
TUI_ONLY = $(if $(filter tui/% tests/tui/% tests/fuzz/% tests/bench/bare_% $(O)/themes%,$<),$(TUI_CFLAGS))
COMPILE_ONE = $(COMPILE) $(TUI_ONLY) -MMD -MP -MF $(@:.o=.d) -c -o $@ $<

$(O)/%.o: %.c $(O)/.flags
	$(call note,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE_ONE)
$(O)/themes_builtin.o: $(O)/themes_builtin.c $(O)/.flags
	$(call note,CC,$<)
	$(Q)$(COMPILE_ONE)
# The themes travel inside the program, so that it needs no installed file.
$(O)/themes_builtin.c: $(THEMES) $(O)/.themes tui/embed_themes.sh
	$(call note,EMBED,themes/*.theme)
	$(Q)sh tui/embed_themes.sh $(THEMES) >$@

archive = $(Q)rm -f $@ && $(AR) rcsD $@ $(filter %.o,$^)
$(O)/libcore.a: $(CORE_OBJ) $(O)/.core
	$(call note,AR,$@)
	$(archive)
$(O)/libtui.a: $(TUI_OBJ) $(O)/.tui
	$(call note,AR,$@)
	$(archive)
$(O)/libunithelp.a: $(call objects,$(HELP_SRC)) $(O)/.help
	$(archive)
$(O)/libtuihelp.a: $(call objects,$(TUI_H_SRC)) $(O)/.help
	$(archive)

# As a group, because the order of prerequisites is not always the linker's.
link_bin = $(Q)mkdir -p $(@D) && $(LINK) -o $@ $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group
$(O)/$(PROG): $(O)/tui/main.o $(O)/libtui.a $(O)/libcore.a
	$(call note,LINK,$@)
	$(link_bin) $(TUI_LIBS) $(CORE_LIBS) $(LDLIBS)
# Core's tests link without curses and without tui: the linker proves the layer.
$(O)/tests/unit/%: $(O)/tests/unit/%.o $(O)/libunithelp.a $(O)/libcore.a
	$(call note,LINK,$@)
	$(link_bin) $(CORE_LIBS) -lcmocka $(LDLIBS)
# It damages a store with SQLite's own hands.
$(O)/tests/unit/test_telemetry_store: LDLIBS += -lsqlite3
$(O)/tests/tui/%: $(O)/tests/tui/%.o $(O)/libtuihelp.a $(O)/libtui.a $(O)/libunithelp.a $(O)/libcore.a
	$(call note,LINK,$@)
	$(link_bin) $(TUI_LIBS) $(CORE_LIBS) -lcmocka $(LDLIBS)
$(O)/tests/bench/%: $(O)/tests/bench/%.o $(call objects,$(BENCH_H_SRC)) $(O)/libcore.a
	$(call note,LINK,$@)
	$(link_bin) $(CORE_LIBS) -lutil $(LDLIBS)
# Baselines stand alone: what they are compared with must not help them.
$(O)/tests/bench/bare_%: $(O)/tests/bench/bare_%.o
	$(call note,LINK,$@)
	$(link_bin) $(TUI_LIBS) $(LDLIBS)
$(O)/tests/bench/gen_%: $(O)/tests/bench/gen_%.o
	$(call note,LINK,$@)
	$(link_bin) -lm $(LDLIBS)
BENCH_DAY := $(O)/bench/day/lemans-2025-race-1/23_Analysis_Race.csv
$(BENCH_DAY): $(O)/tests/bench/gen_endurance
	@mkdir -p $(@D) $(O)/bench/home
	$(Q)$< >$@
$(O)/tests/screens/%: $(O)/tests/screens/%.o $(call objects,$(TERM_SRC)) $(O)/libunithelp.a $(O)/libcore.a
	$(call note,LINK,$@)
	$(link_bin) $(CORE_LIBS) -lcmocka -lvterm -lutil $(LDLIBS)
$(O)/tests/snowflake/%: $(O)/tests/snowflake/%.o $(O)/libcore.a
	$(call note,LINK,$@)
	$(link_bin) $(CORE_LIBS) $(LDLIBS)
$(DEMO_BIN): $(call objects,$(DEMO_SRC)) $(O)/libcore.a
	$(call note,LINK,$@)
	$(link_bin) $(CORE_LIBS) $(LDLIBS)
$(O)/tests/demo/%: $(O)/tests/demo/%.o $(call objects,$(DEMO_H_SRC)) $(O)/libunithelp.a $(O)/libcore.a
	$(call note,LINK,$@)
	$(link_bin) $(CORE_LIBS) -lcmocka $(LDLIBS)
$(O)/tests/pictures/%: $(O)/tests/pictures/%.o $(O)/tests/screens/term.o $(O)/libcore.a
	$(call note,LINK,$@)
	$(link_bin) $(CORE_LIBS) -lvterm -lutil $(LDLIBS)
# Under libFuzzer the library brings main(); everywhere else standalone.c replays files.
ifeq ($(SAN),fuzz)
FUZZ_MAIN :=
FUZZ_LINK := -fsanitize=fuzzer
else
FUZZ_MAIN := $(O)/tests/fuzz/standalone.o
endif
$(O)/tests/fuzz/fuzz_%: $(O)/tests/fuzz/fuzz_%.o $(FUZZ_MAIN) $(O)/libcore.a
	$(call note,LINK,$@)
	$(link_bin) $(FUZZ_LINK) $(CORE_LIBS) $(LDLIBS)
# A target that includes tui's headers gets tui as well.
FUZZ_TUI := $(if $(FUZZ_SRC),$(call bins,$(shell grep -l '^#include "tui/' $(FUZZ_SRC))))
$(FUZZ_TUI): $(O)/libtui.a
$(FUZZ_TUI): FUZZ_LINK += $(TUI_LIBS)

# --- Running and testing ----------------------------------------------------
run:	## fetch what is missing, build, open the program (ARGS="...")
	@.ci/deps build
	@$(MAKE) --no-print-directory $(JOBFLAG) all
	@build/$(PROG) $(ARGS)

deps:	## install what building and testing needs (asks first)
	@.ci/deps check

# Every runner goes through tests/run.sh, which adds its counts to this file when it is set.
COUNTS ?=
RUN = COUNTS='$(COUNTS)' O='$(abspath $(O))' PITWALL='$(abspath $(O)/$(PROG))' sh tests/run.sh
GROUPS := unit tui-tests cli fuzz-replay screens snowflake demo-check

check:	## every test; ends with the counts
	@.ci/deps check
	@$(MAKE) --no-print-directory $(JOBFLAG) tests
	@rm -f $(O)/counts; failed=0; for group in $(GROUPS); do \
		$(MAKE) --no-print-directory $(JOBFLAG) $$group COUNTS=$(O)/counts || failed=1; done; \
	sh tests/run.sh total $(O)/counts && exit $$failed
tests: program $(UNIT_BIN) $(TUI_T_BIN) $(FUZZ_BIN) $(SCREEN_BIN) $(SNOW_BIN) $(DEMO_BIN) $(DEMO_T_BIN)	## build every test, run none
unit: $(UNIT_BIN)	## core's tests
	@$(RUN) unit $(UNIT_BIN)
tui-tests: $(TUI_T_BIN)	## the screens' tests that need no terminal
	@$(RUN) tui $(TUI_T_BIN)
cli: program	## the commands, run as a user would
	@$(RUN) cli tests/cli/run.sh
fuzz-replay: $(FUZZ_BIN)	## the fuzz targets over their corpora, any compiler
	@$(RUN) fuzz $(FUZZ_BIN)
screens: program $(SCREEN_BIN)	## the program in a terminal emulator
	@$(RUN) screens $(SCREEN_BIN)
snowflake: program $(SNOW_BIN)	## the program against a Snowflake of ours: 42 checks by number (ONLY=3,25)
	@$(RUN) snowflake tests/snowflake/run.sh
check-snowflake: program $(SNOW_BIN)	## that server and the program against others' tools from npm
	@.ci/deps snowflake
	@$(RUN) snowflake tests/snowflake/peers.sh
golden-update: program $(SCREEN_BIN)	## write the golden screens anew: read the diff
	@GOLDEN_UPDATE=1 $(RUN) screens $(SCREEN_BIN)
	@git --no-pager diff --stat -- tests/screens/golden
pictures: program build/demo-wide/made $(O)/tests/pictures/picture	## the pictures in screenshots/
	@PICTURE='$(abspath $(O)/tests/pictures/picture)' PITWALL='$(abspath $(O)/$(PROG))' \
		sh tests/pictures/make.sh
demo-check: $(DEMO_BIN) $(DEMO_T_BIN)	## data/demo: made anew it is the same, and all of it loads
	@$(RUN) demo $(DEMO_T_BIN)

demo: $(DEMO_BIN)	## write data/demo anew
	$(Q)rm -rf data/demo && $(DEMO_BIN) --out data/demo
story: $(DEMO_BIN) $(O)/tests/unit/test_story	## what the notes find of what was planted, over SEEDS=20 seasons
	$(Q)sh tests/demo/story.sh $(DEMO_BIN) $(O)/tests/unit/test_story $(or $(SEEDS),20)
demo-telemetry: build/demo-telemetry/story	## raw telemetry of some cars of the demo, 170 MB
# The same samples in a form of a tenth of the size: what the demo shows on the telemetry screen.
build/demo-wide/made: $(DEMO_BIN)
	$(call note,DEMO,$(@D))
	@mkdir -p $(@D)
	$(Q)$(DEMO_BIN) --telemetry-wide $(@D) && touch $@
build/demo-telemetry/story: $(DEMO_BIN)
	@mkdir -p $(@D)
	$(Q)$(DEMO_BIN) --telemetry $(@D) && touch $@

fuzz:	## libFuzzer for FUZZ_SECS=60 on each target (clang)
	@$(MAKE) --no-print-directory $(JOBFLAG) CC=clang SAN=fuzz fuzz-bins
	$(Q)set -e; for src in $(FUZZ_SRC); do name=$${src##*/fuzz_}; name=$${name%.c}; found=build/fuzz/corpus_$$name; \
		mkdir -p $$found tests/fuzz/corpus_$$name; echo "  FUZZ   $$name"; \
		build/clang-san-fuzz/tests/fuzz/fuzz_$$name -max_total_time=$(FUZZ_SECS) -max_len=65536 -print_final_stats=1 \
			-artifact_prefix=build/fuzz/ $$found tests/fuzz/corpus_$$name; done
fuzz-bins: $(FUZZ_BIN)

bench: program $(BENCH_BIN) $(BENCH_DAY)	## the budgets, measured beside bare baselines (PITWALL_SHARED=...)
	$(Q)set -e; export PITWALL='$(abspath $(O)/$(PROG))' O='$(abspath $(O))'; \
		for b in $(filter-out %/bench_telemetry,$(filter $(O)/tests/bench/bench_%,$(BENCH_BIN))); do ./$$b; done
# Four files of 1.5 GB come and go: 8 GB of room, two minutes.
TELEMETRY_DIR := $(O)/bench/telemetry
bench-telemetry: program $(O)/tests/bench/bench_telemetry $(O)/tests/bench/bare_telemetry $(O)/tests/bench/gen_telemetry	## raw telemetry of a race: import, extraction, query beside bare C and others
	$(Q)mkdir -p $(TELEMETRY_DIR)
	$(Q)free=$$(df -Pk $(TELEMETRY_DIR) | awk 'NR == 2 { print $$4 }'); \
		[ "$$free" -gt 8000000 ] || { echo "bench-telemetry needs 8 GB in $(TELEMETRY_DIR)" >&2; exit 1; }
	$(Q)set -e; trap 'rm -rf $(TELEMETRY_DIR)' EXIT; gen=$(O)/tests/bench/gen_telemetry; \
		$$gen >$(TELEMETRY_DIR)/time.csv; $$gen --order car >$(TELEMETRY_DIR)/car.csv; \
		$$gen --dialect quoted >$(TELEMETRY_DIR)/quoted.csv; \
		PITWALL='$(abspath $(O)/$(PROG))' O='$(abspath $(O))' $(O)/tests/bench/bench_telemetry
coverage:	## line coverage of the tests, by gcov
	@$(MAKE) --no-print-directory $(JOBFLAG) COV=1 CC=gcc CFLAGS='-O0 -g' unit tui-tests
	@find build/gcc-cov/core build/gcc-cov/tui -name '*.gcda' -exec gcov -n {} + 2>/dev/null | awk -f tests/coverage.awk

# --- Checks of the sources --------------------------------------------------
layers:	## each folder includes only what it may
	@sh tests/layers.sh
format:	## rewrite the sources with clang-format
	$(Q)clang-format -i $(ALL_SRC) $(ALL_HDR)
format-check:	## fail where clang-format would change a line
	$(Q)clang-format --dry-run -Werror $(ALL_SRC) $(ALL_HDR)
TIDY_FLAGS = -std=c11 $(DEFS) -I. $(CORE_CFLAGS) $(TUI_CFLAGS)
lint:	## clang-tidy, cppcheck and the man page's syntax
	$(Q)printf '%s\n' $(CORE_SRC) $(TUI_SRC) $(DEMO_SRC) | xargs -P $(JOBS) -n 1 sh tests/tidy.sh $(call quoted,$(TIDY_FLAGS))
	$(Q)cppcheck -q -j $(JOBS) --std=c11 --enable=warning,performance,portability --inline-suppr \
		--suppress=missingIncludeSystem --error-exitcode=1 $(DEFS) -I. core tui data/generator
	$(Q)for page in $(wildcard data/$(PROG).1*); do mandoc -T lint -W warning $$page || exit 1; done

# Tests on a terminal sleep more than they work: the linters have that time, and are told of last.
LINTED = build/lint
ci:	## everything a change must pass, the linters beside the tests
	@.ci/deps ci
	@$(MAKE) --no-print-directory format-check layers
	@mkdir -p build && rm -f $(LINTED).failed
	@{ nice $(MAKE) --no-print-directory lint >$(LINTED).log 2>&1 || touch $(LINTED).failed; } & \
	$(MAKE) --no-print-directory tests-ci; status=$$?; wait; cat $(LINTED).log; \
	[ ! -e $(LINTED).failed ] || { echo 'lint: failed, see above'; status=1; }; exit $$status
tests-ci:
	@$(MAKE) --no-print-directory $(JOBFLAG) CC=gcc WERROR=1 tests $(BENCH_BIN:$(O)/%=build/gcc-release/%)
	@$(MAKE) --no-print-directory $(JOBFLAG) CC=clang WERROR=1 tests
	@$(MAKE) --no-print-directory $(JOBFLAG) CC=gcc SAN=1 check
	@$(MAKE) --no-print-directory $(JOBFLAG) CC=gcc SAN=thread unit
	@$(MAKE) --no-print-directory $(JOBFLAG) CC=clang SAN=1 fuzz-replay

generate: program	## write man page, completions and the README's keys anew from their tables
	$(Q)$(O)/$(PROG) --generate man >data/$(PROG).1
	$(Q)mkdir -p data/completions
	$(Q)$(O)/$(PROG) --generate bash >data/completions/$(PROG).bash
	$(Q)$(O)/$(PROG) --generate zsh >data/completions/_$(PROG)
	$(Q)$(O)/$(PROG) --generate fish >data/completions/$(PROG).fish
	$(Q)$(O)/$(PROG) --generate keys >$(O)/keys.md
	$(Q)awk -v keys=$(O)/keys.md '/^<!-- \/keys/ { skip = 0 } !skip { print } /^<!-- keys/ { skip = 1; while ((getline line < keys) > 0) print line }' \
		README.md >$(O)/README.md && cat $(O)/README.md >README.md

# --- Installing and releasing -----------------------------------------------
$(O)/$(PROG).1: $(wildcard data/$(PROG).1 data/$(PROG).1.in) $(O)/.flags
	@mkdir -p $(@D)
	$(Q)sed -e 's|@VERSION@|$(VERSION)|g' -e 's|@DATADIR@|$(DATADIR)|g' $< >$@
D = $(DESTDIR)
# Installs the files of $(1) into the folder $(2); nothing when there are none.
put = $(if $(1),$(Q)$(INSTALL) -d '$(D)$(2)' && $(INSTALL) -m 644 $(1) '$(D)$(2)/')
MANPAGE := $(if $(wildcard data/$(PROG).1*),$(O)/$(PROG).1)
BASH_C  := $(wildcard data/completions/$(PROG).bash)
ZSH_C   := $(wildcard data/completions/_$(PROG))
FISH_C  := $(wildcard data/completions/$(PROG).fish)
install: program $(MANPAGE)	## install under DESTDIR= PREFIX=/usr/local
	$(Q)$(INSTALL) -d '$(D)$(BINDIR)' '$(D)$(DATADIR)'
	$(Q)$(INSTALL) -m 755 $(O)/$(PROG) '$(D)$(BINDIR)/$(PROG)'
	$(call put,$(THEMES),$(DATADIR)/themes)
	$(call put,$(MANPAGE),$(MANDIR)/man1)
	$(if $(BASH_C),$(Q)$(INSTALL) -D -m 644 $(BASH_C) '$(D)$(BASHDIR)/$(PROG)')
	$(call put,$(ZSH_C),$(ZSHDIR))
	$(call put,$(FISH_C),$(FISHDIR))
	$(if $(wildcard data/demo),$(Q)cp -R data/demo '$(D)$(DATADIR)/')
	$(if $(wildcard build/demo-wide/made),$(call put,$(wildcard build/demo-wide/*.csv),$(DATADIR)/demo-wide))
uninstall:	## remove what install put there
	rm -f '$(D)$(BINDIR)/$(PROG)' '$(D)$(MANDIR)/man1/$(PROG).1' '$(D)$(BASHDIR)/$(PROG)' \
		'$(D)$(ZSHDIR)/_$(PROG)' '$(D)$(FISHDIR)/$(PROG).fish'
	rm -rf '$(D)$(DATADIR)/themes' '$(D)$(DATADIR)/demo' '$(D)$(DATADIR)/demo-wide'
	-rmdir '$(D)$(DATADIR)' 2>/dev/null

dist:	## a reproducible tar.gz of the last commit
	$(Q)git archive --format=tar --prefix=$(PROG)-$(VERSION)/ HEAD | gzip -n9 >$(PROG)-$(VERSION).tar.gz
	$(Q)sha256sum $(PROG)-$(VERSION).tar.gz
clean:	## remove build/
	rm -rf build
help:	## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## *\(.*\)/  \1\t\2/p' Makefile | expand -t 18
	@echo 'variables: SAN=1 (address, undefined)  SAN=thread  DEBUG=1  WERROR=1  V=1  CC=clang  CFLAGS LDFLAGS'

-include $(wildcard $(patsubst %.c,$(O)/%.d,$(ALL_SRC)) $(O)/themes_builtin.d)

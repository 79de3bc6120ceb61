/* The driving habits that were planted, as telemetry finds them, against the truth in story.json. */
#ifndef TESTS_DEMO_HABITS_H
#define TESTS_DEMO_HABITS_H

/* dir: where the raw telemetry was written. Of every car that sends against the one that is plain: each habit of 0.1 s or more is in its
 * corner, with its cause (where `causes`), its size within 20 % or 0.03 s; and no corner is told that is not lost. Returns how many
 * habits there were. */
unsigned habits_judge(const char *dir, const char *session, int causes);

#endif

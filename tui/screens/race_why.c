/* Where the figures of the race screen come from: one lap with gap and place at every loop, else the pane's rule. */
#include <stdio.h>
#include <string.h>

#include "tui/screens/race.h"
#include "tui/screens/why.h"

/* Gap to REF and to YOU's neighbour, and the place, at the ends of the three sectors. */
static void put_loops(const struct race *r, uint32_t lap, struct buf *out)
{
	const struct view *v = r->view;
	uint16_t car = v->session->laps.car[lap], to = v->paired && v->ref != car ? v->ref : v->you;
	char t[NUM_LEN], e[NUM_LEN];

	if (!v->paired || view_is_timed(v))
		return;
	buf_fmt(out, "\nloops     of lap %u         S1           S2         line\n", v->session->laps.number[lap]);
	buf_fmt(out, "          passed at");
	for (int k = 0; k < SECTORS; k++)
		buf_fmt(out, "%13s", time_str(e, loop_time(v->session, lap, k)));
	buf_fmt(out, "\n          to %-7.7s", v->session->cars[to].id);
	for (int k = 0; k < SECTORS; k++)
		buf_fmt(out, "%13s", diff_str(t, gap_at_loop(v->analysis, lap, k, to)));
	buf_fmt(out, "\n          place    ");
	for (int k = 0; k < SECTORS; k++)
		buf_fmt(out, "%13u", place_at_loop(v->analysis, lap, k));
	buf_fmt(out, "\n          + is behind; place among those that had passed it on that lap\n");
}

bool race_why_lap(const struct race *r, uint32_t lap, char title[80], struct buf *out)
{
	if (!why_lap(r->view, lap, title, out))
		return false;
	put_loops(r, lap, out);
	return true;
}

bool race_why_rule(const struct race *r, enum race_pane_id pane, char title[80], struct buf *out)
{
	static const char *const rules[RACE_PANES] = {
		[RACE_STRIP] = "The first of these that holds names a lap:\n"
			       "  s first lap   P in-lap   o out-lap   c caution\n"
			       "  * best of the session   + best of the car\n"
			       "  ! over 3 s and - over 1 s slower than the car's own median of clean laps\n"
			       "  = began within 1.0 s of the car that crossed the line last, of any class\n"
			       "  a dot: in clear air\n"
			       "Behind it ^ place gained and v place lost at the line, among the cars that had done "
			       "that lap.\n"
			       "h and l go to a lap; w there tells the lap.",
		[RACE_CLASSES] =
			"The first car of each class by laps, then by ELAPSED, and the next three behind it. Gap: laps "
			"the leader had done when the car crossed the line, minus its own, and the time since the "
			"leader's latest crossing. Last five: mean of the leader's last five clean laps.",
		[RACE_DRIVERS] =
			"Each clean lap minus the median of the class's clean laps within ten minutes of it, so that "
			"night, rain and traffic drop out. 95 %: order statistics (sign test). Drive: all laps of the "
			"driver, in and out laps with them.",
		[RACE_GAP] =
			"Gap to a car: ELAPSED minus its ELAPSED at the same lap, at the line and at the two sector "
			"loops. "
			"To the leader: minus the least ELAPSED of any car at that lap. Constant lap time: minus lap "
			"number x the reference's median clean lap. Down is behind. The two level lines are the "
			"reference's own gap plus and minus the pit loss: who is between them would change places with "
			"it "
			"if one of the two stopped. Shaded (:): caution. R changes what it starts from, h and l go "
			"over laps.",
		[RACE_PLACES] = "Place at the end of a lap: among the cars that had done that lap, by ELAPSED. Lap 0 "
				"is the grid.",
		[RACE_STINTS] =
			"A stint ends with an in-lap. Median, MAD x 1.4826 of its clean laps. s/lap: least squares "
			"over the "
			"lap number. v field: each lap minus the median residual of all cars on that lap, so that "
			"fuel, "
			"track and weather drop out; its 95 % interval by Student. Under 8 clean laps: too few laps.",
		[RACE_SECTORS] =
			"Time in the place minus the car's own best there (lap 1, in and out laps set none), in tenths "
			"of "
			"a second: a dot is under 0.05 s, ! a second and more. * best of the session and + best of "
			"the car when it was driven. Caution is shaded, the last row is what the lap was.",
		[RACE_SPREAD] =
			"Clean laps of each car: least, quarter, median, quarter, greatest; quarters inclusive. The "
			"scale ends "
			"at the greatest third quarter + 1.5 x the distance of the quarters; > goes on beyond it.",
		[RACE_OUTLOOK] =
			"v you 5: their lap minus yours, mean of the last five laps clean for both, with its 95 % "
			"interval by "
			"Student; ~ the interval holds zero, then no catch is claimed. Reaches on lap n: gap over that "
			"difference, in whole laps; it says reaches, not passes. Laps to go: what is left of the "
			"length, "
			"over the mean of the leader's last five clean laps, rounded up. Stop now: your gap to each "
			"car "
			"at the last lap both have done, plus the pit loss: median of in-lap + out-lap minus two "
			"median clean laps. Nobody else stops, nobody's pace changes.",
		[RACE_EVENTS] = "Passes of the cars marked and followed (neither in, out nor on lap 1), every stop, "
				"best laps from lap "
				"3 on, laps over 3 s slower than the car's own median, four cars or more in a row that "
				"all lose over "
				"1 s, cautions.",
	};

	(void)r;
	if (!rules[pane])
		return false;
	snprintf(title, 80, "Why");
	return buf_str(out, rules[pane]) && buf_char(out, '\n');
}

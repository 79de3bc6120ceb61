#include "core/load/identity.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/helper.h"

struct sample {
	const char *path, *track;
	enum session_kind kind;
	bool kind_known;
	int number, year;
	const char *date, *id;
};

static const struct sample samples[] = {
	{"gr/analysis_endurance/barber_r1_analysis_endurance.csv", "barber", KIND_RACE, true, 1, 0, "", "barber_r1"},
	{"barber-2025-race-2/23_AnalysisEnduranceWithSections_Race 2.csv", "barber", KIND_RACE, true, 2, 2025, "",
	 "barber_r2"},
	{"cota-2025-practice-1/23_AnalysisEnduranceWithSections_Practice 1.csv", "cota", KIND_PRACTICE, true, 1, 2025,
	 "", "cota_p1"},
	{"x/barber-2025-qualify-1/03_Provisional Results_Qualify 1.csv", "barber", KIND_QUALIFYING, true, 1, 2025, "",
	 "barber_q1"},
	{"qualifying/Barberrd2Qualifying.csv", "barber", KIND_QUALIFYING, true, 2, 0, "", "barber_q2"},
	{"qualifying/RoadAmericard1Qualifying.csv", "roadamerica", KIND_QUALIFYING, true, 1, 0, "", "roadamerica_q1"},
	{"circuit-of-the-americas/COTA/2025 season/race 2/05_Results by Class GR Cup Race 2 Official.csv", "cota",
	 KIND_RACE, true, 2, 2025, "", "cota_r2"},
	{"23_AnalysisEnduranceWithSections_ Race 2_Anonymized.CSV", "", KIND_RACE, true, 2, 0, "",
	 "23_analysisendurancewithsections_race_2_anonymized"},
	{"imsa/2022-lime-rock/202207161510-race-laps.csv", "limerock", KIND_RACE, true, 0, 2022, "2022-07-16",
	 "202207161510_race_laps"},
	{"wec/fuji_6h.csv", "fuji", KIND_RACE, false, 0, 0, "", "fuji_6h"},
	{"wec/race_6h.csv", "", KIND_RACE, true, 0, 0, "", "race_6h"},
	{"wec/23_Analysis_Race_Hour 24.csv", "", KIND_RACE, true, 0, 0, "", "23_analysis_race_hour_24"},
	{"spare_parts.csv", "", KIND_RACE, false, 0, 0, "", "spare_parts"},
	{"virtual_r1.csv", "", KIND_RACE, true, 1, 0, "", "virtual_r1"},
	{"petit-le-mans/laps_r1.csv", "roadatlanta", KIND_RACE, true, 1, 0, "", "roadatlanta_r1"},
	{"laps/le mans Race 1.csv", "lemans", KIND_RACE, true, 1, 0, "", "lemans_r1"},
	{"2025-09-07/sebring FP2.csv", "sebring", KIND_PRACTICE, true, 2, 2025, "2025-09-07", "sebring_p2"},
	{"sebring/Race 1 Qualifying.csv", "sebring", KIND_QUALIFYING, true, 1, 0, "", "sebring_q1"},
	{"20259999_sonoma_r1.csv", "sonoma", KIND_RACE, true, 1, 0, "", "sonoma_r1"},
	{"/", "", KIND_RACE, false, 0, 0, "", "session"},
	{"...", "", KIND_RACE, false, 0, 0, "", "session"},
	{"\xc3\xa9\xff/\xff.csv", "", KIND_RACE, false, 0, 0, "", "session"},
};

static void names_and_folders(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(samples); i++) {
		const struct sample *s = &samples[i];
		struct identity id;
		char text[200];

		identity_of(s->path, &id);
		identity_id(&id, s->path, text, sizeof text);
		if (strcmp(text, s->id) != 0 || strcmp(id.track, s->track) != 0 || id.kind != s->kind ||
		    id.kind_known != s->kind_known || id.number != s->number || id.year != s->year ||
		    strcmp(id.date, s->date) != 0)
			fail_msg("%s: id %s track %s kind %d known %d number %d year %d date %s", s->path, text,
				 id.track, (int)id.kind, id.kind_known, id.number, id.year, id.date);
	}
}

static void far_folders_say_nothing(void **state)
{
	struct identity id;

	(void)state;
	identity_of("/spa/a/b/c/d/laps.csv", &id);
	assert_string_equal(id.track, "");
	identity_of("/spa/b/c/d/laps.csv", &id);
	assert_string_equal(id.track, "spa");
}

static void every_track_knows_itself(void **state)
{
	(void)state;
	for (unsigned i = 0; i < track_name_count; i++) {
		char path[300];
		struct identity id;

		snprintf(path, sizeof path, "%s_r1.csv", track_names[i].id);
		identity_of(path, &id);
		assert_string_equal(id.track, track_names[i].id);
		snprintf(path, sizeof path, "%s/laps.csv", track_names[i].short_name);
		identity_of(path, &id);
		assert_string_equal(id.track, track_names[i].id);
		assert_ptr_equal(track_by_id(track_names[i].id), &track_names[i]);
		assert_int_equal(strlen(track_names[i].code), 3);
	}
	assert_null(track_by_id("nowhere"));
}

static void short_buffers(void **state)
{
	char out[8];

	(void)state;
	identity_stem("a/very_long_name.csv", out, sizeof out);
	assert_string_equal(out, "very_lo");
	identity_stem("a/__.csv", out, sizeof out);
	assert_string_equal(out, "session");
	identity_stem("x.csv", out, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_and_folders),
		cmocka_unit_test(far_folders_say_nothing),
		cmocka_unit_test(every_track_knows_itself),
		cmocka_unit_test(short_buffers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

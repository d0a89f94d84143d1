package body

import (
	"net/http"

	"github.com/ultimatecoach/api/internal/tools/problem"
)

// Problems of this room.
var (
	measurementNotFound = problem.Define(
		http.StatusNotFound,
		"measurement_not_found",
		"There is no such measurement.",
		"Read the list again. A deleted measurement comes back with `POST /api/v1/body/measurements/{id}/restore` for 30 days.",
	)
	weightsUnknown = problem.Define(
		http.StatusUnprocessableEntity,
		"weights_unknown",
		"The file has no weights that are understood.",
		"Send a CSV file with headings, the `export.xml` of Apple Health, or records of Health Connect as JSON. Unpack .zip first; .gz is read as it is.",
	)
	weightsDamaged = problem.Define(
		http.StatusUnprocessableEntity,
		"weights_damaged",
		"The file is damaged.",
		"Export it again.",
	)
	weightsTooLarge = problem.Define(
		http.StatusUnprocessableEntity,
		"weights_too_large",
		"The file unpacks to more than 25 MiB.",
		"Export fewer kinds of data, or a shorter time. Of Apple Health, keep the records of the body alone: the guide *Body and trend* shows how.",
	)
	entryNotFound = problem.Define(
		http.StatusNotFound,
		"body_entry_not_found",
		"There is no such entry.",
		"Read the list again. A deleted entry comes back with `POST /api/v1/body/water/{id}/restore` (or `sleep`) for 30 days.",
	)
)

// Reasons for which this room refuses fields.
var (
	nothingMeasured = problem.DefineField(
		"nothing_measured",
		"must have a weight, body fat or a girth",
		"A measurement has at least one of `weight_kg`, `body_fat_pct` and `girths`.",
	)
	tooManyRecords = problem.DefineField(
		"too_many_records",
		"has more than 10 000 records of the body",
		"Split the file and import one part after the other.",
	)
)

// Reasons that SQL functions raise.
var (
	_ = problem.DefineField("too_many_entries", "is on a day that is full", "A day holds at most 100 entries of water and 20 of sleep.")
	_ = problem.DefineField("sleep_too_long", "makes it longer than 24 hours", "Sleep lasts at most 24 hours.")
	_ = problem.DefineField("sleep_too_short", "makes it shorter than a minute", "Sleep lasts at least a minute.")
	_ = problem.DefineField("shorter_than_asleep", "leaves less time than asleep_minutes",
		"The new times are shorter than `asleep_minutes` of the entry: send those too, or null.")
	_ = problem.DefineField(
		"longer_than_in_bed",
		"must not be longer than the time from started_at to ended_at",
		"Nobody is asleep for longer than in bed.",
	)
	_ = problem.DefineField("sleep_overlaps", "is a time of which sleep is logged already", "The sleep would be counted twice.")
)

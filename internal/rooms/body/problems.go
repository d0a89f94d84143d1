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
		"Read the list again; the measurement may have been deleted.",
	)
)

// Reasons for which this room refuses fields.
var (
	nothingMeasured = problem.DefineField(
		"nothing_measured",
		"must have a weight, body fat or a girth",
		"A measurement has at least one of `weight_kg`, `body_fat_pct` and `girths`.",
	)
	needsExternalID = problem.DefineField(
		"needs_external_id",
		"needs external_id",
		"A version is the version of a record, which `external_id` names.",
	)
)

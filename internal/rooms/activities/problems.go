package activities

import (
	"net/http"

	"github.com/ultimatecoach/api/internal/tools/problem"
)

// Problems of this room.
var (
	activityNotFound = problem.Define(http.StatusNotFound, "activity_not_found", "There is no such activity.",
		"Read the list again. A deleted activity comes back with `POST /api/v1/activities/{id}/restore` for 30 days.")
	activityDeleted = problem.Define(http.StatusConflict, "activity_deleted", "You deleted the activity with this external id.",
		"Leave it deleted, or bring it back with `POST /api/v1/activities/{id}/restore`; `errors` has its id.")
	exerciseNotFound = problem.Define(
		http.StatusNotFound,
		"exercise_not_found",
		"There is no such exercise.",
		"Search again (`GET /api/v1/activities/exercises`); one of your own comes back with `POST /api/v1/activities/exercises/{id}/restore` for 30 days.",
	)
)

// Reasons for which this room refuses fields.
var (
	durationsDisagree = problem.DefineField("durations_disagree", "is not the time from started_at to ended_at",
		"`ended_at` and `elapsed_s` say different lengths, or a part is longer than the whole.")
	notALeg = problem.DefineField("not_a_leg", "is only for a leg of a multi-sport activity",
		"`parent_id` and `leg_index` go together, and a leg has no legs of its own.")
	_            = problem.DefineField("too_many_legs", "has 100 legs already", "A multi-sport activity has at most 100 legs.")
	outsideWhole = problem.DefineField("outside_whole", "must lie within the whole multi-sport activity",
		"A leg begins and ends within the time of its whole, give or take 5 minutes; a whole lasts as long as its legs.")
	rpeOrRIR  = problem.DefineField("rpe_or_rir", "says the same as rpe; send one of them", "A set has either `rpe` or `rir`.")
	wrongKind = problem.DefineField("wrong_kind", "must be of a kind that fits the category",
		"The kind fits the category, and metrics have its members only. With a new category, send metrics that fit it, or null.")
	unknownActivity = problem.DefineField("unknown_activity", "is not in the catalogue of activities",
		"It is no key, name or code of the catalogue; leave it out and send `category` and `name`.")
	ambiguousActivity = problem.DefineField("ambiguous_activity", "means several activities",
		"The word means several activities; the message names their keys.")
	unknownExercise = problem.DefineField("unknown_exercise", "is no exercise of the catalogue and none of your own",
		"The exercise does not exist for you; leave `exercise_id` out to log it by name.")
	deletedRecord = problem.DefineField("deleted_record", "was deleted", "A record with this external id was deleted.")
)

package users

import "github.com/ultimatecoach/api/internal/tools/problem"

// Field errors of this room.
var (
	unknownLanguage   = problem.DefineField("unknown_language", "is not a language tag of BCP 47", "The language is no tag of BCP 47.")
	inTheFuture       = problem.DefineField("in_the_future", "must not be in the future", "The date of birth is in the future.")
	tooYoung          = problem.DefineField("too_young", "is too young", "The service is for people of 13 years and more.")
	tooOld            = problem.DefineField("too_old", "is too old", "The age would be above 120 years.")
	sameAsPrimaryGoal = problem.DefineField("same_as_primary_goal", "must differ from primary_goal", "Both goals are the same.")
)

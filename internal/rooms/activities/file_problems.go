package activities

import (
	"net/http"

	"github.com/ultimatecoach/api/internal/tools/activityfile"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

// Problems of files.
var (
	importNotFound = problem.Define(http.StatusNotFound, "import_not_found", "There is no such import.",
		"List the activities instead: an import exists for 7 days, or as long as one of its activities does.")
	importFailed = problem.Define(
		http.StatusInternalServerError,
		"import_failed",
		"The file could not be imported. Nothing was stored.",
		"It is in an import that failed, not in the status of a response. Send the file again; quote the id of the import when it persists.",
	)
	noTrack = problem.Define(http.StatusNotFound, "no_track", "The activity has no positions.",
		"Ask for the track only where `getActivityStreams` returns positions. A multi-sport activity has them in its legs.")
	unknownChannel = problem.DefineField("unknown_channel", "has an unknown channel", "A name in `channels` is not one of a stream.")
	partlyReadable = problem.DefineField("partly_readable", "would store what can be read",
		"A damaged file holds something that can be read. Send it again with `allow_damaged=true` to store that much.")
	neededForFile = problem.DefineField("needed_for_file", "is needed: the file does not know when it was recorded",
		"The clock of the device was never set, or is years wrong. Send the start in `started_at`.")
)

// Raised by private.add_activity_import.
var _ = problem.Define(
	http.StatusUnprocessableEntity, "too_many_imports", "20 of your files wait in the background already.",
	"Wait until one of them is done (`getActivityImport` with `wait`), and send the file again.",
)

// fileProblems are the problems of files that cannot be imported. The generators read the codes from here, so they are written out; a
// test compares them.
var fileProblems = map[activityfile.Code]problem.Type{
	activityfile.TooLarge: problem.Define(
		http.StatusUnprocessableEntity, "file_too_large", "The file unpacks to more than 25 MiB.",
		"Split the recording, or export it without data that is not needed.",
	),
	activityfile.UnknownType: problem.Define(
		http.StatusUnprocessableEntity, "file_type_unknown", "The file is neither FIT nor GPX nor TCX.",
		"Export the activity as FIT, GPX or TCX. Archives such as .zip must be unpacked first; .gz is read as it is.",
	),
	activityfile.Damaged: problem.Define(
		http.StatusUnprocessableEntity, "file_damaged", "The file is damaged.",
		"Copy it from the device again. Where `errors` has `partly_readable`, `allow_damaged=true` stores what can be read.",
	),
	activityfile.Unreadable: problem.Define(
		http.StatusUnprocessableEntity, "file_unreadable", "The file cannot be read.",
		"Save it as UTF-8, without a document type; `detail` says what was found.",
	),
	activityfile.NoActivity: problem.Define(
		http.StatusUnprocessableEntity, "file_no_activity", "The file has no recorded activity.",
		"Choose the file of an activity: settings, workouts, courses and planned routes are not recordings.",
	),
	activityfile.TimeUnknown: problem.Define(
		http.StatusUnprocessableEntity, "file_time_unknown", "The file does not know when it was recorded.",
		"The clock of the device was never set, or is years wrong. Ask the person, and send the start in `started_at`.",
	),
	activityfile.TooComplex: problem.Define(
		http.StatusUnprocessableEntity, "file_too_complex", "The file has more data than any device writes.",
		"Split the recording, or export it with fewer points.",
	),
}

// fileProblem returns the problem for an error of package activityfile.
func fileProblem(e *activityfile.Error) error {
	p := problem.New(fileProblems[e.Code]).Wrap(e)
	p.Detail = e.Detail
	switch {
	case e.Code == activityfile.TimeUnknown:
		p = p.With(neededForFile.At("started_at"))
	case e.Recoverable.Points > 0:
		p = p.With(
			partlyReadable.WithMessage(
				"allow_damaged",
				"would store %d points over %d seconds",
				e.Recoverable.Points,
				e.Recoverable.Seconds,
			),
		)
	}
	return p
}

package activities_test

import (
	"net/http"
	"testing"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/checks/contracttest"
	"github.com/ultimatecoach/api/internal/tools/contract"
)

type (
	request = contracttest.Request
	world   = contracttest.World
)

func TestContract(t *testing.T) {
	as, stale := contracttest.As, contracttest.Stale
	const (
		ok, created, noContent, notModified = http.StatusOK, http.StatusCreated, http.StatusNoContent, http.StatusNotModified
		badRequest, notFound, moved         = http.StatusBadRequest, http.StatusNotFound, http.StatusPreconditionFailed
		refused, fault                      = http.StatusUnprocessableEntity, http.StatusInternalServerError
	)
	contracttest.Run(t, contracttest.Room{
		Tag:     "activities",
		Foreign: foreign,
		Scenarios: map[string]map[int]contracttest.Scenario{
			"listActivities": {badRequest: as(request{Query: "limit=0"}), refused: as(request{Query: "from=2026-11-23&to=2026-11-22"})},
			"createActivity": {
				ok:      sendTwice,
				created: as(request{Body: `{` + run + `}`}),
				notFound: as(request{
					Body: `{` + run + `,"parent_id":"00000000-0000-0000-0000-000000000000","leg_index":0}`,
				}),
			},
			"getActivity": {ok: onActivity(request{}), notModified: onActivity(request{Header: contracttest.Current})},
			"updateActivity": {
				ok:      onActivity(request{Body: `{"name":"Home"}`}),
				moved:   onActivity(request{Body: `{"name":"Home"}`, Header: stale}),
				refused: onActivity(request{Body: `{"timezone":"Mars/Olympus"}`}),
			},
			"getActivitySummary": {
				ok:         as(request{Query: "date=today"}),
				badRequest: as(request{Query: "date=tomorrow"}),
				refused:    as(request{Query: "from=2026-11-23"}),
				fault:      contracttest.Fault(request{Query: "date=today"}),
			},
			"listExercises":  {badRequest: as(request{Query: "limit=0"})},
			"createExercise": {created: as(request{Body: `{"name":"Ring dip"}`})},
			"updateExercise": {
				ok:      onExercise(request{Body: `{"name":"Ring dip with belt"}`}),
				moved:   onExercise(request{Body: `{"name":"Ring dip with belt"}`, Header: stale}),
				refused: onExercise(request{Body: `{"name":"  "}`}),
			},
			"deleteExercise":        {noContent: onExercise(request{}), moved: onExercise(request{Header: stale})},
			"restoreExercise":       {ok: onExercise(request{})},
			"getExerciseHistory":    {ok: onExercise(request{})},
			"listActivityCatalogue": {badRequest: as(request{Query: "limit=0"})},
			"deleteActivity":        {noContent: onActivity(request{}), moved: onActivity(request{Header: stale})},
			"restoreActivity":       {ok: onActivity(request{})},
			"importActivity": {
				ok:                  as(request{Query: "dry_run=true"}),
				http.StatusAccepted: as(request{Header: map[string]string{"Prefer": "respond-async"}}),
				refused:             as(request{Body: "no activity at all"}),
			},
			"getActivityImport": {ok: onImport(func(i api.ActivityImport) request { return request{ID: i.ID.String()} })},
			"getActivityStreams": {
				ok:      onActivity(request{}),
				refused: onActivity(request{Query: "channels=watts"}),
			},
			"getActivityTrack": {
				ok:       onImport(func(i api.ActivityImport) request { return request{ID: i.Activities[0].ID.String()} }),
				notFound: onActivity(request{}),
			},
		},
	})
}

// foreign creates an activity of another user.
func foreign(t *testing.T, w *world, owner *apitest.Person) map[string]request {
	a := logActivity(t, w.Usual, owner, run)
	theirs := map[string]request{}
	for _, path := range []string{"", "/restore"} {
		theirs["/api/v1/activities/:id"+path] = request{ID: a.ID.String()}
	}
	exercise := createExercise(t, w.Usual, owner, `"name":"Ring dip"`)
	for _, path := range []string{"", "/history", "/restore"} {
		theirs["/api/v1/activities/exercises/:id"+path] = request{ID: exercise.ID}
	}
	i := importFile(t, w.Usual, owner, contracttest.SampleFile, "")
	theirs["/api/v1/activities/imports/:id"] = request{ID: i.ID.String()}
	for _, path := range []string{"/streams", "/track"} {
		theirs["/api/v1/activities/:id"+path] = request{ID: i.Activities[0].ID.String()}
	}
	return theirs
}

// onExercise sends a request about a new exercise.
func onExercise(r request) contracttest.Scenario {
	return func(t *testing.T, w *world, op *contract.Operation) {
		p := w.Usual.Person(t)
		r.Op, r.ID = op, createExercise(t, w.Usual, p, `"name":"Ring dip"`).ID
		w.Send(t, p.Client, w.Usual.URL, r)
	}
}

// onImport imports a file, and sends a request about the import.
func onImport(of func(api.ActivityImport) request) contracttest.Scenario {
	return func(t *testing.T, w *world, op *contract.Operation) {
		p := w.Usual.Person(t)
		r := of(importFile(t, w.Usual, p, contracttest.SampleFile, ""))
		r.Op = op
		w.Send(t, p.Client, w.Usual.URL, r)
	}
}

// onActivity sends a request about a new activity.
func onActivity(r request) contracttest.Scenario {
	return func(t *testing.T, w *world, op *contract.Operation) {
		p := w.Usual.Person(t)
		a := logActivity(t, w.Usual, p, run)
		r.Op, r.ID = op, a.ID.String()
		w.Send(t, p.Client, w.Usual.URL, r)
	}
}

// sendTwice sends the same record of a watch twice.
func sendTwice(t *testing.T, w *world, op *contract.Operation) {
	p := w.Usual.Person(t)
	for range 2 {
		w.Send(t, p.Client, w.Usual.URL, request{Op: op, Body: `{` + run + `,"source":{"kind":"device","external_id":"1"}}`})
	}
}

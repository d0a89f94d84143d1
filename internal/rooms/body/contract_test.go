package body_test

import (
	"net/http"
	"testing"

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
		badRequest, moved, refused, fault   = http.StatusBadRequest, http.StatusPreconditionFailed, http.StatusUnprocessableEntity, http.StatusInternalServerError
	)
	const days, reversed = "from=2026-11-22&to=2026-11-23", "from=2026-11-23&to=2026-11-22"
	const external = `{"weight_kg":80,"source":{"kind":"api","app":"a","external_id":"1","external_version":1}}`
	contracttest.Run(t, contracttest.Room{
		Tag:     "body",
		Foreign: foreign,
		Scenarios: map[string]map[int]contracttest.Scenario{
			"listMeasurements": {badRequest: as(request{Query: "limit=0"}), refused: as(request{Query: "from=2026-11-23&to=2026-11-22"})},
			"createMeasurement": {
				created: as(request{Body: `{"weight_kg":80}`}),
				ok: func(t *testing.T, w *world, op *contract.Operation) {
					p := w.Usual.Person(t)
					for range 2 {
						w.Send(t, p.Client, w.Usual.URL, request{Op: op, Body: external})
					}
				},
			},
			"getMeasurement": {ok: onMeasurement(request{}), notModified: onMeasurement(request{Header: contracttest.Current})},
			"updateMeasurement": {
				ok:      onMeasurement(request{Body: `{"weight_kg":79.5}`}),
				moved:   onMeasurement(request{Body: `{"weight_kg":79.5}`, Header: stale}),
				refused: onMeasurement(request{Body: `{"weight_kg":null}`}),
			},
			"getWeightTrend": {
				ok:      as(request{Query: days}),
				refused: as(request{Query: reversed}),
				fault:   contracttest.Fault(request{Query: days}),
			},
			"listWater": {
				ok:      as(request{Query: days}),
				refused: as(request{Query: reversed}),
				fault:   contracttest.Fault(request{Query: days}),
			},
			"createWater": {created: as(request{})},
			"deleteWater": {noContent: func(t *testing.T, w *world, op *contract.Operation) {
				p := w.Usual.Person(t)
				w.Send(t, p.Client, w.Usual.URL, request{Op: op, ID: drink(t, p, `{"amount_ml":250}`).ID.String()})
			}},
			"listSleep": {
				ok:      as(request{Query: days}),
				refused: as(request{Query: reversed}),
				fault:   contracttest.Fault(request{Query: days}),
			},
			"createSleep": {created: as(request{})},
			"deleteSleep": {noContent: func(t *testing.T, w *world, op *contract.Operation) {
				p := w.Usual.Person(t)
				w.Send(t, p.Client, w.Usual.URL, request{Op: op, ID: rest(t, p, night).ID.String()})
			}},
			"deleteMeasurement": {noContent: onMeasurement(request{}), moved: onMeasurement(request{Header: stale})},
		},
	})
}

// foreign creates a measurement of another user.
func foreign(t *testing.T, _ *world, owner *apitest.Person) map[string]request {
	return map[string]request{
		"/api/v1/body/measurements/:id": {ID: weigh(t, owner, `{"weight_kg":80}`).ID.String()},
		"/api/v1/body/water/:id":        {ID: drink(t, owner, `{"amount_ml":250}`).ID.String()},
		"/api/v1/body/sleep/:id":        {ID: rest(t, owner, night).ID.String()},
	}
}

// onMeasurement sends a request about a new measurement.
func onMeasurement(r request) contracttest.Scenario {
	return func(t *testing.T, w *world, op *contract.Operation) {
		p := w.Usual.Person(t)
		r.Op, r.ID = op, weigh(t, p, `{"weight_kg":80}`).ID.String()
		w.Send(t, p.Client, w.Usual.URL, r)
	}
}

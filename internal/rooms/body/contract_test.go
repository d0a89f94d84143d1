package body_test

import (
	"net/http"
	"testing"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/checks/contracttest"
	"github.com/ultimatecoach/api/internal/tools/contract"
)

type (
	request = contracttest.Request
	world   = contracttest.World
)

const weightsCSV = "Date,Weight (kg)\n2026-01-05 07:00:00,80.4\n"

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
			"importMeasurements": {
				ok:      as(request{Body: weightsCSV}),
				refused: as(request{Body: "no weights at all"}),
				fault:   contracttest.Fault(request{Body: weightsCSV}),
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
			"getWater":    {ok: onWater(request{}), notModified: onWater(request{Header: contracttest.Current})},
			"updateWater": {
				ok:      onWater(request{}),
				moved:   onWater(request{Header: stale}),
				refused: onWater(request{Body: beyond("drunk_at")}),
			},
			"deleteWater":  {noContent: onWater(request{}), moved: onWater(request{Header: stale})},
			"restoreWater": {ok: onWater(request{})},
			"listSleep": {
				ok:      as(request{Query: days}),
				refused: as(request{Query: reversed}),
				fault:   contracttest.Fault(request{Query: days}),
			},
			"createSleep": {created: as(request{})},
			"getSleep":    {ok: onSleep(request{}), notModified: onSleep(request{Header: contracttest.Current})},
			"updateSleep": {
				ok:      onSleep(request{}),
				moved:   onSleep(request{Header: stale}),
				refused: onSleep(request{Body: beyond("ended_at")}),
			},
			"deleteSleep":        {noContent: onSleep(request{}), moved: onSleep(request{Header: stale})},
			"restoreSleep":       {ok: onSleep(request{})},
			"restoreMeasurement": {ok: onMeasurement(request{})},
			"deleteMeasurement":  {noContent: onMeasurement(request{}), moved: onMeasurement(request{Header: stale})},
		},
	})
}

// foreign creates a measurement, water and sleep of another user.
func foreign(t *testing.T, _ *world, owner *apitest.Person) map[string]request {
	measurement := weigh(t, owner, `{"weight_kg":80}`).ID.String()
	water, sleep := drink(t, owner, `{"amount_ml":250}`).ID.String(), rest(t, owner, night).ID.String()
	return map[string]request{
		"/api/v1/body/measurements/:id":         {ID: measurement},
		"/api/v1/body/measurements/:id/restore": {ID: measurement},
		"/api/v1/body/water/:id":                {ID: water},
		"/api/v1/body/water/:id/restore":        {ID: water},
		"/api/v1/body/sleep/:id":                {ID: sleep},
		"/api/v1/body/sleep/:id/restore":        {ID: sleep},
	}
}

// beyond sets a time far ahead.
func beyond(field string) string { return `{"` + field + `":"2199-01-01T00:00:00Z"}` }

// onMeasurement sends a request about a new measurement.
func onMeasurement(r request) contracttest.Scenario {
	return about(r, func(t *testing.T, p *apitest.Person) uuid.UUID { return weigh(t, p, `{"weight_kg":80}`).ID })
}

// onWater sends a request about a new entry of water.
func onWater(r request) contracttest.Scenario {
	return about(r, func(t *testing.T, p *apitest.Person) uuid.UUID { return drink(t, p, `{"amount_ml":250}`).ID })
}

// onSleep sends a request about a new entry of sleep, that of the contract's example.
func onSleep(r request) contracttest.Scenario {
	return about(r, func(t *testing.T, p *apitest.Person) uuid.UUID {
		return rest(t, p, `{"started_at":"2026-11-22T22:30:00Z","ended_at":"2026-11-23T06:00:00Z"}`).ID
	})
}

func about(r request, create func(t *testing.T, p *apitest.Person) uuid.UUID) contracttest.Scenario {
	return func(t *testing.T, w *world, op *contract.Operation) {
		p := w.Usual.Person(t)
		r.Op, r.ID = op, create(t, p).String()
		w.Send(t, p.Client, w.Usual.URL, r)
	}
}

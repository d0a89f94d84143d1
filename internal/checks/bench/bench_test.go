package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

// The parts that need no database, for benchstat and pprof: go test -bench . -cpuprofile …
func BenchmarkPart(b *testing.B) {
	for _, p := range localParts() {
		b.Run(p.name, p.run)
	}
}

// Time is for `make bench` to show; how often the database is asked does not depend on the machine.
func TestOperations_StayWithinTheirRoundTrips(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	counter, counted, err := startTripCounter(a.Database.AppURL)
	require.NoError(t, err)
	t.Cleanup(func() { _ = counter.listener.Close() })
	d, err := db.Open(db.Options{URL: counted, MaxConns: 1})
	require.NoError(t, err)
	t.Cleanup(d.Close)
	h := &environment{authURL: a.AuthURL, standin: a.Standin}
	handler, err := h.handler(d)
	require.NoError(t, err)
	counts, err := countEach(handler, counter, p.Cookie(t, "access_token"))
	require.NoError(t, err)
	for i, op := range countedOperations {
		assert.LessOrEqual(t, counts[i], op.budget(), op.String())
		assert.Positive(t, counts[i], op.String())
	}
}

// Package system describes the service and reports its health.
package system

import (
	"context"
	"sync"
	"time"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/room"
)

// checkTimeout bounds each health check of a dependency.
const checkTimeout = time.Second

// Handlers implements the operations of this room.
type Handlers struct {
	db          *db.DB
	auth        *gotrue.Client
	version     string
	environment string
	draining    func() bool
	shedding    func() bool
}

// New returns the handlers.
func New(d room.Deps) *Handlers {
	return &Handlers{d.DB, d.Auth, d.Version, d.Environment, d.Draining, d.Shedding}
}

// GetAPIInfo returns name, version and links.
func (h *Handlers) GetAPIInfo(context.Context, api.GetAPIInfoRequestObject) (api.GetAPIInfoResponseObject, error) {
	return api.GetAPIInfo200JSONResponse(api.APIInfo{
		Name: "Ultimate Coach API", Version: h.version, Environment: api.APIInfoEnvironment(h.environment),
		DocsURL: "/docs", OpenapiURL: "/openapi.json",
	}), nil
}

// GetHealth checks all dependencies at the same time.
func (h *Handlers) GetHealth(ctx context.Context, _ api.GetHealthRequestObject) (api.GetHealthResponseObject, error) {
	var database, auth api.HealthCheck
	var down error
	var wg sync.WaitGroup
	wg.Go(func() { database, down = check(ctx, h.ping) })
	wg.Go(func() { auth, _ = check(ctx, h.auth.Health) })
	wg.Wait()
	if down != nil {
		return nil, problem.New(problem.DatabaseUnavailable).Wrap(down).WithRetryAfter(time.Second)
	}
	response := api.Health{Status: api.HealthStatusOk, Version: h.version}
	response.Checks.Database, response.Checks.Auth = database, auth
	if auth.Status == api.HealthCheckStatusDown {
		response.Status = api.HealthStatusDegraded
	}
	return api.GetHealth200JSONResponse(response), nil
}

// GetLiveness checks no dependency.
func (h *Handlers) GetLiveness(context.Context, api.GetLivenessRequestObject) (api.GetLivenessResponseObject, error) {
	return api.GetLiveness200JSONResponse(api.Probe{Status: api.ProbeStatusOk}), nil
}

// GetReadiness returns 200 when a balancer may send traffic, 503 otherwise.
func (h *Handlers) GetReadiness(ctx context.Context, _ api.GetReadinessRequestObject) (api.GetReadinessResponseObject, error) {
	if h.draining() {
		return nil, problem.New(problem.ShuttingDown).WithRetryAfter(time.Second)
	}
	if h.shedding() {
		return nil, problem.New(problem.Overloaded).WithRetryAfter(time.Second)
	}
	if _, err := check(ctx, h.ping); err != nil {
		return nil, problem.New(problem.DatabaseUnavailable).Wrap(err).WithRetryAfter(time.Second)
	}
	return api.GetReadiness200JSONResponse(api.Probe{Status: api.ProbeStatusOk}), nil
}

func (h *Handlers) ping(ctx context.Context) error {
	_, err := h.db.Ping(ctx)
	return err
}

// check calls a dependency and measures its latency.
func check(ctx context.Context, call func(context.Context) error) (api.HealthCheck, error) {
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	start := time.Now()
	if err := call(ctx); err != nil {
		return api.HealthCheck{Status: api.HealthCheckStatusDown}, err
	}
	took := float64(time.Since(start).Microseconds()) / 1000
	return api.HealthCheck{Status: api.HealthCheckStatusOk, LatencyMs: &took}, nil
}

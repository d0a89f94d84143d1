// Package system says what this service is, and whether it is well.
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

// patience is how long a dependency may take to say that it is well.
const patience = time.Second

// Handlers are the operations of the room.
type Handlers struct {
	db          *db.DB
	auth        *gotrue.Client
	version     string
	environment string
	draining    func() bool
	shedding    func() bool
}

// New makes the room.
func New(d room.Deps) *Handlers {
	return &Handlers{d.DB, d.Auth, d.Version, d.Environment, d.Draining, d.Shedding}
}

// GetAPIInfo introduces the service.
func (h *Handlers) GetAPIInfo(context.Context, api.GetAPIInfoRequestObject) (api.GetAPIInfoResponseObject, error) {
	return api.GetAPIInfo200JSONResponse{Body: api.APIInfo{
		Name: "Ultimate Coach API", Version: h.version, Environment: api.APIInfoEnvironment(h.environment),
		DocsURL: "/docs", OpenapiURL: "/openapi.json",
	}}, nil
}

// GetHealth asks every dependency at the same time.
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
	answer := api.Health{Status: api.HealthStatusOk, Version: h.version}
	answer.Checks.Database, answer.Checks.Auth = database, auth
	if auth.Status == api.HealthCheckStatusDown {
		answer.Status = api.HealthStatusDegraded
	}
	return api.GetHealth200JSONResponse{Body: answer}, nil
}

// GetLiveness asks nothing and nobody.
func (h *Handlers) GetLiveness(context.Context, api.GetLivenessRequestObject) (api.GetLivenessResponseObject, error) {
	return api.GetLiveness200JSONResponse{Body: api.Probe{Status: api.ProbeStatusOk}}, nil
}

// GetReadiness tells a balancer whether to send traffic.
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
	return api.GetReadiness200JSONResponse{Body: api.Probe{Status: api.ProbeStatusOk}}, nil
}

func (h *Handlers) ping(ctx context.Context) error {
	_, err := h.db.Ping(ctx)
	return err
}

// check times a dependency.
func check(ctx context.Context, ask func(context.Context) error) (api.HealthCheck, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	start := time.Now()
	if err := ask(ctx); err != nil {
		return api.HealthCheck{Status: api.HealthCheckStatusDown}, err
	}
	took := float64(time.Since(start).Microseconds()) / 1000
	return api.HealthCheck{Status: api.HealthCheckStatusOk, LatencyMs: &took}, nil
}

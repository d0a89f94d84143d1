package body

import (
	"context"
	"math"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/optional"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/validation"
	"github.com/ultimatecoach/api/internal/tools/weighttrend"
)

// GetWeightTrend returns the trend of every day, the rate per week and the projection to the goal.
func (h *Handlers) GetWeightTrend(ctx context.Context, r api.GetWeightTrendRequestObject) (api.GetWeightTrendResponseObject, error) {
	from, to := r.Params.From.Time, r.Params.To.Time
	var fields validation.Errors
	fields.Days(from, to)
	if err := fields.Err(); err != nil {
		return nil, err
	}
	row, err := h.db.GetWeightTrend(ctx, queries.GetWeightTrendParams{
		UserID: db.IdentityFrom(ctx).UserID, FirstDay: from.AddDate(0, 0, -weighttrend.MemoryDays), LastDay: to, Now: h.now(),
	})
	if err != nil {
		return nil, problem.IfNoRows(err, problem.NotFound) // the account was deleted during the request
	}
	weights := make([]weighttrend.Weight, len(row.Days))
	for i := range row.Days {
		weights[i] = weighttrend.Weight{Day: row.Days[i], Kg: row.Weights[i]}
	}
	response := api.WeightTrend{Data: []api.TrendDay{}, HalfLifeDays: weighttrend.HalfLifeDays, LagDays: weighttrend.LagDays}
	for _, d := range weighttrend.Days(weights, from, to) {
		response.Data = append(response.Data, api.TrendDay{
			Date: openapi_types.Date{Time: d.Day}, RawKg: d.Raw, TrendKg: weighttrend.ToGrams(d.Trend),
			Observed: d.Raw != nil, Restarted: d.Restarted,
		})
	}
	last := to
	if row.Today.Before(to) {
		last = row.Today
	}
	rate := weighttrend.RateAt(weights, last)
	response.Rate = rate.Response()
	response.Projection = projectionOf(rate, row.GoalWeightKg, wayOf(row.PrimaryGoal))
	return api.GetWeightTrend200JSONResponse(response), nil
}

// wayOf returns which way the goal of a profile leads.
func wayOf(primaryGoal *string) weighttrend.Way {
	switch api.Goal(optional.OrZero(primaryGoal)) {
	case api.GoalLoseWeight:
		return weighttrend.Down
	case api.GoalBuildMuscle:
		return weighttrend.Up
	}
	return weighttrend.EitherWay
}

func projectionOf(rate weighttrend.Rate, goalKg *float64, way weighttrend.Way) api.WeightProjection {
	if goalKg == nil {
		return api.WeightProjection{Status: api.WeightProjectionStatusNoGoal}
	}
	p := rate.Project(*goalKg, way)
	projection := api.WeightProjection{Status: api.WeightProjectionStatus(p.Reach), GoalWeightKg: goalKg}
	if p.Reach != weighttrend.Reachable {
		return projection
	}
	projection.Weeks = new(math.Round(p.Weeks*10) / 10)
	if p.Date.IsZero() {
		projection.Note = new("Rates slow down over months, so there is no date beyond 26 weeks.")
		return projection
	}
	projection.Date, projection.Earliest, projection.Latest = &openapi_types.Date{Time: p.Date},
		&openapi_types.Date{Time: p.Earliest}, &openapi_types.Date{Time: p.Latest}
	return projection
}

package body

import (
	"context"
	"math"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/validation"
	"github.com/ultimatecoach/api/internal/tools/weighttrend"
)

// trendMemory is how many days before the first one are read: an older weigh-in counts less than 10^-17 in the trend.
const trendMemory = 400

// GetWeightTrend returns the trend of every day, the rate per week and the projection to the goal.
func (h *Handlers) GetWeightTrend(ctx context.Context, r api.GetWeightTrendRequestObject) (api.GetWeightTrendResponseObject, error) {
	from, to := r.Params.From.Time, r.Params.To.Time
	var fields validation.Errors
	fields.Days(from, to)
	if err := fields.Err(); err != nil {
		return nil, err
	}
	row, err := h.db.GetWeightTrend(ctx, queries.GetWeightTrendParams{
		UserID: db.IdentityFrom(ctx).UserID, FirstDay: from.AddDate(0, 0, -trendMemory), LastDay: to, Now: h.now(),
	})
	if err != nil {
		return nil, notFoundIfNoRows(err, problem.NotFound) // the account was deleted during the request
	}
	weights := make([]weighttrend.Weight, len(row.Days))
	for i := range row.Days {
		weights[i] = weighttrend.Weight{Day: row.Days[i], Kg: row.Weights[i]}
	}
	response := api.WeightTrend{Data: []api.TrendDay{}, HalfLifeDays: weighttrend.HalfLifeDays, LagDays: weighttrend.LagDays}
	for _, d := range weighttrend.Days(weights, from, to) {
		response.Data = append(response.Data, api.TrendDay{
			Date: openapi_types.Date{Time: d.Day}, RawKg: d.Raw, TrendKg: rounded(d.Trend, 1000),
			Observed: d.Raw != nil, Restarted: d.Restarted,
		})
	}
	last := to
	if row.Today.Before(to) {
		last = row.Today
	}
	rate := weighttrend.RateAt(weights, last)
	response.Rate = rateOf(rate, last)
	response.Projection = projectionOf(rate, row.GoalWeightKg)
	return api.GetWeightTrend200JSONResponse{Body: response}, nil
}

func rateOf(r weighttrend.Rate, last time.Time) api.WeightRate {
	rate := api.WeightRate{
		Status: api.WeightRateStatus(r.Status), WeighIns: r.WeighIns, SpanDays: r.SpanDays, Level: weighttrend.Level,
		WindowFrom: openapi_types.Date{Time: last.AddDate(0, 0, 1-weighttrend.RateWindowDays)}, WindowTo: openapi_types.Date{Time: last},
		Missing: missing(map[api.MissingDataWhat]int{
			api.MissingDataWhatWeighIns: r.Missing.WeighIns,
			api.MissingDataWhatSpanDays: r.Missing.SpanDays,
		}),
	}
	if r.Status != weighttrend.InsufficientData {
		rate.KgPerWeek, rate.Low, rate.High = rounded(&r.KgPerWeek, 1000), rounded(&r.Low, 1000), rounded(&r.High, 1000)
	}
	return rate
}

// missing returns the amounts above 0, in the order of the contract's list.
func missing(amounts map[api.MissingDataWhat]int) []api.MissingData {
	list := []api.MissingData{}
	for _, what := range []api.MissingDataWhat{
		api.MissingDataWhatWeighIns, api.MissingDataWhatSpanDays, api.MissingDataWhatLoggedDays, api.MissingDataWhatHeightCm,
		api.MissingDataWhatBirthDate, api.MissingDataWhatBiologicalSex, api.MissingDataWhatActivityLevel,
		api.MissingDataWhatCurrentWeightKg,
	} {
		if amounts[what] > 0 {
			list = append(list, api.MissingData{What: what, Amount: amounts[what]})
		}
	}
	return list
}

func projectionOf(rate weighttrend.Rate, goalKg *float64) api.WeightProjection {
	if goalKg == nil {
		return api.WeightProjection{Status: api.WeightProjectionStatusNoGoal}
	}
	p := rate.Project(*goalKg)
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

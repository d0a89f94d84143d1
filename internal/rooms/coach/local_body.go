package coach

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/energy"
	"github.com/ultimatecoach/api/internal/tools/nutrient"
)

// trendDays is how many days of weights are looked at when the message names none.
const trendDays = 90

// daysBefore is how many days before a day are looked at for the weight of that day.
const daysBefore = 6

// weightTrend says where the weight is, how it changes, how sure that is, and when the goal is reached.
func (r *localReply) weightTrend() error {
	from, to := r.span(trendDays)
	if from.Equal(to) { // nobody weighs themselves every day
		from = to.AddDate(0, 0, -daysBefore)
	}
	response, err := r.h.rooms.Body.GetWeightTrend(r.ctx, api.GetWeightTrendRequestObject{
		Params: api.GetWeightTrendParams{From: dateOf(from), To: dateOf(to)},
	})
	found, err := okOr[api.GetWeightTrend200JSONResponse](response, err)
	if err != nil {
		return err
	}
	trend := found
	r.cite(trendSource(from, to))
	days := slices.DeleteFunc(slices.Clone(trend.Data), func(d api.TrendDay) bool { return d.RawKg == nil })
	switch {
	case len(days) == 0 && r.u.From.IsZero():
		return r.tell("weight_none", nil)
	case len(days) == 0:
		return r.tell("weight_none_range", values{"range": r.w.days(from, to)})
	}
	last := days[len(days)-1]
	if last.TrendKg != nil {
		if err := r.tell("weight_trend", values{"weight": r.w.kilograms(*last.TrendKg, 1)}); err != nil {
			return err
		}
	}
	err = r.tell("weight_last", values{"weight": r.w.kilograms(*last.RawKg, 1), "day": r.w.onDay(last.Date.Time)})
	if err != nil {
		return err
	}
	if err := r.tellRate(trend.Rate); err != nil {
		return err
	}
	return r.tellGoal(trend.Projection)
}

// tellRate says how fast the weight changes, or what is missing for that.
func (r *localReply) tellRate(rate api.WeightRate) error {
	if rate.KgPerWeek == nil || rate.Low == nil || rate.High == nil {
		if len(rate.Missing) == 0 {
			return nil
		}
		return r.tell("weight_needs", values{"missing": r.w.missing(rate.Missing)})
	}
	id := "weight_falls"
	switch {
	case *rate.Low <= 0 && *rate.High >= 0:
		id = "weight_steady"
	case *rate.KgPerWeek > 0:
		id = "weight_rises"
	}
	if err := r.tell(id, values{"rate": r.w.kilograms(math.Abs(*rate.KgPerWeek), 2)}); err != nil {
		return err
	}
	err := r.tell("weight_sure", values{
		"level": r.w.number(rate.Level*100, 0) + " %", "low": r.w.kilograms(*rate.Low, 2), "high": r.w.kilograms(*rate.High, 2),
	})
	if err != nil || rate.Status != api.WeightRateStatusPreliminary {
		return err
	}
	return r.tell("weight_preliminary", nil)
}

// tellGoal says when the goal is reached, or why there is no day.
func (r *localReply) tellGoal(p api.WeightProjection) error {
	if p.GoalWeightKg == nil {
		return nil
	}
	goal := r.w.kilograms(*p.GoalWeightKg, 1)
	switch {
	case p.Status == api.WeightProjectionStatusReached:
		return r.tell("weight_goal_reached", values{"goal": goal})
	case p.Status == api.WeightProjectionStatusNotReachable:
		return r.tell("weight_goal_open", values{"goal": goal})
	case p.Date != nil && p.Earliest != nil && p.Latest != nil:
		return r.tell("weight_goal", values{
			"goal": goal, "date": r.w.dateOfYear(p.Date.Time),
			"earliest": r.w.dateOfYear(p.Earliest.Time), "latest": r.w.dateOfYear(p.Latest.Time),
		})
	case p.Weeks != nil:
		return r.tell("weight_goal_far", values{"goal": goal, "weeks": r.w.number(*p.Weeks, 0)})
	}
	return nil
}

// activitySummary says what was done on a day or on several.
func (r *localReply) activitySummary() error {
	from, to := r.span(1)
	response, err := r.h.rooms.Activities.GetActivitySummary(r.ctx, api.GetActivitySummaryRequestObject{
		Params: api.GetActivitySummaryParams{From: new(dateOf(from)), To: new(dateOf(to))},
	})
	found, err := okOr[api.GetActivitySummary200JSONResponse](response, err)
	if err != nil {
		return err
	}
	totals := found.Totals
	if totals.Count == 0 {
		r.cite(daySource(to))
		if to.After(from) {
			return r.tell("activity_none_range", values{"range": r.w.days(from, to)})
		}
		return r.tell("activity_none_day", values{"day": r.w.onDay(to)})
	}
	if err := r.citeActivities(from, to); err != nil {
		return err
	}
	when := r.w.day(to)
	if to.After(from) {
		when = capital(r.w.days(from, to))
	}
	err = r.tell("activity_total", values{"when": when, "count": totals.Count, "amounts": r.w.activityAmounts(totals)})
	if err != nil || totals.KcalUnknown == 0 {
		return err
	}
	return r.tell("activity_unknown", values{"count": totals.KcalUnknown})
}

// citeActivities adds the activities of some days to the sources.
func (r *localReply) citeActivities(from, to time.Time) error {
	response, err := r.h.rooms.Activities.ListActivities(r.ctx, api.ListActivitiesRequestObject{
		Params: api.ListActivitiesParams{From: new(dateOf(from)), To: new(dateOf(to)), Limit: new(maxSources)},
	})
	found, err := okOr[api.ListActivities200JSONResponse](response, err)
	for _, a := range found.Data {
		r.cite(activitySource(a))
	}
	return err
}

func (w *writer) activityAmounts(t api.SummaryTotals) string {
	parts := []string{w.duration(t.Minutes), w.kcal(t.Kcal)}
	if t.DistanceM != nil && *t.DistanceM > 0 {
		parts = append(parts, w.distance(*t.DistanceM/1000))
	}
	return w.list("and", parts)
}

func (w *writer) duration(minutes float64) string {
	whole := int(math.Round(minutes))
	if whole < 60 {
		return fmt.Sprintf("%d min", whole)
	}
	if whole%60 == 0 {
		return fmt.Sprintf("%d h", whole/60)
	}
	return fmt.Sprintf("%d h %d min", whole/60, whole%60)
}

func (w *writer) distance(km float64) string { return w.number(km, 2) + " km" }

// namedActivity is an activity that a message names, and for how long.
type namedActivity struct {
	activity *energy.Activity
	words    string
	minutes  float64
	km       float64
}

// shown returns how much of an activity a sentence is about.
func (a namedActivity) shown(w *writer) string {
	parts := []string{}
	if a.km > 0 {
		parts = append(parts, w.distance(a.km))
	}
	return strings.Join(append(parts, w.duration(a.minutes)), ", ")
}

// Longer activities than these are numbers that were not understood.
const (
	maxMinutes = 24 * 60
	maxKm      = 1000
)

// findActivity returns the activity that the message names, with its duration. It returns nil after it has asked for what is missing.
func (r *localReply) findActivity() (*namedActivity, error) {
	name := cmp.Or(r.u.Activity, r.u.Phrase)
	a := energy.Find(name)
	if a == nil {
		candidates := energy.Candidates(name)
		names := make([]string, 0, len(candidates))
		for _, c := range candidates {
			names = append(names, c.Name())
		}
		if len(names) == 0 && name == "" {
			return nil, r.ask("ask_activity_name", nil)
		}
		if len(names) == 0 {
			return nil, r.ask("ask_activity", values{"activity": r.w.quoted(r.u.Phrase)})
		}
		return nil, r.ask("ask_activity_which", values{"list": r.w.list("or", names)})
	}
	named := &namedActivity{activity: a, words: capital(shownName(r.u.Phrase)), minutes: r.u.Minutes, km: r.u.DistanceKm}
	if named.minutes == 0 && named.km > 0 {
		named.minutes = named.km / usualSpeed(a) * 60
	}
	if named.minutes < 1 || named.minutes > maxMinutes || named.km > maxKm {
		return nil, r.ask("ask_duration", nil)
	}
	return named, nil
}

// ask asks for something that the message lacks; the next message may bring it.
func (r *localReply) ask(id string, v values) error {
	open := r.u
	r.after.AskedFor = &open
	return r.tell(id, v)
}

// usualSpeeds are km/h of people who do an activity for sport, for estimates from a distance alone.
var usualSpeeds = map[string]float64{
	"running": 9.5, "jogging": 8, "trail_running": 8, "walking": 5, "hiking": 4.5, "cycling": 20, "mountain_biking": 15,
	"swimming": 2.5, "lap_swimming": 2.5, "rowing": 9, "inline_skating": 15, "cross_country_skiing": 9, "nordic_walking": 6,
}

// usualSpeed returns km/h; that of walking for activities without one.
func usualSpeed(a *energy.Activity) float64 {
	if v, ok := usualSpeeds[a.Key]; ok {
		return v
	}
	return usualSpeeds["walking"]
}

// startHours are when an activity began, by the part of the day that the message names as that of a meal: "in the evening".
var startHours = map[string]int{"breakfast": 8, "lunch": 12, "dinner": 19}

// startOf returns when an activity began that lasted for some time: at the time or the part of the day that is named, else it ended now,
// or began on another day at noon.
func (r *localReply) startOf(lasted time.Duration) time.Time {
	hour, isNamed := startHours[r.u.Meal]
	minutes := 60 * cmp.Or(hour, 12)
	if r.u.Clock != nil {
		minutes, isNamed = *r.u.Clock, true
	}
	day, now := r.day(), r.t.Person.Now
	start := time.Date(day.Year(), day.Month(), day.Day(), 0, minutes, 0, 0, r.t.Person.Zone)
	if day.Equal(r.today()) && (!isNamed || start.Add(lasted).After(now)) {
		return now.Add(-lasted)
	}
	return start
}

// draft returns the activity as it would be logged.
func (a namedActivity) draft(r *localReply) (api.ActivityCreate, error) {
	elapsed := int(math.Round(a.minutes * 60))
	draft := api.ActivityCreate{
		Activity:  &a.activity.Key,
		StartedAt: r.startOf(time.Duration(elapsed) * time.Second),
		ElapsedS:  &elapsed,
		Timezone:  &r.t.Person.ZoneName,
	}
	if r.u.Kcal > 0 {
		draft.Kcal = &r.u.Kcal
	}
	if a.km > 0 {
		metrics, err := a.metrics()
		if err != nil {
			return draft, fmt.Errorf("write the distance: %w", err)
		}
		draft.Metrics = &metrics
	}
	return draft, nil
}

// metrics returns the distance in the form of its kind of activity.
func (a namedActivity) metrics() (m api.ActivityMetrics, err error) {
	switch family := energy.Family(a.activity, "", ""); {
	case family == "foot":
		return m, m.FromRunningMetrics(api.RunningMetrics{DistanceKm: &a.km})
	case family == "cycling":
		return m, m.FromCyclingMetrics(api.CyclingMetrics{DistanceKm: &a.km})
	case family == "water" && strings.Contains(a.activity.Key, "swim"):
		return m, m.FromSwimmingMetrics(api.SwimmingMetrics{DistanceM: new(a.km * 1000)})
	}
	return m, m.FromOtherMetrics(api.OtherMetrics{DistanceKm: &a.km})
}

// energyEstimate says what an activity would cost, as it would be computed if it was logged.
func (r *localReply) energyEstimate() error {
	a, err := r.findActivity()
	if a == nil || err != nil {
		return err
	}
	activity, err := a.draft(r)
	if err != nil {
		return err
	}
	var draft api.ProposalDraft
	if err := draft.FromActivityDraft(api.ActivityDraft{Activity: activity}); err != nil {
		return fmt.Errorf("write a draft: %w", err)
	}
	preview, err := r.h.check(r.ctx, draft)
	if err != nil {
		return err
	}
	r.cite(profileSource())
	if preview.Calories == nil {
		return r.tell("energy_needs", values{"fields": r.w.text("missing_current_weight_kg", nil)})
	}
	return r.tell("energy_estimate", values{
		"activity": a.words, "amount": a.shown(r.w), "calories": r.w.amount(nutrient.Calories, *preview.Calories),
	})
}

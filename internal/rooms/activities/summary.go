package activities

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"github.com/google/uuid"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// What the WHO recommends to adults for a week (2020): at least so many moderate minutes, and so many days with strength training.
const (
	recommendedMinutes      = 150
	recommendedStrengthDays = 2
)

// GetActivitySummary returns every day of a range and its weeks, read in one round trip.
func (h *Handlers) GetActivitySummary(
	ctx context.Context, r api.GetActivitySummaryRequestObject,
) (api.GetActivitySummaryResponseObject, error) {
	from, to, err := summaryRange(r.Params)
	if err != nil {
		return nil, err
	}
	row, err := h.db.GetActivitySummary(ctx, queries.GetActivitySummaryParams{
		UserID: db.IdentityFrom(ctx).UserID, FromDay: from, ToDay: to, Now: h.now(),
	})
	if err != nil {
		return nil, err
	}
	if row == nil {
		return nil, problem.New(problem.NotFound) // the account was deleted during the request
	}
	var s summary
	if err := json.Unmarshal(row, &s); err != nil {
		return nil, fmt.Errorf("decode a summary: %w", err)
	}
	return api.GetActivitySummary200JSONResponse{Body: s.response()}, nil
}

// summaryRange returns the days that are asked for; nil stands for today.
func summaryRange(p api.GetActivitySummaryParams) (from, to *time.Time, err error) {
	var fields validation.Errors
	switch {
	case p.Date != nil && (p.From != nil || p.To != nil):
		fields.AddMessage("date", problem.Ambiguous, "is another range than from and to")
	case p.Date != nil && *p.Date == "today":
	case p.Date != nil:
		day, err := time.Parse(time.DateOnly, *p.Date)
		if err != nil {
			return nil, nil, problem.Unprocessable(problem.WrongFormat.WithMessage("date", "is not a day of the calendar"))
		}
		fields.Day("date", day)
		from, to = &day, &day
	case p.From == nil:
		fields.AddMessage("from", problem.Required, "is required, unless date is sent")
	case p.To == nil:
		fields.AddMessage("to", problem.Required, "is required with from")
	default:
		fields.Days(p.From.Time, p.To.Time)
		from, to = &p.From.Time, &p.To.Time
	}
	return from, to, fields.Err()
}

// summary is what private.activity_summary returns.
type summary struct {
	From     openapi_types.Date `json:"from"`
	To       openapi_types.Date `json:"to"`
	Today    openapi_types.Date `json:"today"`
	Timezone string             `json:"timezone"`
	// Goal is active days a week; nil when the profile has none.
	Goal *int          `json:"goal"`
	Sums []categorySum `json:"sums"`

	LeftOut []struct {
		ID       uuid.UUID             `json:"id"`
		Date     openapi_types.Date    `json:"date"`
		Counting string                `json:"counting"`
		Share    float64               `json:"counted_share"`
		Overlaps []api.ActivityOverlap `json:"overlaps"`
	} `json:"left_out"`

	DayStreak         int  `json:"day_streak"`
	LongestDayStreak  int  `json:"longest_day_streak"`
	WeekStreak        int  `json:"week_streak"`
	LongestWeekStreak int  `json:"longest_week_streak"`
	ActiveToday       bool `json:"active_today"`
	WeekDone          bool `json:"week_done"`
}

// categorySum is what counts of one category on one day.
type categorySum struct {
	Day      openapi_types.Date   `json:"local_date"`
	Category api.ActivityCategory `json:"category"`
	sums
}

// sums are added up in full precision and rounded when they are shown.
type sums struct {
	Count       int      `json:"count"`
	Seconds     float64  `json:"seconds"`
	Kcal        float64  `json:"kcal"`
	KcalNet     float64  `json:"kcal_net"`
	KcalUnknown int      `json:"net_unknown"`
	DistanceM   *float64 `json:"distance_m"`
	AscentM     *float64 `json:"ascent_m"`
	ModerateS   float64  `json:"moderate_s"`
	VigorousS   float64  `json:"vigorous_s"`
	METUnknown  int      `json:"met_unknown"`
}

func (s *sums) add(o sums) {
	s.Count += o.Count
	s.Seconds += o.Seconds
	s.Kcal += o.Kcal
	s.KcalNet += o.KcalNet
	s.KcalUnknown += o.KcalUnknown
	s.DistanceM, s.AscentM = addKnown(s.DistanceM, o.DistanceM), addKnown(s.AscentM, o.AscentM)
	s.ModerateS += o.ModerateS
	s.VigorousS += o.VigorousS
	s.METUnknown += o.METUnknown
}

func addKnown(a, b *float64) *float64 {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return new(*a + *b)
}

// hundredths rounds to what responses show.
func hundredths(x float64) float64 { return math.Round(x*100) / 100 }

func (s *sums) totals() api.SummaryTotals {
	t := api.SummaryTotals{
		Count:       s.Count,
		Minutes:     hundredths(s.Seconds / 60),
		Kcal:        hundredths(s.Kcal),
		KcalNet:     hundredths(s.KcalNet),
		KcalUnknown: s.KcalUnknown,
	}
	if s.DistanceM != nil {
		t.DistanceM = new(hundredths(*s.DistanceM))
	}
	if s.AscentM != nil {
		t.AscentM = new(hundredths(*s.AscentM))
	}
	return t
}

// period adds up days, in all and by category.
type period struct {
	sums
	byCategory map[api.ActivityCategory]*sums
	activeDays int
}

func (p *period) addDay(entries []categorySum) {
	active := false
	for _, e := range entries {
		p.add(e.sums)
		if p.byCategory == nil {
			p.byCategory = map[api.ActivityCategory]*sums{}
		}
		if p.byCategory[e.Category] == nil {
			p.byCategory[e.Category] = &sums{}
		}
		p.byCategory[e.Category].add(e.sums)
		active = active || e.Count > 0
	}
	if active {
		p.activeDays++
	}
}

// categories are in the order of the contract.
var categories = []api.ActivityCategory{
	api.ActivityCategoryCardioSteadyState, api.ActivityCategoryCardioInterval, api.ActivityCategoryStrengthTraining,
	api.ActivityCategorySports, api.ActivityCategoryFlexibility, api.ActivityCategoryOther,
}

func (p *period) categories() []api.SummaryCategory {
	list := []api.SummaryCategory{}
	for _, category := range categories {
		if s := p.byCategory[category]; s != nil {
			list = append(list, api.SummaryCategory{Category: category, Totals: s.totals()})
		}
	}
	return list
}

// response puts every day of the range, and every week that it touches, in order.
func (s *summary) response() api.ActivitySummary {
	r := api.ActivitySummary{
		From: s.From, To: s.To, Today: s.Today, Timezone: s.Timezone,
		Data: []api.SummaryDay{}, Weeks: []api.SummaryWeek{}, Streaks: s.streaks(), LeftOut: s.leftOut(),
	}
	byDay := map[time.Time][]categorySum{}
	for _, entry := range s.Sums {
		byDay[entry.Day.Time] = append(byDay[entry.Day.Time], entry)
	}
	var all period
	for monday := mondayOf(s.From.Time); !monday.After(s.To.Time); monday = monday.AddDate(0, 0, 7) {
		var inRange, whole period
		divisor, strengthDays := 0, 0
		for day := monday; day.Before(monday.AddDate(0, 0, 7)); day = day.AddDate(0, 0, 1) {
			entries := byDay[day]
			whole.addDay(entries)
			if hasStrength(entries) {
				strengthDays++
			}
			if day.Before(s.From.Time) || day.After(s.To.Time) {
				continue
			}
			var one period
			one.addDay(entries)
			inRange.addDay(entries)
			all.addDay(entries)
			r.Data = append(r.Data, api.SummaryDay{Date: openapi_types.Date{Time: day}, Totals: one.totals(), ByCategory: one.categories()})
			if !day.After(s.Today.Time) {
				divisor++
			}
		}
		r.Weeks = append(r.Weeks, s.week(monday, inRange, whole, divisor, strengthDays))
	}
	r.Totals, r.ByCategory = all.totals(), all.categories()
	return r
}

func hasStrength(entries []categorySum) bool {
	for _, e := range entries {
		if e.Category == api.ActivityCategoryStrengthTraining && e.Count > 0 {
			return true
		}
	}
	return false
}

// week returns a week: sums of its days in the range, and the whole week against the recommendation and the goal.
func (s *summary) week(monday time.Time, inRange, whole period, divisor, strengthDays int) api.SummaryWeek {
	minutes := (whole.ModerateS + 2*whole.VigorousS) / 60
	w := api.SummaryWeek{
		WeekStart: openapi_types.Date{Time: monday}, DaysActive: inRange.activeDays, Divisor: divisor, Totals: inRange.totals(),
		Recommendation: api.WeekRecommendation{
			ModerateMinutes: hundredths(
				whole.ModerateS / 60,
			),
			VigorousMinutes:  hundredths(whole.VigorousS / 60),
			Minutes:          hundredths(minutes),
			GoalMinutes:      recommendedMinutes,
			StrengthDays:     strengthDays,
			GoalStrengthDays: recommendedStrengthDays,
			Reached:          minutes >= recommendedMinutes && strengthDays >= recommendedStrengthDays,
			Unknown:          whole.METUnknown,
		},
	}
	if divisor > 0 {
		days := float64(divisor)
		w.Averages = &api.SummaryAverages{
			Minutes: hundredths(
				inRange.Seconds / 60 / days,
			),
			Kcal:    hundredths(inRange.Kcal / days),
			KcalNet: hundredths(inRange.KcalNet / days),
		}
	}
	if s.Goal != nil && *s.Goal > 0 {
		w.Goal = &api.WeekGoal{
			ActiveDays: whole.activeDays, GoalDays: *s.Goal, Share: hundredths(float64(whole.activeDays) / float64(*s.Goal)),
		}
	}
	return w
}

func (s *summary) streaks() api.SummaryStreaks {
	goal := 1
	if s.Goal != nil {
		goal = max(1, *s.Goal)
	}
	return api.SummaryStreaks{
		Days:     api.Streak{Current: s.DayStreak, Longest: s.LongestDayStreak, Running: s.ActiveToday},
		Weeks:    api.Streak{Current: s.WeekStreak, Longest: s.LongestWeekStreak, Running: s.WeekDone},
		GoalDays: goal,
	}
}

func (s *summary) leftOut() []api.SummaryLeftOut {
	list := []api.SummaryLeftOut{}
	for _, r := range s.LeftOut {
		entry := api.SummaryLeftOut{
			ID: r.ID, Date: r.Date, Reason: api.LeftOutReasonReduced, CountedShare: r.Share, Overlaps: r.Overlaps,
		}
		switch {
		case r.Counting == string(api.ActivityCountingExclude):
			entry.Reason = api.LeftOutReasonExcluded
		case len(r.Overlaps) > 0 && r.Overlaps[0].Kind == api.OverlapKindDuplicate:
			entry.Reason = api.LeftOutReasonDuplicate
		}
		list = append(list, entry)
	}
	return list
}

func mondayOf(day time.Time) time.Time { return day.AddDate(0, 0, -(int(day.Weekday())+6)%7) }

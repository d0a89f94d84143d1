package activities

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/google/uuid"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/calendar"
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
		return nil, problem.IfNoRows(err, problem.NotFound) // the account was deleted during the request
	}
	s := summary{GetActivitySummaryRow: row}
	if err := json.Unmarshal(row.LeftOut, &s.leftOutRecords); err != nil {
		return nil, fmt.Errorf("decode a summary: %w", err)
	}
	return api.GetActivitySummary200JSONResponse(s.response()), nil
}

// summaryRange returns the days that are asked for; nil stands for today.
func summaryRange(p api.GetActivitySummaryParams) (from, to *time.Time, err error) {
	var fields validation.Errors
	switch {
	case p.Date != nil && (p.From != nil || p.To != nil):
		fields.AddMessage("date", problem.Ambiguous, "is another range than from and to")
	case p.Date != nil:
		day, err := validation.DayOrToday("date", *p.Date)
		return day, day, err
	case p.From == nil && p.To == nil:
	case p.From == nil:
		fields.AddMessage("from", problem.Required, "is required with to")
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
	queries.GetActivitySummaryRow
	leftOutRecords []struct {
		ID       uuid.UUID             `json:"id"`
		Date     openapi_types.Date    `json:"date"`
		Counting string                `json:"counting"`
		Share    float64               `json:"counted_share"`
		Overlaps []api.ActivityOverlap `json:"overlaps"`
	}
}

// byDay returns what counts on each day that has something.
func (s *summary) byDay() map[time.Time][]categorySum {
	days := make(map[time.Time][]categorySum, len(s.Days))
	all := make([]categorySum, len(s.Days))
	for i, day := range s.Days {
		all[i] = categorySum{
			category: slices.Index(categories, api.ActivityCategory(s.Categories[i])),
			sums: sums{
				Count: int(s.Counts[i]), Seconds: s.Seconds[i], Kcal: s.Kcal[i], KcalNet: s.KcalNet[i], KcalUnknown: int(s.NetUnknown[i]),
				DistanceM: known(s.DistanceM[i]), AscentM: known(s.AscentM[i]), ModerateS: s.ModerateS[i], VigorousS: s.VigorousS[i],
				METUnknown: int(s.MetUnknown[i]),
			},
		}
		if i > 0 && day.Equal(s.Days[i-1]) {
			days[day] = all[i-len(days[day]) : i+1 : i+1]
		} else {
			days[day] = all[i : i+1 : i+1]
		}
	}
	return days
}

// known returns nil for -1, which stands for what is not known.
func known(v float64) *float64 {
	if v < 0 {
		return nil
	}
	return &v
}

// categorySum is what counts of one category, an index of categories, on one day.
type categorySum struct {
	category int
	sums
}

// sums are added up in full precision and rounded when they are shown.
type sums struct {
	Count       int
	Seconds     float64
	Kcal        float64
	KcalNet     float64
	KcalUnknown int
	DistanceM   *float64
	AscentM     *float64
	ModerateS   float64
	VigorousS   float64
	METUnknown  int
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
		Count: s.Count, Minutes: hundredths(s.Seconds / 60), Kcal: hundredths(s.Kcal), KcalNet: hundredths(s.KcalNet),
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

// categories are in the order of the contract.
var categories = []api.ActivityCategory{
	api.ActivityCategoryCardioSteadyState, api.ActivityCategoryCardioInterval, api.ActivityCategoryStrengthTraining,
	api.ActivityCategorySports, api.ActivityCategoryFlexibility, api.ActivityCategoryOther,
}

// period adds up days, in all and by category.
type period struct {
	sums
	byCategory [6]struct {
		sums
		present bool
	}
	activeDays int
}

func (p *period) addDay(entries []categorySum) {
	active := false
	for _, e := range entries {
		p.add(e.sums)
		p.byCategory[e.category].add(e.sums)
		p.byCategory[e.category].present = true
		active = active || e.Count > 0
	}
	if active {
		p.activeDays++
	}
}

func (p *period) categories() []api.SummaryCategory {
	list := make([]api.SummaryCategory, 0, len(categories))
	for i := range p.byCategory {
		if c := &p.byCategory[i]; c.present {
			list = append(list, api.SummaryCategory{Category: categories[i], Totals: c.totals()})
		}
	}
	return list
}

// response puts every day of the range, and every week that it touches, in order.
func (s *summary) response() api.ActivitySummary {
	r := api.ActivitySummary{
		From: openapi_types.Date{Time: s.FirstDay}, To: openapi_types.Date{Time: s.LastDay}, Today: openapi_types.Date{Time: s.Today},
		Timezone: s.Timezone,
		Data:     []api.SummaryDay{}, Weeks: []api.SummaryWeek{}, Streaks: s.streaks(), LeftOut: s.leftOut(),
	}
	byDay := s.byDay()
	var all period
	for monday := calendar.Monday(s.FirstDay); !monday.After(s.LastDay); monday = monday.AddDate(0, 0, 7) {
		var inRange, whole period
		divisor, strengthDays := 0, 0
		for day := monday; day.Before(monday.AddDate(0, 0, 7)); day = day.AddDate(0, 0, 1) {
			entries := byDay[day]
			whole.addDay(entries)
			if hasStrength(entries) {
				strengthDays++
			}
			if day.Before(s.FirstDay) || day.After(s.LastDay) {
				continue
			}
			var one period
			one.addDay(entries)
			inRange.addDay(entries)
			all.addDay(entries)
			r.Data = append(r.Data, api.SummaryDay{Date: openapi_types.Date{Time: day}, Totals: one.totals(), ByCategory: one.categories()})
			if !day.After(s.Today) {
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
		if categories[e.category] == api.ActivityCategoryStrengthTraining && e.Count > 0 {
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
			ModerateMinutes: hundredths(whole.ModerateS / 60), VigorousMinutes: hundredths(whole.VigorousS / 60),
			Minutes: hundredths(minutes), GoalMinutes: recommendedMinutes,
			StrengthDays: strengthDays, GoalStrengthDays: recommendedStrengthDays,
			Reached: minutes >= recommendedMinutes && strengthDays >= recommendedStrengthDays, Unknown: whole.METUnknown,
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
	if s.Goal > 0 {
		w.Goal = &api.WeekGoal{
			ActiveDays: whole.activeDays, GoalDays: int(s.Goal), Share: hundredths(float64(whole.activeDays) / float64(s.Goal)),
		}
	}
	return w
}

func (s *summary) streaks() api.SummaryStreaks {
	return api.SummaryStreaks{
		Days:     api.Streak{Current: int(s.DayStreak), Longest: int(s.LongestDayStreak), Running: s.ActiveToday},
		Weeks:    api.Streak{Current: int(s.WeekStreak), Longest: int(s.LongestWeekStreak), Running: s.WeekDone},
		GoalDays: max(1, int(s.Goal)),
	}
}

func (s *summary) leftOut() []api.SummaryLeftOut {
	list := []api.SummaryLeftOut{}
	for _, r := range s.leftOutRecords {
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

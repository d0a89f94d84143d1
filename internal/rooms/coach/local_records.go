package coach

import (
	"slices"
	"strings"
	"time"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/calendar"
	"github.com/ultimatecoach/api/internal/tools/intent"
)

// Records that are no food, as package intent names them.
const (
	recordWater = "water"
	recordSleep = "sleep"
)

// recordDay is how much water (ml) or sleep (minutes) a day has. Days without entries have none.
type recordDay struct {
	date   time.Time
	amount int
}

// tellRecord says how much was drunk or slept on a day, or on average of several.
func (r *localReply) tellRecord() error {
	from, to := r.span(1)
	days, err := r.recordDays(from, to)
	if err != nil {
		return err
	}
	name := r.u.Record
	if len(days) == 0 {
		if to.After(from) {
			return r.tell(name+"_none_range", values{"range": r.w.days(from, to)})
		}
		return r.tell(name+"_none_day", values{"day": r.w.onDay(to)})
	}
	sum := 0
	for _, d := range days {
		sum += d.amount
		r.cite(daySource(d.date))
	}
	if from.Equal(to) {
		return r.tell(name+"_day", values{"day": r.w.day(to), "amount": r.w.recordAmount(name, float64(sum))})
	}
	average := r.w.recordAmount(name, float64(sum)/float64(len(days)))
	return r.tell(name+"_average", values{"range": r.w.days(from, to), "amount": average, "count": len(days)})
}

// recordDays returns the days that have entries.
func (r *localReply) recordDays(from, to time.Time) (days []recordDay, err error) {
	if r.u.Record == recordWater {
		response, err := r.h.rooms.Body.ListWater(r.ctx, api.ListWaterRequestObject{
			Params: api.ListWaterParams{From: dateOf(from), To: dateOf(to)},
		})
		found, err := okOr[api.ListWater200JSONResponse](response, err)
		for _, d := range found.Data {
			days = append(days, recordDay{d.Date.Time, d.TotalMl})
		}
		return withEntries(days), err
	}
	response, err := r.h.rooms.Body.ListSleep(r.ctx, api.ListSleepRequestObject{
		Params: api.ListSleepParams{From: dateOf(from), To: dateOf(to)},
	})
	found, err := okOr[api.ListSleep200JSONResponse](response, err)
	for _, d := range found.Data {
		days = append(days, recordDay{d.Date.Time, d.AsleepMinutes})
	}
	return withEntries(days), err
}

func withEntries(days []recordDay) []recordDay {
	return slices.DeleteFunc(days, func(d recordDay) bool { return d.amount == 0 })
}

// recordAmount returns ml as litres, or minutes as hours.
func (w *writer) recordAmount(record string, n float64) string {
	if record == recordSleep {
		return w.duration(n)
	}
	if n < 1000 {
		return w.number(n, 0) + " ml"
	}
	return w.number(n/1000, 2) + " l"
}

// waterNames are names of water in plain text, as the only food of a message.
var waterNames = []string{"water", "wasser", "eau", "agua"}

// logMeal proposes foods. Water alone is proposed too, with what that does not do.
func (r *localReply) logMeal() error {
	if err := r.logFoods(); err != nil || len(r.u.Items) != 1 || !r.after.DidPropose {
		return err
	}
	words := strings.FieldsFunc(r.u.Items[0].Rest, func(c rune) bool { return c == ' ' || c == '\'' })
	if len(words) == 0 || !slices.Contains(waterNames, words[len(words)-1]) {
		return nil
	}
	return r.tell("water_by_hand", nil)
}

// refuse says what the coach cannot do.
func (r *localReply) refuse() error {
	if r.u.Record == recordSleep {
		return r.tell("sleep_by_hand", nil)
	}
	return r.tell("cannot", r.twoExamples())
}

// bothTimes replies for the current day, week or month, and then for the one that the message compares it with.
func (r *localReply) bothTimes(answer func(*localReply) error) error {
	other := r.u
	r.u.Compares = false
	r.u.From, r.u.To = r.currentLike(other.From, other.To), r.today()
	if err := answer(r); err != nil {
		return err
	}
	r.u = other
	r.u.Compares = false
	return answer(r)
}

// currentLike returns the first day of the current day, week or month, by the length of another time.
func (r *localReply) currentLike(from, to time.Time) time.Time {
	switch length := to.Sub(from).Hours()/24 + 1; {
	case length <= 1:
		return r.today()
	case length <= 7:
		return calendar.Monday(r.today())
	}
	return calendar.FirstOfMonth(r.today())
}

// compared are the intents that can be asked of two times.
var compared = []intent.Intent{intent.RangeSummary, intent.ActivitySummary}

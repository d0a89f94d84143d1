package coach

import (
	"cmp"
	"fmt"
	"time"

	api "github.com/ultimatecoach/api/gen/server"
)

// moment is the time and the zone of a draft. The rooms take a missing time as now, which would be the time of confirming: a dinner that
// is confirmed after midnight would count on the next day.
type moment struct {
	at   *time.Time
	zone *string
}

// momentOf returns the moment of a draft; its parts are nil where the draft does not have them.
func momentOf(draft api.ProposalDraft) (moment, error) {
	value, err := draft.ValueByDiscriminator()
	if err != nil {
		return moment{}, fmt.Errorf("read the time of a draft: %w", err)
	}
	switch d := value.(type) {
	case api.MealDraft:
		return moment{d.Meal.EatenAt, d.Meal.Timezone}, nil
	case api.ActivityDraft:
		return moment{&d.Activity.StartedAt, d.Activity.Timezone}, nil
	case api.MeasurementDraft:
		return moment{d.Measurement.MeasuredAt, d.Measurement.Timezone}, nil
	}
	return moment{}, nil
}

// addTo returns the draft with the moment where it has none.
func (m moment) addTo(draft api.ProposalDraft) (api.ProposalDraft, error) {
	value, err := draft.ValueByDiscriminator()
	if err != nil {
		return draft, fmt.Errorf("read a draft without time: %w", err)
	}
	switch d := value.(type) {
	case api.MealDraft:
		d.Meal.EatenAt, d.Meal.Timezone = cmp.Or(d.Meal.EatenAt, m.at), cmp.Or(d.Meal.Timezone, m.zone)
		err = draft.FromMealDraft(d)
	case api.ActivityDraft: // its start is required
		d.Activity.Timezone = cmp.Or(d.Activity.Timezone, m.zone)
		err = draft.FromActivityDraft(d)
	case api.MeasurementDraft:
		d.Measurement.MeasuredAt, d.Measurement.Timezone = cmp.Or(d.Measurement.MeasuredAt, m.at), cmp.Or(d.Measurement.Timezone, m.zone)
		err = draft.FromMeasurementDraft(d)
	}
	return draft, err
}

// moment is when the message of the turn was sent.
func (t turn) moment() moment {
	m := moment{at: new(t.SentAt.UTC())}
	if t.Timezone != "" {
		m.zone = &t.Timezone
	}
	return m
}

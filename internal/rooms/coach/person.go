package coach

import (
	"context"
	"fmt"
	"time"

	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/nutrient"
	"github.com/ultimatecoach/api/internal/tools/safety"
	"github.com/ultimatecoach/api/internal/tools/targets"
	"github.com/ultimatecoach/api/internal/tools/zone"
)

// person is who writes to the coach: what a reply needs to know about them, read in one round trip.
type person struct {
	// Profile is the row of the profile. Its Today is the date in Zone.
	Profile targets.Profile
	// Zone is that of the device which sent the message, else the profile's.
	Zone     *time.Location
	ZoneName string
	// Now is when the message was sent, in Zone.
	Now time.Time
	// Language is the base of the language to reply in ("de"): that of the message, where its words decide, else the profile's.
	Language string
	// Region is the country (ISO 3166), or "" when it is not known.
	Region string
	// Targets are nil while the profile lacks what they are computed from.
	Targets *api.Targets
	// Eaten are the sums of today.
	Eaten nutrient.Sum
	// Remembered are facts that the person has told, the newest first.
	Remembered []string
	// Safety is what the guard looks at.
	Safety safety.Person
}

// loadPerson returns who writes to the coach.
func (h *Handlers) loadPerson(ctx context.Context, t turn) (person, error) {
	q := queries.GetCoachPersonParams{UserID: t.UserID, Now: t.SentAt}
	if t.Timezone != "" {
		q.Zone = &t.Timezone
	}
	row, err := h.db.GetCoachPerson(ctx, q)
	if err != nil {
		return person{}, fmt.Errorf("load the person: %w", err)
	}
	p := person{
		Profile:  targets.Profile{Profile: row.Profile, Today: row.Today},
		ZoneName: row.Profile.Timezone,
		Language: safety.DetectLanguage(t.Text, row.Profile.Language),
		Eaten:    nutrient.SumOf(int(row.Items), row.Sums, row.Known),
	}
	if t.Timezone != "" {
		p.ZoneName = t.Timezone
	}
	if p.Zone, err = zone.Load(p.ZoneName); err != nil {
		p.Zone = time.UTC // it was valid when it was stored; an older zone database must not break a reply
	}
	p.Now = t.SentAt.In(p.Zone)
	p.Region = safety.Region(row.Profile.Language, p.ZoneName)
	p.Targets = p.Profile.Targets()
	p.Remembered = row.Remembered
	p.Safety = safetyOf(&p.Profile, row.RecentCalories)
	p.Safety.Notes = append(p.Safety.Notes, p.Remembered...)
	return p, nil
}

// safetyOf returns what the guard looks at.
func safetyOf(p *targets.Profile, recentCalories []float64) safety.Person {
	s := safety.Person{
		HeightCm: p.HeightCm, WeightKg: p.CurrentWeightKg, GoalWeightKg: p.GoalWeightKg,
		RecentDays: recentCalories, Allergies: p.FoodAllergies,
	}
	if p.BirthDate != nil {
		s.Age = new(targets.Age(*p.BirthDate, p.Today))
	}
	if bmr, _, ok := p.Formula(); ok {
		s.BMR = &bmr
	}
	if p.FitnessNotes != nil {
		s.Notes = []string{*p.FitnessNotes}
	}
	return s
}

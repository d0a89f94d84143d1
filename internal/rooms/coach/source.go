package coach

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	openapi_types "github.com/oapi-codegen/runtime/types"

	api "github.com/ultimatecoach/api/gen/server"
)

// maxSources is how many records a reply names. The contract has the same number.
const maxSources = 50

// addSources adds records that are not there yet.
func addSources(to, more []api.CoachSource) []api.CoachSource {
	for _, s := range more {
		same := func(o api.CoachSource) bool {
			return o.Kind == s.Kind && o.URL != nil && s.URL != nil && *o.URL == *s.URL
		}
		if len(to) < maxSources && !slices.ContainsFunc(to, same) {
			to = append(to, s)
		}
	}
	return to
}

func sourceOf(kind api.CoachSourceKind, label, url string) api.CoachSource {
	return api.CoachSource{Kind: kind, Label: clip(label, 200), URL: &url}
}

func daySource(day time.Time) api.CoachSource {
	date := day.Format(time.DateOnly)
	s := sourceOf(api.CoachSourceKindDay, date, "/api/v1/days/"+date)
	s.Date = &openapi_types.Date{Time: day}
	return s
}

func foodSource(id uuid.UUID, name string) api.CoachSource {
	s := sourceOf(api.CoachSourceKindFood, name, fmt.Sprintf("/api/v1/nutrition/foods/%s", id))
	s.ID = &id
	return s
}

func mealSource(m api.Meal) api.CoachSource {
	label := string(m.MealType)
	if m.Name != nil {
		label = *m.Name
	}
	s := sourceOf(api.CoachSourceKindMeal, label, fmt.Sprintf("/api/v1/nutrition/meals/%s", m.ID))
	s.ID, s.Date = &m.ID, &m.LocalDate
	return s
}

func activitySource(a api.Activity) api.CoachSource {
	label := string(a.Category)
	if a.Name != nil {
		label = *a.Name
	}
	s := sourceOf(api.CoachSourceKindActivity, label, fmt.Sprintf("/api/v1/activities/%s", a.ID))
	s.ID, s.Date = &a.ID, &a.LocalDate
	return s
}

func trendSource(from, to time.Time) api.CoachSource {
	days := fmt.Sprintf("from=%s&to=%s", from.Format(time.DateOnly), to.Format(time.DateOnly))
	return sourceOf(api.CoachSourceKindTrend, from.Format(time.DateOnly)+" – "+to.Format(time.DateOnly), "/api/v1/body/trend?"+days)
}

func profileSource() api.CoachSource {
	return sourceOf(api.CoachSourceKindProfile, "profile", "/api/v1/users/me")
}

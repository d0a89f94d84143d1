package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	api "github.com/ultimatecoach/api/gen/client"
)

// errand is a request whose round trips are counted. In path and body, MEAL, ITEM, DAY, FOOD and SERVING stand for what was
// made for it just before, and NEXT for the day after.
type errand struct {
	method, path, body string
	keyed              bool // with an Idempotency-Key
	note               string
}

func (o errand) String() string {
	s := o.method + " " + strings.NewReplacer("MEAL", "{id}", "FOOD", "{id}", "ITEM", "{item_id}", "SERVING", "{serving_id}", "DAY", "{date}").Replace(strings.TrimPrefix(o.path, "/api/v1"))
	if o.note != "" {
		s += ", " + o.note
	}
	if o.keyed {
		s += ", with a key"
	}
	return s
}

// most is the budget: reads are one trip; a write may look, write, and record its answer.
func (o errand) most() int64 {
	if o.method == http.MethodGet || strings.HasSuffix(o.path, "/preview") {
		return 1
	}
	return 3
}

const (
	meals = "/api/v1/nutrition/meals"
	food  = "/api/v1/nutrition/foods"
	days  = "/api/v1/nutrition/days"

	oneItem = `{"kind":"grams","food_id":"FOOD","grams":100}`
	oneFood = `{"name":"Oats","per_100g":{"calories":370,"protein_g":13,"carbs_g":59,"fat_g":7},"servings":[{"label":"bowl","grams":60}]}`
)

func mealOf(items int, moment string) string {
	return fmt.Sprintf(`{"meal_type":"lunch"%s,"items":[%s]}`, moment, strings.Join(slices.Repeat([]string{oneItem}, items), ","))
}

var tripsOf = append([]errand{
	{method: http.MethodGet, path: "/api/v1/users/me"},
	{method: http.MethodGet, path: "/api/v1/auth/sessions"},
	{method: http.MethodPost, path: "/api/v1/users/me/targets/preview", body: `{"primary_goal": "maintain"}`},
	{method: http.MethodPatch, path: "/api/v1/users/me", body: `{"primary_goal": "maintain"}`},

	{method: http.MethodGet, path: food + "/search?q=oats"},
	{method: http.MethodGet, path: food + "/recent"},
	{method: http.MethodGet, path: food + "/favorites"},
	{method: http.MethodGet, path: food + "/FOOD"},
	{method: http.MethodGet, path: meals},
	{method: http.MethodGet, path: meals + "/MEAL"},
	{method: http.MethodGet, path: days + "/today"},
	{method: http.MethodGet, path: days + "?from=2026-01-01&to=2026-03-31"},

	{method: http.MethodPatch, path: meals + "/MEAL", body: `{"name":"Lunch"}`},
	{method: http.MethodDelete, path: meals + "/MEAL"},
	{method: http.MethodPatch, path: meals + "/MEAL/items/ITEM", body: `{"grams":150}`},
	{method: http.MethodDelete, path: meals + "/MEAL/items/ITEM"},
	{method: http.MethodPatch, path: food + "/custom/FOOD", body: `{"name":"Porridge"}`},
	{method: http.MethodPatch, path: food + "/custom/FOOD/servings/SERVING", body: `{"grams":70,"is_default":true}`},
	{method: http.MethodDelete, path: food + "/custom/FOOD/servings/SERVING"},
	{method: http.MethodDelete, path: food + "/custom/FOOD"},
	{method: http.MethodPut, path: food + "/FOOD/favorite"},
	{method: http.MethodDelete, path: food + "/FOOD/favorite"},
}, withAndWithout(
	errand{method: http.MethodPost, path: meals, body: mealOf(1, ""), note: "1 item"},
	errand{method: http.MethodPost, path: meals, body: mealOf(15, ""), note: "15 items"},
	errand{method: http.MethodPost, path: meals, body: mealOf(50, ""), note: "50 items"},
	errand{method: http.MethodPost, path: meals + "/MEAL/items", body: `{"items":[` + oneItem + `]}`},
	errand{method: http.MethodPost, path: meals + "/MEAL/items/ITEM/refresh", body: `{}`},
	errand{method: http.MethodPost, path: meals + "/MEAL/items/ITEM/refresh", body: `{"apply":true}`, note: "applied"},
	errand{method: http.MethodPost, path: meals + "/MEAL/copy", body: `{"date":"NEXT"}`},
	errand{method: http.MethodPost, path: meals + "/MEAL/restore"},
	errand{method: http.MethodPost, path: days + "/DAY/copy", body: `{"to":"NEXT"}`},
	errand{method: http.MethodPost, path: food + "/custom", body: oneFood},
	errand{method: http.MethodPost, path: food + "/custom/FOOD/servings", body: `{"label":"cup","grams":30,"is_default":true}`},
)...)

func withAndWithout(ops ...errand) []errand {
	var all []errand
	for _, op := range ops {
		keyed := op
		keyed.keyed = true
		all = append(all, op, keyed)
	}
	return all
}

// countEach answers how many round trips each of tripsOf took, once its statements are prepared.
func countEach(handler http.Handler, t *trips, token string) ([]int64, error) {
	asks := func(method, path, body, key string) ([]byte, error) {
		r := httptest.NewRequest(method, path, strings.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+token)
		if body != "" {
			r.Header.Set("Content-Type", "application/json")
		}
		if key != "" {
			r.Header.Set("Idempotency-Key", key)
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code < 200 || w.Code > 299 {
			return nil, fmt.Errorf("%s %s: %d %s", method, path, w.Code, w.Body)
		}
		return w.Body.Bytes(), nil
	}
	made := func(into any, path, body string) error {
		answer, err := asks(http.MethodPost, path, body, "")
		if err != nil {
			return err
		}
		return json.Unmarshal(answer, into)
	}
	counts := make([]int64, len(tripsOf))
	day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i, op := range tripsOf {
		for range 2 { // the first time prepares
			day = day.AddDate(0, 0, 2) // a day has room for 100 meals
			var f api.Food
			if err := made(&f, food+"/custom", oneFood); err != nil {
				return nil, err
			}
			names := []string{
				"FOOD", f.ID.String(), "SERVING", f.Servings[0].ID.String(),
				"DAY", day.Format(time.DateOnly), "NEXT", day.AddDate(0, 0, 1).Format(time.DateOnly),
			}
			if strings.Contains(op.path, "/meals/") || strings.HasPrefix(op.path, days) {
				var m api.Meal
				if err := made(&m, meals, strings.NewReplacer(names...).Replace(mealOf(1, `,"eaten_at":"DAYT12:00:00Z"`))); err != nil {
					return nil, err
				}
				names = append(names, "MEAL", m.ID.String(), "ITEM", m.Items[0].ID.String())
			}
			fill, key := strings.NewReplacer(names...), ""
			if op.keyed {
				key = uuid.NewString()
			}
			before := t.count.Load()
			if _, err := asks(op.method, fill.Replace(op.path), fill.Replace(op.body), key); err != nil {
				return nil, err
			}
			counts[i] = t.count.Load() - before
		}
	}
	return counts, nil
}

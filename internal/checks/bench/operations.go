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

// countedOperation is a request whose round trips to the database are counted. Its path and body name, in capitals, what is created
// for it just before: MEAL, ITEM, DAY, FOOD and SERVING; NEXT is the day after DAY.
type countedOperation struct {
	method, path, body string
	keyed              bool // with an Idempotency-Key
	note               string
}

func (o countedOperation) String() string {
	s := o.method + " " + strings.NewReplacer("MEAL", "{id}", "FOOD", "{id}", "ITEM", "{item_id}", "SERVING", "{serving_id}", "DAY", "{date}").
		Replace(strings.TrimPrefix(o.path, "/api/v1"))
	if o.note != "" {
		s += ", " + o.note
	}
	if o.keyed {
		s += ", with a key"
	}
	return s
}

// budget is how many round trips are allowed: one for a read; three for a write (read, write, record the idempotent response).
func (o countedOperation) budget() int64 {
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

var countedOperations = append([]countedOperation{
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
}, withAndWithoutKey(
	countedOperation{method: http.MethodPost, path: meals, body: mealOf(1, ""), note: "1 item"},
	countedOperation{method: http.MethodPost, path: meals, body: mealOf(15, ""), note: "15 items"},
	countedOperation{method: http.MethodPost, path: meals, body: mealOf(50, ""), note: "50 items"},
	countedOperation{method: http.MethodPost, path: meals + "/MEAL/items", body: `{"items":[` + oneItem + `]}`},
	countedOperation{method: http.MethodPost, path: meals + "/MEAL/items/ITEM/refresh", body: `{}`},
	countedOperation{method: http.MethodPost, path: meals + "/MEAL/items/ITEM/refresh", body: `{"apply":true}`, note: "applied"},
	countedOperation{method: http.MethodPost, path: meals + "/MEAL/copy", body: `{"date":"NEXT"}`},
	countedOperation{method: http.MethodPost, path: meals + "/MEAL/restore"},
	countedOperation{method: http.MethodPost, path: days + "/DAY/copy", body: `{"to":"NEXT"}`},
	countedOperation{method: http.MethodPost, path: food + "/custom", body: oneFood},
	countedOperation{method: http.MethodPost, path: food + "/custom/FOOD/servings", body: `{"label":"cup","grams":30,"is_default":true}`},
)...)

func withAndWithoutKey(ops ...countedOperation) []countedOperation {
	var all []countedOperation
	for _, op := range ops {
		keyed := op
		keyed.keyed = true
		all = append(all, op, keyed)
	}
	return all
}

// client calls a handler in this process as one person.
type client struct {
	handler http.Handler
	token   string
}

func (c client) send(method, path, body, key string) ([]byte, error) {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+c.token)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	if w.Code < 200 || w.Code > 299 {
		return nil, fmt.Errorf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	return w.Body.Bytes(), nil
}

func (c client) create(into any, path, body string) error {
	response, err := c.send(http.MethodPost, path, body, "")
	if err != nil {
		return err
	}
	return json.Unmarshal(response, into)
}

// prepare creates what an operation on that day needs, and returns a replacer of the names in its path and body.
func (c client) prepare(op countedOperation, day time.Time) (*strings.Replacer, error) {
	var f api.Food
	if err := c.create(&f, food+"/custom", oneFood); err != nil {
		return nil, err
	}
	names := []string{
		"FOOD", f.ID.String(), "SERVING", f.Servings[0].ID.String(),
		"DAY", day.Format(time.DateOnly), "NEXT", day.AddDate(0, 0, 1).Format(time.DateOnly),
	}
	if strings.Contains(op.path, "/meals/") || strings.HasPrefix(op.path, days) {
		var m api.Meal
		if err := c.create(&m, meals, strings.NewReplacer(names...).Replace(mealOf(1, `,"eaten_at":"DAYT12:00:00Z"`))); err != nil {
			return nil, err
		}
		names = append(names, "MEAL", m.ID.String(), "ITEM", m.Items[0].ID.String())
	}
	return strings.NewReplacer(names...), nil
}

// countEach returns how many round trips each of countedOperations takes once its statements are prepared.
func countEach(handler http.Handler, t *tripCounter, token string) ([]int64, error) {
	c := client{handler, token}
	counts := make([]int64, len(countedOperations))
	day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i, op := range countedOperations {
		for range 2 { // the first run prepares the statements
			day = day.AddDate(0, 0, 2) // other days: a day holds at most 100 meals
			names, err := c.prepare(op, day)
			if err != nil {
				return nil, err
			}
			key := ""
			if op.keyed {
				key = uuid.NewString()
			}
			before := t.count.Load()
			if _, err := c.send(op.method, names.Replace(op.path), names.Replace(op.body), key); err != nil {
				return nil, err
			}
			counts[i] = t.count.Load() - before
		}
	}
	return counts, nil
}

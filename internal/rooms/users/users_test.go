package users_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/server"
)

// patch sends a PATCH body unchanged, because the generated type cannot express invalid bodies.
func patch(t *testing.T, p *apitest.Person, body string) (int, string) {
	t.Helper()
	r, err := p.UpdateMeWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	return r.StatusCode(), string(r.Body)
}

func me(t *testing.T, p *apitest.Person) (*api.Me, string) {
	t.Helper()
	r, err := p.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	return r.JSON200, r.HTTPResponse.Header.Get("ETag")
}

func value[T any](v T) nullable.Nullable[T] { return nullable.NewNullableWithValue(v) }

// complete returns all inputs of targets: the 30-year-old man of the golden vectors.
func complete() api.MePatch {
	return api.MePatch{
		BirthDate:     value(openapi_types.Date{Time: time.Now().UTC().AddDate(-30, 0, -1)}),
		BiologicalSex: value(api.BiologicalSexMale), HeightCm: value(180.0), CurrentWeightKg: value(80.0),
		PrimaryGoal: value(api.GoalLoseWeight), ActivityLevel: value(api.ActivityLevelModeratelyActive),
	}
}

func update(t *testing.T, p *apitest.Person, patch api.MePatch) *api.MeUpdated {
	t.Helper()
	r, err := p.UpdateMeWithResponse(t.Context(), nil, patch)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	return r.JSON200
}

func TestGetMe_NewUser_HasDefaultsAndNoTargets(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	got, tag := me(t, p)
	require.Equal(t, p.ID, got.ID)
	require.Equal(t, p.Email, got.Email)
	require.Equal(t, "Ann A", *got.FullName)
	require.Equal(t, "UTC", got.Timezone)
	require.Equal(t, []string{}, got.FoodAllergies)
	require.False(t, got.OnboardingCompleted)
	require.Nil(t, got.Targets)
	require.Nil(t, got.Age)
	require.NotEmpty(t, tag)
}

func TestGetMe_CurrentETag_Returns304(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	_, tag := me(t, p)
	for header, want := range map[string]int{
		tag: http.StatusNotModified, "W/" + tag: http.StatusNotModified, "*": http.StatusNotModified,
		`"x", ` + tag: http.StatusNotModified, `"x"`: http.StatusOK,
	} {
		r, err := p.GetMeWithResponse(t.Context(), &api.GetMeParams{IfNoneMatch: &header})
		require.NoError(t, err)
		require.Equal(t, want, r.StatusCode(), header)
		require.Equal(t, tag, r.HTTPResponse.Header.Get("ETag"))
	}
}

func TestUpdateMe_LastMissingInput_ComputesTargets(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	incomplete := complete()
	incomplete.ActivityLevel = nil
	require.Nil(t, update(t, p, incomplete).TargetsChange, "an input is missing yet")

	got := update(t, p, api.MePatch{ActivityLevel: value(api.ActivityLevelModeratelyActive)})
	require.True(t, got.OnboardingCompleted)
	require.Equal(t, 30, *got.Age)
	require.Equal(t, 2259, got.Targets.Calories)
	require.Equal(
		t,
		[]int{176, 231, 70, 1780, 2759},
		[]int{got.Targets.ProteinG, got.Targets.CarbsG, got.Targets.FatG, *got.Targets.BMR, *got.Targets.TDEE},
	)
	require.Nil(t, got.TargetsChange.Before)
	require.Equal(t, got.Targets, got.TargetsChange.After)
	require.Equal(t, "activity_level_changed", got.TargetsChange.Reasons[0].Code)

	again, _ := me(t, p)
	require.Equal(t, got.Targets, again.Targets, "getMe returns the same targets")
}

func TestUpdateMe_OtherFields_KeepTargets(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	before := update(t, p, complete())
	got := update(t, p, api.MePatch{Language: new("de-AT"), Timezone: new("Pacific/Kiritimati"), CurrentWeightKg: value(80.0)})
	require.Nil(t, got.TargetsChange)
	require.Equal(t, before.Targets, got.Targets)
	require.Equal(t, "de-AT", got.Language)
}

func TestUpdateMe_InputCleared_RemovesTargets(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	before := update(t, p, complete())
	got := update(t, p, api.MePatch{HeightCm: nullable.NewNullNullable[float64]()})
	require.Nil(t, got.Targets)
	require.Nil(t, got.HeightCm)
	require.False(t, got.OnboardingCompleted)
	require.Equal(t, before.Targets, got.TargetsChange.Before)
	require.Nil(t, got.TargetsChange.After)
	require.Equal(t, []api.Reason{{Code: "height_cm_changed", Message: "Your height changed."}}, got.TargetsChange.Reasons)
}

func TestUpdateMe_CustomTargets_StayUntilCleared(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	mine := api.CustomTargets{Calories: 2000, ProteinG: 150, CarbsG: 200, FatG: 65}
	alone := update(t, p, api.MePatch{CustomTargets: value(mine)})
	require.Equal(t, api.TargetsSourceCustom, alone.Targets.Source)
	require.Nil(t, alone.Targets.BMR, "nothing is known of the body yet")

	withBody := update(t, p, complete())
	require.Equal(t, 2000, withBody.Targets.Calories, "targets set by hand are kept")
	require.Equal(t, 1780, *withBody.Targets.BMR)

	back := update(t, p, api.MePatch{CustomTargets: nullable.NewNullNullable[api.CustomTargets]()})
	require.Equal(t, api.TargetsSourceComputed, back.Targets.Source)
	require.Equal(t, 2259, back.Targets.Calories)
	require.Equal(t, "custom_targets_cleared", back.TargetsChange.Reasons[0].Code)
}

func TestUpdateMe_MergesAsJSONMergePatch(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	status, body := patch(
		t,
		p,
		`{"fitness_notes":"Bad left knee 🦵 \u200fركبة","food_allergies":["peanuts"],"sleep_hours":7.5,"cooks_regularly":true,"workout_frequency":4.0,"stress_level":"low","secondary_goal":"maintain","meals_per_day":5e0}`,
	)
	require.Equal(t, http.StatusOK, status, body)
	status, body = patch(t, p, `{"sleep_hours":null,"full_name":null}`)
	require.Equal(t, http.StatusOK, status, body)
	got, _ := me(t, p)
	require.Equal(t, "Bad left knee 🦵 \u200fركبة", *got.FitnessNotes)
	require.Equal(t, []string{"peanuts"}, got.FoodAllergies)
	require.Equal(t, 4, *got.WorkoutFrequency)
	require.Equal(t, 5, got.MealsPerDay)
	require.True(t, *got.CooksRegularly)
	require.Nil(t, got.SleepHours)
	require.Nil(t, got.FullName)
}

func TestUpdateMe_Text_IsTrimmed(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	require.Equal(t, "Ann B", *update(t, p, api.MePatch{FullName: value("  Ann B\t")}).FullName)
	require.Nil(t, update(t, p, api.MePatch{FullName: value("   ")}).FullName, "as at signup")
	require.Equal(t, "Bad left knee", *update(t, p, api.MePatch{FitnessNotes: value(" Bad left knee\n")}).FitnessNotes)
	require.Nil(t, update(t, p, api.MePatch{FitnessNotes: value("   ")}).FitnessNotes)
}

func TestUpdateMe_NoChange_KeepsTheVersion(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	update(t, p, complete())
	before, tag := me(t, p)
	update(t, p, complete())
	after, same := me(t, p)
	require.Equal(t, tag, same)
	require.Equal(t, before, after)
}

func TestUpdateMe_Numbers_AreRounded(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	got := update(t, p, api.MePatch{HeightCm: value(175.26004), CurrentWeightKg: value(80.006), SleepHours: value(7.26)})
	require.Equal(t, []float64{175.26, 80.01, 7.3}, []float64{*got.HeightCm, *got.CurrentWeightKg, *got.SleepHours})
}

func TestUpdateMe_InvalidInput_NamesTheFieldAndWritesNothing(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	_, before := me(t, p)
	tomorrow := time.Now().UTC().AddDate(0, 0, 2).Format(time.DateOnly)
	for body, want := range map[string]struct {
		status      int
		field, code string
	}{
		`{"heigth_cm":180}`:            {400, "heigth_cm", "unknown_field"},
		`{"Height_cm":180}`:            {400, "Height_cm", "unknown_field"},
		`{"age":30}`:                   {400, "age", "unknown_field"},
		`{"email":"a@example.com"}`:    {400, "email", "unknown_field"},
		`{"height_cm":"180"}`:          {400, "height_cm", "wrong_type"},
		`{"height_cm":99.9}`:           {400, "height_cm", "too_small"},
		`{"height_cm":1e308}`:          {400, "height_cm", "too_large"},
		`{"meals_per_day":2.5}`:        {400, "meals_per_day", "wrong_type"},
		`{"meals_per_day":null}`:       {400, "meals_per_day", "wrong_type"},
		`{"biological_sex":"other"}`:   {400, "biological_sex", "not_allowed"},
		`{"birth_date":"2026-02-30"}`:  {400, "birth_date", "wrong_format"},
		`{"birth_date":"17.5.1996"}`:   {400, "birth_date", "wrong_format"},
		`{"food_allergies":[1]}`:       {400, "food_allergies[0]", "wrong_type"},
		`{"food_allergies":"peanuts"}`: {400, "food_allergies", "wrong_type"},
		`{"fitness_notes":"a\u0000b"}`: {400, "fitness_notes", "nul_character"},
		`{"fitness_notes":"` + strings.Repeat("é", 10_000) + `"}`:        {400, "fitness_notes", "too_long"},
		`{"custom_targets":{"calories":1199,"protein_g":1,"carbs_g":1}}`: {400, "custom_targets.calories", "too_small"},
		`{"custom_targets":{"calories":1200,"protein_g":1,"carbs_g":1}}`: {400, "custom_targets.fat_g", "required"},
		`{}`:                                 {400, "", "too_few"},
		`[]`:                                 {400, "", "wrong_type"},
		`{"timezone":"Mars/Olympus"}`:        {422, "timezone", "unknown_timezone"},
		`{"timezone":"localtime"}`:           {422, "timezone", "unknown_timezone"},
		`{"timezone":"right/Europe/Berlin"}`: {422, "timezone", "unknown_timezone"},
		`{"timezone":"Local"}`:               {422, "timezone", "unknown_timezone"},
		`{"timezone":"../../etc/passwd"}`:    {422, "timezone", "unknown_timezone"},
		`{"language":"xx-yyyyyyyyyyyy"}`:     {422, "language", "unknown_language"},
		`{"birth_date":"` + tomorrow + `"}`:  {422, "birth_date", "in_the_future"},
		`{"birth_date":"2024-01-01"}`:        {422, "birth_date", "too_young"},
		`{"birth_date":"1890-01-01"}`:        {422, "birth_date", "too_old"},
		`{"birth_date":"0000-01-01"}`:        {422, "birth_date", "too_old"},
		`{"primary_goal":"maintain","secondary_goal":"maintain"}`: {422, "secondary_goal", "same_as_primary_goal"},
	} {
		status, answer := patch(t, p, body)
		require.Equal(t, want.status, status, "%s: %s", body, answer)
		var problem api.Problem
		require.NoError(t, json.Unmarshal([]byte(answer), &problem))
		var fields []string
		for _, e := range problem.Errors {
			fields = append(fields, e.Field+" "+e.Code)
		}
		require.Contains(t, fields, want.field+" "+want.code, "%s: %s", body, answer)
	}
	_, after := me(t, p)
	require.Equal(t, before, after)
}

func TestUpdateMe_MalformedBody_Returns400(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	for body, code := range map[string]string{
		"": "malformed_json", " \n": "malformed_json", "{": "malformed_json", `{"language":"en"} x`: "malformed_json",
		`{"language":"en","language":"de"}`:                       "malformed_json",
		`{"fitness_notes":"\ud800"}`:                              "malformed_json",
		`{"fitness_notes":"\udc00\ud800"}`:                        "malformed_json",
		"{\"fitness_notes\":\"\xff\"}":                            "malformed_json",
		`{"height_cm":1e999999999}`:                               "malformed_json",
		`{"height_cm":1e-999999999}`:                              "malformed_json",
		`{"height_cm":NaN}`:                                       "malformed_json",
		`{"height_cm":0x10}`:                                      "malformed_json",
		strings.Repeat(`{"a":`, 5000) + strings.Repeat("}", 5000): "malformed_json",
		strings.Repeat("[", 100_000):                              "malformed_json",
	} {
		status, answer := patch(t, p, body)
		require.Equal(t, http.StatusBadRequest, status, answer)
		require.Contains(t, answer, `"`+code+`"`, "%.60q", body)
	}
	status, answer := patch(t, p, `{"fitness_notes":"\ud83e\uddb5 \\ud800"}`)
	require.Equal(
		t,
		http.StatusOK,
		status,
		"a pair of surrogates, and an escaped backslash before something that looks like one: %s",
		answer,
	)
}

func TestUpdateMe_StaleIfMatch_Returns412(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	_, first := me(t, p)
	try := func(tag string, meals int) *api.UpdateMeResponse {
		r, err := p.UpdateMeWithResponse(t.Context(), &api.UpdateMeParams{IfMatch: &tag}, api.MePatch{MealsPerDay: &meals})
		require.NoError(t, err)
		return r
	}
	won := try(first, 4)
	require.Equal(t, http.StatusOK, won.StatusCode())
	second := won.HTTPResponse.Header.Get("ETag")
	require.NotEqual(t, first, second)
	for _, stale := range []string{first, `"x"`, "W/" + second, "7", `""`} {
		require.Equal(t, http.StatusPreconditionFailed, try(stale, 5).StatusCode(), stale)
	}
	require.Equal(t, http.StatusOK, try(first+`, `+second, 5).StatusCode())
	require.Equal(t, http.StatusOK, try("*", 6).StatusCode())
	got, _ := me(t, p)
	require.Equal(t, 6, got.MealsPerDay)
}

func TestUpdateMe_ManyAtOnce_LoseNothing(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	patches := []string{
		`{"height_cm":181}`,
		`{"current_weight_kg":81}`,
		`{"goal_weight_kg":71}`,
		`{"sleep_hours":8}`,
		`{"meals_per_day":4}`,
		`{"language":"fr"}`,
		`{"timezone":"Asia/Tokyo"}`,
		`{"unit_system":"imperial"}`,
		`{"workout_frequency":3}`,
		`{"stress_level":"high"}`,
	}
	var wg sync.WaitGroup
	for _, body := range patches {
		wg.Go(func() {
			status, answer := patch(t, p, body)
			if status != http.StatusOK {
				t.Errorf("%s: %s", body, answer)
			}
		})
	}
	wg.Wait()
	got, _ := me(t, p)
	require.Equal(
		t,
		[]any{181.0, 81.0, 71.0, 8.0, 4, "fr", "Asia/Tokyo", api.UnitSystemImperial, 3, api.StressLevelHigh},
		[]any{
			*got.HeightCm,
			*got.CurrentWeightKg,
			*got.GoalWeightKg,
			*got.SleepHours,
			got.MealsPerDay,
			got.Language,
			got.Timezone,
			got.UnitSystem,
			*got.WorkoutFrequency,
			*got.StressLevel,
		},
	)
}

func TestETag_ChangesOnTheBirthday(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	now := time.Date(2026, 5, 16, 21, 59, 0, 0, time.UTC) // 23:59 in Berlin
	a := apitest.New(t, apitest.Setup{Server: func(o *server.Options) {
		o.Now = func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
	}})
	p := a.Person(t)
	update(
		t,
		p,
		api.MePatch{
			BirthDate: value(openapi_types.Date{Time: time.Date(1996, 5, 17, 0, 0, 0, 0, time.UTC)}),
			Timezone:  new("Europe/Berlin"),
		},
	)
	before, first := me(t, p)
	mu.Lock()
	now = now.Add(2 * time.Minute)
	mu.Unlock()
	after, second := me(t, p)
	require.Equal(t, []int{29, 30}, []int{*before.Age, *after.Age}, "the birthday starts at midnight in the user's zone")
	require.NotEqual(t, first, second, "the ETag changes with the age")
	require.Equal(t, before.UpdatedAt, after.UpdatedAt)
}

func TestPreviewTargets_StoresNothing(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	r, err := p.PreviewTargetsWithResponse(t.Context(), api.TargetsPreviewRequest{HeightCm: new(180.0)})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	require.Nil(t, r.JSON200.Targets)
	require.Equal(
		t,
		[]api.TargetsPreviewMissing{"birth_date", "biological_sex", "current_weight_kg", "primary_goal", "activity_level"},
		r.JSON200.Missing,
	)

	update(t, p, complete())
	_, before := me(t, p)
	r, err = p.PreviewTargetsWithResponse(t.Context(), api.TargetsPreviewRequest{PrimaryGoal: new(api.GoalMaintain)})
	require.NoError(t, err)
	require.Empty(t, r.JSON200.Missing)
	require.Equal(t, 2759, r.JSON200.Targets.Calories)
	got, after := me(t, p)
	require.Equal(t, before, after)
	require.Equal(t, 2259, got.Targets.Calories)

	r, err = p.PreviewTargetsWithResponse(t.Context(), api.TargetsPreviewRequest{BirthDate: &openapi_types.Date{Time: time.Now()}})
	require.NoError(t, err)
	require.Equal(t, http.StatusUnprocessableEntity, r.StatusCode())
}

func TestDeleteMe_DeletesAllRowsAndSessions(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	elsewhere := p.SignIn(t)

	stale, err := p.DeleteMeWithResponse(t.Context(), &api.DeleteMeParams{IfMatch: new(`"0-0"`)})
	require.NoError(t, err)
	require.Equal(t, http.StatusPreconditionFailed, stale.StatusCode())

	r, err := p.DeleteMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, r.StatusCode(), string(r.Body))
	require.Empty(t, p.Cookie(t, "access_token"), "the cookies are cleared")

	gone, err := elsewhere.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusUnauthorized, gone.StatusCode(), "a token that has not expired is refused at once")
	for _, table := range []string{"public.profiles where id", "auth.users where id", "auth.sessions where user_id", "auth.identities where user_id"} {
		var rows int
		require.NoError(t, a.Database.Owner.QueryRow(t.Context(), "select count(*) from "+table+" = $1", p.ID).Scan(&rows))
		require.Zero(t, rows, table)
	}
	again, err := a.Client(t).SignupWithResponse(t.Context(), api.SignupRequest{Email: p.Email, Password: p.Password})
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, again.StatusCode(), "the address is free again")
	require.NotEqual(t, p.ID, again.JSON201.User.ID)
}

func TestDeleteMe_TwiceAtOnce_Returns204Or401(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	for range 5 {
		p := a.Person(t)
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				r, err := p.DeleteMeWithResponse(t.Context(), nil)
				if err != nil || r.StatusCode() != http.StatusNoContent && r.StatusCode() != http.StatusUnauthorized {
					t.Errorf("%v %s", err, r.Body)
				}
			})
		}
		wg.Wait()
	}
}

// A writer that has a row of the person, and then adds one, waits for the deletion, which waits for the writer.
func TestDeleteMe_DeadlockWithAWriter_IsTriedAgain(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	const add = `insert into public.water_entries (user_id, amount_ml, drunk_at, local_date, timezone) values ($1, 1, now(), current_date, 'UTC')`
	_, err := a.Database.Owner.Exec(t.Context(), add, p.ID)
	require.NoError(t, err)
	writer, err := a.Database.Owner.Begin(t.Context())
	require.NoError(t, err)
	defer writer.Rollback(t.Context()) //nolint:errcheck // committed, or the one that Postgres has ended
	var pid int
	require.NoError(t, writer.QueryRow(t.Context(), `
		update public.water_entries set amount_ml = 2 where user_id = $1 returning pg_backend_pid()`, p.ID).Scan(&pid))
	status := make(chan int)
	go func() {
		r, err := p.DeleteMeWithResponse(t.Context(), nil)
		if err != nil {
			t.Error(err)
		}
		status <- r.StatusCode()
	}()
	require.Eventually(t, func() bool {
		var waits bool
		err := a.Database.Owner.QueryRow(t.Context(), `
			select exists (select from pg_stat_activity s where $1 = any(pg_blocking_pids(s.pid)))`, pid).Scan(&waits)
		return err == nil && waits
	}, time.Minute, time.Millisecond)
	if _, err = writer.Exec(t.Context(), add, p.ID); err == nil {
		require.NoError(t, writer.Commit(t.Context()))
	} else {
		require.NoError(t, writer.Rollback(t.Context()))
	}
	require.Equal(t, http.StatusNoContent, <-status)
}

func TestUpdateMe_NamesOfInvisibleCharacters_AreBlank(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	for field, body := range map[string]string{
		"full_name":         `{"full_name":"\u200b"}`,
		"food_allergies[1]": `{"food_allergies":["peanuts","\u2060&nbsp;"]}`,
		"foods_to_avoid[0]": `{"foods_to_avoid":["\u3164"]}`,
	} {
		r, err := p.UpdateMeWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(body))
		require.NoError(t, err)
		require.Equal(t, http.StatusUnprocessableEntity, r.StatusCode(), "%s: %s", body, r.Body)
		require.Equal(t, field, r.ApplicationProblemJSON422.Errors[0].Field)
		require.Equal(t, "blank", r.ApplicationProblemJSON422.Errors[0].Code)
	}
	require.Equal(t, "Ann & Bob", *update(t, p, api.MePatch{FullName: value("Ann &amp;\u00a0Bob\u200b")}).FullName)
}

func TestGetMe_OtherUser_ReturnsOwnProfile(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	one, other := a.Person(t), a.Person(t)
	update(t, one, complete())
	seen, err := other.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, other.ID, seen.JSON200.ID)
	require.False(t, bytes.Contains(seen.Body, []byte(one.Email)))
}

func TestDeleteMe_ErasesTheAuditLogOfSupabaseAuth(t *testing.T) {
	t.Parallel()
	database := dbtest.New(t)
	_, err := database.Owner.Exec(t.Context(), `
		create table if not exists auth.audit_log_entries (instance_id uuid, id uuid primary key, payload json, created_at timestamptz, ip_address varchar(64) not null default '')`)
	require.NoError(t, err)
	a := apitest.New(t, apitest.Setup{Database: &database})
	p, other := a.Person(t), a.Person(t)
	for _, payload := range []map[string]any{
		{"action": "login", "actor_id": p.ID, "actor_username": p.Email},
		{"action": "user_deleted", "actor_id": uuid.Nil, "actor_username": "service_role", "traits": map[string]any{"user_id": p.ID, "user_email": p.Email}},
		{"action": "user_recovery_requested", "actor_id": uuid.New(), "actor_username": strings.ToUpper(p.Email)},
		{"action": "login", "actor_id": other.ID, "actor_username": other.Email},
	} {
		_, err := database.Owner.Exec(
			t.Context(),
			`insert into auth.audit_log_entries (id, payload) values (gen_random_uuid(), $1)`,
			payload,
		)
		require.NoError(t, err)
	}
	r, err := p.DeleteMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, r.StatusCode(), string(r.Body))
	require.Eventually(t, func() bool {
		var left string
		err := database.Owner.QueryRow(t.Context(), `select coalesce(string_agg(payload ->> 'actor_username', ','), '') from auth.audit_log_entries`).
			Scan(&left)
		return err == nil && left == other.Email
	}, time.Minute, 10*time.Millisecond)
}

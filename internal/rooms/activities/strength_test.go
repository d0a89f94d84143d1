package activities_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

// createExercise adds an own exercise.
func createExercise(t testing.TB, a *apitest.API, p *apitest.Person, fields string) api.Exercise {
	t.Helper()
	r, body := send(t, p, http.MethodPost, a.URL+activities+"/exercises", `{`+fields+`}`)
	require.Equal(t, http.StatusCreated, r.StatusCode, "%s", body)
	return read[api.Exercise](t, body)
}

// lift logs strength training on a day of November 2026 with one exercise; sets are JSON objects.
func lift(t testing.TB, a *apitest.API, p *apitest.Person, day int, exercise string, sets ...string) api.Activity {
	t.Helper()
	return logAt(t, a, p, day, 17, 0, 3600, `"category":"strength_training","metrics":`+strength(exercise, sets...))
}

func strength(exercise string, sets ...string) string {
	return `{"kind":"strength","exercises":[{` + exercise + `,"sets":[` + strings.Join(sets, ",") + `]}]}`
}

func history(t testing.TB, p *apitest.Person, exercise string) api.ExerciseHistory {
	t.Helper()
	r, err := p.GetExerciseHistoryWithResponse(t.Context(), exercise, nil)
	require.NoError(t, err)
	require.NotNil(t, r.JSON200, "%s", r.Body)
	return *r.JSON200
}

const squat = `"exercise_id":"Barbell_Squat","name":"Squat"`

func TestStrength_OneRepMax_IsEpleyUpToTenRepetitions(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	for set, want := range map[string]float64{
		`{"weight_kg":100,"reps":3}`:                 110,
		`{"weight_kg":100,"reps":5}`:                 116.667,
		`{"weight_kg":60,"reps":8}`:                  76,
		`{"weight_kg":100,"reps":10}`:                133.333,
		`{"weight_kg":80,"reps":12}`:                 0,
		`{"weight_kg":100,"reps":1}`:                 100, // not 103.3
		`{"weight_kg":100,"reps":191}`:               0,
		`{"weight_kg":100,"reps":3,"rir":2}`:         116.667,
		`{"weight_kg":100,"reps":3,"rpe":8}`:         116.667,
		`{"weight_kg":100,"reps":1,"rpe":10}`:        100,
		`{"weight_kg":100,"reps":8,"rir":3}`:         0,
		`{"weight_kg":0,"reps":5}`:                   0,
		`{"reps":5}`:                                 0,
		`{"weight_kg":100}`:                          0,
		`{"weight_kg":100,"reps":5,"type":"warmup"}`: 0,
		`{"weight_kg":100,"reps":5,"type":"drop"}`:   0,
	} {
		got := lift(t, a, p, 9, squat, set).Strength.Exercises[0].OneRmKg
		if want == 0 {
			require.Nil(t, got, set)
			continue
		}
		require.NotNil(t, got, set)
		require.Equal(t, want, *got, set)
	}
}

func TestStrength_Volume_CountsWhatTheLoadMeans(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a) // 80 kg
	for _, test := range []struct {
		exercise, set string
		volume        float64
	}{
		{squat, `{"reps":5,"weight_kg":100}`, 500},
		{squat, `{"reps":5,"weight_kg":100,"side":"each"}`, 1000},
		{squat, `{"reps":5,"weight_kg":100,"type":"drop"}`, 500},
		{`"name":"Pull-up","load_mode":"bodyweight"`, `{"reps":10}`, 800},
		{`"name":"Pull-up","load_mode":"bodyweight_plus"`, `{"reps":10,"weight_kg":20}`, 1000},
		{`"name":"Pull-up","load_mode":"assisted"`, `{"reps":10,"weight_kg":30}`, 500},
	} {
		made := lift(t, a, p, 9, test.exercise, test.set)
		require.Equal(t, test.volume, *made.Strength.VolumeKg, "%s %s", test.exercise, test.set)
		require.Zero(t, made.Strength.UnknownLoads)
	}
	warmUp := lift(t, a, p, 9, squat, `{"reps":5,"weight_kg":60,"type":"warmup"}`)
	require.Nil(t, warmUp.Strength.VolumeKg)
	band := lift(t, a, p, 9, `"name":"Row","load_mode":"band"`, `{"reps":5,"weight_kg":10}`)
	require.Nil(t, band.Strength.VolumeKg)
	require.Equal(t, 1, band.Strength.UnknownLoads)

	light := a.Person(t) // without a weight
	unknown := lift(t, a, light, 9, `"name":"Pull-up","load_mode":"bodyweight_plus"`, `{"reps":5,"weight_kg":20}`)
	require.Nil(t, unknown.Strength.Exercises[0].OneRmKg)
	require.Equal(t, 1, unknown.Strength.UnknownLoads)
}

func TestStrength_Records_FollowFromTheSets(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	lift(t, a, p, 9, squat, `{"reps":5,"weight_kg":100}`, `{"reps":5,"weight_kg":105}`)
	lift(t, a, p, 10, squat, `{"reps":5,"weight_kg":105}`, `{"reps":1,"weight_kg":200,"type":"warmup"}`)
	better := lift(t, a, p, 12, squat, `{"reps":3,"weight_kg":100}`, `{"reps":5,"weight_kg":110}`)

	kinds := func() (list []string) {
		for _, r := range history(t, p, "Barbell_Squat").Records {
			previous := "baseline"
			if r.Previous != nil {
				previous = fmt.Sprint(*r.Previous)
			}
			list = append(list, fmt.Sprintf("%s %s %v after %s", r.Date, r.Kind, r.Value, previous))
		}
		return list
	}
	baseline := []string{"2026-11-09 one_rm 122.5 after baseline", "2026-11-09 weight 105 after baseline"}
	require.Equal(t, append([]string{"2026-11-12 one_rm 128.333 after 122.5", "2026-11-12 weight 110 after 105"}, baseline...), kinds(),
		"an equal set is no record, a warm-up is none")
	require.Len(t, better.Strength.Records, 2)
	require.Equal(t, 1, better.Strength.Records[0].SetIndex, "the set that did it")

	// A correction and a deletion compute them again.
	patch(t, a, p, better.ID, `{"metrics":`+strength(squat, `{"reps":5,"weight_kg":90}`)+`}`)
	require.Equal(t, baseline, kinds())
	patch(t, a, p, better.ID, `{"metrics":`+strength(squat, `{"reps":5,"weight_kg":120}`)+`}`)
	require.Equal(t, "2026-11-12 one_rm 140 after 122.5", kinds()[0])
	url := a.URL + activities + "/" + better.ID.String()
	r, _ := send(t, p, http.MethodDelete, url, "")
	require.Equal(t, http.StatusNoContent, r.StatusCode)
	require.Equal(t, baseline, kinds())
	r, _ = send(t, p, http.MethodPost, url+"/restore", "")
	require.Equal(t, http.StatusOK, r.StatusCode)
	require.Equal(t, "2026-11-12 one_rm 140 after 122.5", kinds()[0])
	// Before the others it is the baseline that they do not beat.
	patch(t, a, p, better.ID, `{"started_at":"2026-11-01T17:00:00Z"}`)
	require.Equal(t, []string{"2026-11-01 one_rm 140 after baseline", "2026-11-01 weight 120 after baseline"}, kinds())
	patch(t, a, p, better.ID, `{"metrics":null}`)
	require.Equal(t, baseline, kinds())
}

func TestStrength_BodyWeight_CountsRepetitions(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	const pushUp = `"name":"Push  Up","load_mode":"bodyweight"`
	lift(t, a, p, 9, pushUp, `{"reps":20}`)
	lift(t, a, p, 10, `"name":"push up","load_mode":"bodyweight"`, `{"reps":25}`)
	h := history(t, p, "name:push up")
	require.Len(t, h.Data, 2, "one exercise, whatever the case and the spaces")
	require.Equal(t, "2026-11-10", h.Data[0].Date.String())
	require.Equal(t, api.RecordKindReps, h.Records[0].Kind)
	require.Equal(t, 25.0, h.Records[0].Value)
	require.Equal(t, 20.0, *h.Records[0].Previous)
}

func TestExercises_Own_AreFirstClass(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	dip := createExercise(t, a, p, `"name":" Ring  dip ","load_mode":"bodyweight_plus"`)
	require.Equal(t, "Ring dip", dip.Name)
	r, body := send(t, p, http.MethodPost, a.URL+activities+"/exercises", `{"name":"ring dip"}`)
	requireRefused(t, r, body, http.StatusConflict, "", "conflict")

	found, err := p.ListExercisesWithResponse(t.Context(), &api.ListExercisesParams{Q: new("dip"), Limit: new(3)})
	require.NoError(t, err)
	require.Len(t, found.JSON200.Data, 3)
	require.Equal(t, dip, found.JSON200.Data[0], "own ones come first")
	require.False(t, found.JSON200.Data[1].IsCustom)

	made := lift(t, a, p, 9, `"exercise_id":"`+dip.ID+`","name":"Ring dip"`, `{"reps":5,"weight_kg":20}`)
	require.Equal(t, 500.0, *made.Strength.VolumeKg, "its own load mode: 80 + 20 kg")
	require.Equal(t, dip, *history(t, p, dip.ID).Exercise)

	r, body = send(t, p, http.MethodDelete, a.URL+activities+"/exercises/"+dip.ID, "")
	require.Equal(t, http.StatusNoContent, r.StatusCode, "%s", body)
	require.Len(t, history(t, p, dip.ID).Data, 1, "what was logged stays")
	later := patch(t, a, p, made.ID, `{"started_at":"2026-11-10T17:00:00Z"}`)
	require.Equal(t, 500.0, *later.Strength.VolumeKg, "and can be moved")
	for _, id := range []string{dip.ID, "Nothing", uuid.NewString()} {
		r, body = send(t, p, http.MethodPost, a.URL+activities,
			`{"category":"strength_training","started_at":"2026-11-23T07:00:00Z","elapsed_s":600,"metrics":`+
				strength(`"exercise_id":"`+id+`","name":"?"`, `{"reps":5}`)+`}`)
		requireRefused(t, r, body, http.StatusUnprocessableEntity, "metrics.exercises[0].exercise_id", "unknown_exercise")
	}
	r, body = send(t, p, http.MethodGet, a.URL+activities+"/exercises/Nothing/history", "")
	requireRefused(t, r, body, http.StatusNotFound, "", "exercise_not_found")
}

func TestDeleteExercise_ThenRestore_BringsItBack(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	dip := createExercise(t, a, p, `"name":"Ring dip","notes":"Slowly"`)
	url := a.URL + activities + "/exercises/" + dip.ID
	r, body := send(t, p, http.MethodDelete, url, "")
	require.Equal(t, http.StatusNoContent, r.StatusCode, "%s", body)
	other := createExercise(t, a, p, `"name":"ring DIP"`)
	r, body = send(t, p, http.MethodPost, url+"/restore", "")
	requireRefused(t, r, body, http.StatusConflict, "", "conflict")
	r, body = send(t, p, http.MethodDelete, a.URL+activities+"/exercises/"+other.ID, "")
	require.Equal(t, http.StatusNoContent, r.StatusCode, "%s", body)

	for range 2 { // the second time it changes nothing
		r, body = send(t, p, http.MethodPost, url+"/restore", "")
		require.Equal(t, http.StatusOK, r.StatusCode, "%s", body)
		require.Equal(t, dip, read[api.Exercise](t, body))
		require.Equal(t, `"3"`, r.Header.Get("ETag"))
	}
	found, err := p.ListExercisesWithResponse(t.Context(), &api.ListExercisesParams{Q: new("ring dip")})
	require.NoError(t, err)
	require.Equal(t, dip, found.JSON200.Data[0])
	lift(t, a, p, 9, `"exercise_id":"`+dip.ID+`","name":"Ring dip"`, `{"reps":5}`)
}

func TestGetExerciseHistory_Pages_AreNewestFirst(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	for day := 1; day <= 5; day++ {
		lift(t, a, p, day, squat, fmt.Sprintf(`{"reps":5,"weight_kg":%d}`, 100+day))
	}
	params := &api.GetExerciseHistoryParams{Limit: new(2)}
	var days []string
	for {
		r, err := p.GetExerciseHistoryWithResponse(t.Context(), "Barbell_Squat", params)
		require.NoError(t, err)
		require.Len(t, r.JSON200.Records, 10, "all of them on each page")
		for _, session := range r.JSON200.Data {
			days = append(days, session.Date.String())
		}
		if params.Cursor = r.JSON200.NextCursor; params.Cursor == nil {
			break
		}
	}
	require.Equal(t, []string{"2026-11-05", "2026-11-04", "2026-11-03", "2026-11-02", "2026-11-01"}, days)
}

// A watch guesses which exercise it was.
// Some systems write ids in capitals.
func TestStrength_OwnExerciseInCapitals_IsTheSameExercise(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	dip := createExercise(t, a, p, `"name":"Ring dip"`)
	lift(t, a, p, 3, fmt.Sprintf(`"exercise_id":%q,"name":"Ring dip"`, dip.ID), `{"weight_kg":20,"reps":5}`)
	lift(t, a, p, 4, fmt.Sprintf(`"exercise_id":%q,"name":"Ring dip"`, strings.ToUpper(dip.ID)), `{"weight_kg":25,"reps":5}`)
	for _, id := range []string{dip.ID, strings.ToUpper(dip.ID)} {
		h := history(t, p, id)
		require.Len(t, h.Data, 2)
		require.Equal(t, 20.0, *h.Records[1].Previous)
	}
}

// What a path means does not depend on how much of it a client escapes.
func TestGetExerciseHistory_EscapedInAnyWay_IsTheSame(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	lift(t, a, p, 3, `"name":"Große Kniebeuge"`, `{"weight_kg":20,"reps":5}`)
	lift(t, a, p, 3, `"name":"Push/Pull 100 %"`, `{"weight_kg":20,"reps":5}`)
	for path, status := range map[string]int{
		"name:gro%C3%9Fe%20kniebeuge":    http.StatusOK,
		"name%3agro%c3%9fe%20kniebeuge":  http.StatusOK,
		"name:push%2Fpull%20100%20%25":   http.StatusOK,
		"name%3Apush%2fpull%20100%20%25": http.StatusOK,
		"name:%FF":                       http.StatusBadRequest,
		"name:%ff":                       http.StatusBadRequest,
		"name%3a%00":                     http.StatusBadRequest,
	} {
		r, body := send(t, p, http.MethodGet, a.URL+activities+"/exercises/"+path+"/history", "")
		require.Equal(t, status, r.StatusCode, "%.40s: %s", path, body)
		if status == http.StatusOK {
			require.Len(t, read[api.ExerciseHistory](t, body).Data, 1, "%.40s", path)
		}
	}
}

func TestStrength_UnconfirmedExercise_MakesNoRecords(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	guess := lift(t, a, p, 9, squat+`,"unconfirmed":true`, `{"reps":5,"weight_kg":100}`)
	require.Equal(t, 500.0, *guess.Strength.VolumeKg)
	require.Empty(t, history(t, p, "Barbell_Squat").Records)
	patch(t, a, p, guess.ID, `{"metrics":`+strength(squat, `{"reps":5,"weight_kg":100}`)+`}`)
	require.Len(t, history(t, p, "Barbell_Squat").Records, 2)
}

func TestUpdateExercise_ExerciseOfTheCatalogue_IsNotFound(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	exercises := a.URL + activities + "/exercises/"
	for _, id := range []string{"Barbell_Squat", "name:press", "7d1f3c1e"} {
		for method, url := range map[string]string{
			http.MethodPatch: exercises + id, http.MethodDelete: exercises + id, http.MethodPost: exercises + id + "/restore",
		} {
			body := ""
			if method == http.MethodPatch {
				body = `{"name":"Squat"}`
			}
			r, answer := send(t, p, method, url, body)
			requireRefused(t, r, answer, http.StatusNotFound, "", "exercise_not_found")
		}
	}
}

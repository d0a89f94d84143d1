package activities_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/ultimatecoach/api/internal/tools/optional"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

// setProfile changes the profile.
func setProfile(t testing.TB, a *apitest.API, p *apitest.Person, fields string) {
	t.Helper()
	r, body := send(t, p, http.MethodPatch, a.URL+"/api/v1/users/me", `{`+fields+`}`)
	require.Equal(t, http.StatusOK, r.StatusCode, "%s", body)
}

// somebody returns a person of 80 kg.
func somebody(t testing.TB, a *apitest.API) *apitest.Person {
	t.Helper()
	p := a.Person(t)
	setProfile(t, a, p, `"current_weight_kg":80,"birth_date":"1996-05-17","biological_sex":"male"`)
	return p
}

func TestCreateActivity_Energy_SaysWhereItComesFrom(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	const half = `"started_at":"2026-11-23T07:00:00Z","elapsed_s":1800`
	for name, test := range map[string]struct {
		fields    string
		source    api.EnergySource
		kcal, net float64
		code      string
	}{
		"speed":      {`"category":"cardio_steady_state","metrics":{"kind":"running","distance_km":5}`, api.EnergySourceSpeed, 372, 332, "12050"},
		"activity":   {`"activity":"Hatha Yoga"`, api.EnergySourceMetTable, 92, 52, "02150"},
		"alias":      {`"activity":"Fußball"`, api.EnergySourceMetTable, 280, 240, "15610"},
		"code":       {`"activity":"17080","category":"sports"`, api.EnergySourceMetTable, 240, 200, "17080"},
		"category":   {`"category":"sports"`, api.EnergySourceCategoryDefault, 280, 240, ""},
		"typed in":   {`"activity":"running","kcal":400.04,"device_kcal":300`, api.EnergySourceUser, 400, 360, ""},
		"device":     {`"activity":"running","device_kcal":300,"device_resting_kcal":45`, api.EnergySourceDevice, 300, 255, ""},
		"power":      {`"activity":"cycling","metrics":{"kind":"cycling","avg_power_watts":200,"avg_heart_rate":150}`, api.EnergySourcePower, 358.51, 318.51, ""},
		"heart rate": {`"activity":"running","metrics":{"kind":"running","distance_km":5,"avg_heart_rate":150}`, api.EnergySourceHeartRate, 440.92, 400.92, ""},
	} {
		made := logActivity(t, a, p, half+`,`+test.fields)
		require.NotNil(t, made.Energy, name)
		require.Equal(t, test.source, made.Energy.Source, name)
		require.Equal(t, test.kcal, made.Energy.Kcal, name)
		require.Equal(t, test.net, *made.Energy.KcalNet, name)
		require.NotEmpty(t, made.Energy.Explanation, name)
		require.Equal(t, 80.0, optional.Or(made.Energy.WeightKg, 80), name)
		if test.code == "" {
			require.Nil(t, made.Energy.MetCode, name)
			continue
		}
		require.Equal(t, test.code, *made.Energy.MetCode, name)
		require.Equal(t, 2024, *made.Energy.MetYear, name)
		require.Contains(t, *made.Energy.Attribution, "Compendium", name)
	}
}

func TestCreateActivity_WithoutWeight_NamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	made := logActivity(t, a, p, run)
	require.Nil(t, made.Energy)
	require.Equal(t, []api.EnergyInput{api.EnergyInputWeightKg}, made.EnergyMissing)
	typed := logActivity(t, a, p, run+`,"kcal":300`)
	require.Equal(t, 300.0, typed.Energy.Kcal)
	require.Nil(t, typed.Energy.KcalNet)

	// The weight is known from now on: an edit of what the energy follows from computes it, an edit of the name does not.
	setProfile(t, a, p, `"current_weight_kg":80`)
	require.Nil(t, patch(t, a, p, made.ID, `{"name":"Run"}`).Energy)
	require.Equal(t, 744.0, patch(t, a, p, made.ID, `{"elapsed_s":3600,"metrics":{"kind":"running","distance_km":10}}`).Energy.Kcal)
}

func TestUpdateActivity_Energy_IsComputedAgainUnlessTypedIn(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	made := logActivity(t, a, p, `"activity":"soccer","started_at":"2026-11-23T07:00:00Z","elapsed_s":3600`)
	require.Equal(t, api.ActivityCategorySports, made.Category)
	require.Equal(t, 560.0, made.Energy.Kcal)
	require.Equal(t, 1120.0, patch(t, a, p, made.ID, `{"elapsed_s":7200}`).Energy.Kcal)
	require.Equal(t, 700.0, patch(t, a, p, made.ID, `{"kcal":700}`).Energy.Kcal)
	kept := patch(t, a, p, made.ID, `{"elapsed_s":3600}`)
	require.Equal(t, 700.0, kept.Energy.Kcal)
	require.Equal(t, api.EnergySourceUser, kept.Energy.Source)
	again := patch(t, a, p, made.ID, `{"kcal":null}`)
	require.Equal(t, 560.0, again.Energy.Kcal)
	require.Equal(t, api.EnergySourceMetTable, again.Energy.Source)
}

func TestCreateActivity_Weight_IsTheNewestOneThen(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	for at, kg := range map[string]float64{"2026-01-01T08:00:00Z": 100, "2026-06-01T08:00:00Z": 90} {
		r, body := send(t, p, http.MethodPost, a.URL+"/api/v1/body/measurements", fmt.Sprintf(`{"measured_at":%q,"weight_kg":%v}`, at, kg))
		require.Equal(t, http.StatusCreated, r.StatusCode, "%s", body)
	}
	for day, kg := range map[string]float64{"2026-03-01": 100, "2026-06-02": 90} {
		made := logActivity(t, a, p, `"activity":"soccer","started_at":"`+day+`T07:00:00Z","elapsed_s":3600`)
		require.Equal(t, kg, *made.Energy.WeightKg, day)
		require.Equal(t, 7*kg, made.Energy.Kcal, day)
	}
}

func TestCreateActivity_ActivityNames_AreRefusedWhenUnknownOrAmbiguous(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	for _, test := range []struct{ field, name, code string }{
		{"activity", "football", "ambiguous_activity"},
		{"activity", "Hockey", "ambiguous_activity"},
		{"activity", "un", "unknown_activity"},
		{"activity", "99999", "unknown_activity"},
	} {
		r, body := send(t, p, http.MethodPost, a.URL+activities,
			fmt.Sprintf(`{"activity":%q,"started_at":"2026-11-23T07:00:00Z","elapsed_s":60}`, test.name))
		requireRefused(t, r, body, http.StatusUnprocessableEntity, test.field, test.code)
	}
	r, body := send(t, p, http.MethodPost, a.URL+activities, `{"started_at":"2026-11-23T07:00:00Z","elapsed_s":60}`)
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "category", "required")
	r, body = send(t, p, http.MethodPost, a.URL+activities, `{"activity":"17080","started_at":"2026-11-23T07:00:00Z","elapsed_s":60}`)
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "category", "required")
}

// "un" was a part of "running", so it got the MET of a run.
func TestRegression_ActivityUn_IsNotARun(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	found, err := p.ListActivityCatalogueWithResponse(t.Context(), &api.ListActivityCatalogueParams{Q: new("un")})
	require.NoError(t, err)
	for _, entry := range found.JSON200.Data {
		require.NotEqual(t, "running", optional.Or(entry.Key, ""))
	}
	r, body := send(t, p, http.MethodPost, a.URL+activities,
		`{"activity":"un","category":"sports","started_at":"2026-11-23T07:00:00Z","elapsed_s":60}`)
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "activity", "unknown_activity")
}

func TestListActivityCatalogue_Query_FindsNamesInFiveLanguages(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for query, key := range map[string]string{"Laufen": "running", "natation": "swimming", "football": "soccer", "rowing": "rowing"} {
		found, err := p.ListActivityCatalogueWithResponse(t.Context(), &api.ListActivityCatalogueParams{Q: &query, Limit: new(3)})
		require.NoError(t, err)
		require.NotNil(t, found.JSON200, "%s", found.Body)
		require.LessOrEqual(t, len(found.JSON200.Data), 3)
		require.Equal(t, key, *found.JSON200.Data[0].Key, query)
		require.NotEmpty(t, found.JSON200.Attribution)
	}
	all, err := p.ListActivityCatalogueWithResponse(t.Context(), &api.ListActivityCatalogueParams{Limit: new(300)})
	require.NoError(t, err)
	require.Len(t, all.JSON200.Data, 219)
}

func TestListActivityCatalogue_Language_HasTitlesInIt(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	first := func(query string, language api.CatalogueLanguage) api.CatalogueActivity {
		params := &api.ListActivityCatalogueParams{Q: &query, Lang: &language, Limit: new(1)}
		found, err := p.ListActivityCatalogueWithResponse(t.Context(), params)
		require.NoError(t, err)
		require.NotNil(t, found.JSON200, "%s", found.Body)
		return found.JSON200.Data[0]
	}
	for language, title := range map[api.CatalogueLanguage]string{
		api.CatalogueLanguageEn: "Swimming", api.CatalogueLanguageDe: "Schwimmen", api.CatalogueLanguageFr: "Natation",
		api.CatalogueLanguageEs: "Natación", api.CatalogueLanguagePt: "Natação",
	} {
		entry := first("schwimmen", language)
		require.Equal(t, title, entry.Title, "found by its German name, shown in %s", language)
		require.Equal(t, language, entry.Lang)
		require.Equal(t, "Swimming", entry.Name)
	}
	tennis := first("tennis", api.CatalogueLanguagePt)
	require.Equal(t, "Tennis", tennis.Title)
	require.Equal(t, api.CatalogueLanguageEn, tennis.Lang, "it has no Portuguese title")
	row := first("mopping", api.CatalogueLanguageDe)
	require.Equal(t, row.Description, row.Title)
	require.Equal(t, api.CatalogueLanguageEn, row.Lang, "rows of the Compendium are in English")
	byDefault, err := p.ListActivityCatalogueWithResponse(t.Context(), &api.ListActivityCatalogueParams{Q: new("schwimmen"), Limit: new(1)})
	require.NoError(t, err)
	require.Equal(t, "Swimming", byDefault.JSON200.Data[0].Title)
	require.Equal(t, "vr_fitness", *first("fitn", api.CatalogueLanguageFr).Key, "titles of the language come first")
}

func TestCreateActivity_HeartRate_StoresZonesWithTheirBounds(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	made := logActivity(t, a, p, `"activity":"running","started_at":"2026-11-23T07:00:00Z","elapsed_s":1800,`+
		`"metrics":{"kind":"running","avg_heart_rate":150},"heart_rate_zones":{"resting_bpm":60,"seconds":[0,100,200,300,400,800]}`)
	require.Equal(t, []int{124, 136, 149, 162, 174}, made.HeartRateZones.BoundsBpm)
	require.Equal(t, 187, made.HeartRateZones.MaxBpm)
	require.Equal(t, api.HeartRateZonesMethodReserve, made.HeartRateZones.Method)
	require.Equal(t, []int{0, 100, 200, 300, 400, 800}, made.HeartRateZones.Seconds)

	// A year later the person is older; the stored bounds stay.
	setProfile(t, a, p, `"birth_date":"1960-05-17"`)
	require.Equal(t, made.HeartRateZones, patch(t, a, p, made.ID, `{"name":"Run"}`).HeartRateZones)
	other := patch(t, a, p, made.ID, `{"heart_rate_zones":{"max_bpm":200}}`)
	require.Equal(t, []int{100, 120, 140, 160, 180}, other.HeartRateZones.BoundsBpm)
	require.Equal(t, api.HeartRateZonesMaxSourceMeasured, other.HeartRateZones.MaxSource)
}

func TestGetActivity_MultiSport_SumsItsLegsOnce(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	whole := logActivity(t, a, p, `"category":"sports","started_at":"2026-11-23T07:00:00Z","elapsed_s":7200`)
	require.Equal(t, 1120.0, whole.Energy.Kcal)
	for i, leg := range []string{
		`"device_kcal":300,"metrics":{"kind":"swimming","distance_m":750}`,
		`"device_kcal":20,"metrics":{"kind":"transition"}`,
		`"device_kcal":500,"metrics":{"kind":"cycling","distance_km":20}`,
	} {
		logActivity(t, a, p, fmt.Sprintf(
			`"category":"cardio_steady_state","started_at":"2026-11-23T07:00:00Z","elapsed_s":1800,"parent_id":%q,"leg_index":%d,`+leg,
			whole.ID,
			i,
		))
	}
	shown := get(t, p, whole.ID)
	require.Equal(t, 820.0, shown.Energy.Kcal)
	require.Equal(t, api.EnergySourceLegs, shown.Energy.Source)
	require.Equal(t, 20750.0, *shown.DistanceM)
	require.Equal(t, 900.0, patch(t, a, p, whole.ID, `{"kcal":900}`).Energy.Kcal, "its own figure has priority")
}

func TestListActivityCatalogue_Code_FindsItsActivitiesAndRow(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	codes := func(q string) (found []string) {
		r, err := p.ListActivityCatalogueWithResponse(t.Context(), &api.ListActivityCatalogueParams{Q: &q})
		require.NoError(t, err)
		require.NotNil(t, r.JSON200, "%s", r.Body)
		for _, entry := range r.JSON200.Data {
			key := ""
			if entry.Key != nil {
				key = *entry.Key
			}
			found = append(found, key+" "+entry.Code)
		}
		return found
	}
	require.Contains(t, codes("12030"), "running 12150", "running has it at 8 km/h")
	require.Equal(t, "hatha_yoga 02150", codes("02150")[0])
	require.Equal(t, []string{" 01004"}, codes("01004"), "a row without a key")
	require.Empty(t, codes("99999"))
}

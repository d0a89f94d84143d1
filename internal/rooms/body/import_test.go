package body_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

func importWeights(t testing.TB, p *apitest.Person, params api.ImportMeasurementsParams, file string) (int, api.MeasurementImport) {
	t.Helper()
	r, err := p.ImportMeasurementsWithBodyWithResponse(t.Context(), &params, "application/octet-stream", strings.NewReader(file))
	require.NoError(t, err)
	var result api.MeasurementImport
	if r.StatusCode() == http.StatusOK {
		require.NoError(t, json.Unmarshal(r.Body, &result))
	}
	return r.StatusCode(), result
}

func measurements(t testing.TB, p *apitest.Person) []api.Measurement {
	t.Helper()
	r, err := p.ListMeasurementsWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode())
	return r.JSON200.Data
}

const withings = "Date,\"Weight (kg)\",\"Fat mass (kg)\"\n2026-01-05 07:01:02,80,16\n2026-01-06 07:01:02,79.5,\nyesterday,80,\n2026-01-07 07:00:00,800,\n"

func TestImportMeasurements_TwiceAndDryRun_StoreOnce(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	fillIn(t, p)
	berlin := api.ImportMeasurementsParams{Timezone: new("Europe/Berlin"), DryRun: new(true), App: new("Withings")}
	status, tried := importWeights(t, p, berlin, withings)
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, api.ImportCounts{Created: 2, Refused: 2}, tried.Counts)
	require.Empty(t, measurements(t, p), "a dry run writes nothing")
	require.Nil(t, profile(t, p).CurrentWeightKg)

	berlin.DryRun = nil
	_, done := importWeights(t, p, berlin, withings)
	require.Equal(t, tried.Counts, done.Counts)
	require.Equal(t, "current_weight_kg_changed", done.TargetsChange.Reasons[0].Code)
	require.Equal(
		t,
		[]api.ImportedMeasurementCode{"bad_time", "out_of_range"},
		[]api.ImportedMeasurementCode{*done.Records[2].Code, *done.Records[3].Code},
	)
	all := measurements(t, p)
	require.Len(t, all, 2)
	require.Equal(t, 20.0, *all[1].BodyFatPct)
	require.Equal(t, "2026-01-05T06:01:02Z", all[1].MeasuredAt.UTC().Format("2006-01-02T15:04:05Z07:00"))
	require.Equal(t, []string{"file", "Withings"}, []string{string(all[1].Source.Kind), *all[1].Source.App})
	require.Equal(t, 79.5, *profile(t, p).CurrentWeightKg)

	remove(t, p, all[0].ID)
	_, again := importWeights(t, p, berlin, withings)
	require.Equal(t, api.ImportCounts{Exists: 1, Deleted: 1, Refused: 2}, again.Counts)
	require.Equal(t, all[1].ID, *again.Records[0].ID)
	require.Len(t, measurements(t, p), 1)
}

func TestImportMeasurements_SameValuesTypedIn_AreNotStoredAgain(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	m := weigh(t, p, `{"weight_kg":79.5,"measured_at":"2026-01-06T06:01:00Z"}`)
	_, done := importWeights(
		t,
		p,
		api.ImportMeasurementsParams{Timezone: new("Europe/Berlin")},
		"Date,Weight\n2026-01-06 07:01:02,79.5\n2026-01-06 07:01:02,79.5\n",
	)
	require.Equal(t, api.ImportCounts{Exists: 2}, done.Counts)
	require.Equal(t, m.ID, *done.Records[0].ID)
	require.Nil(t, done.Records[1].ID, "twice in the file")
}

func TestImportMeasurements_HigherVersion_Replaces(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	record := func(version int, kg float64) string {
		return fmt.Sprintf(`[{"id":"a1","version":%d,"measured_at":"2026-01-05T06:00:00Z","weight_kg":%v}]`, version, kg)
	}
	for _, c := range []struct {
		version int
		kg      float64
		want    api.ImportCounts
		stored  float64
	}{
		{2, 80, api.ImportCounts{Created: 1}, 80},
		{2, 90, api.ImportCounts{Exists: 1}, 80},
		{1, 90, api.ImportCounts{Exists: 1}, 80},
		{3, 81, api.ImportCounts{Updated: 1}, 81},
	} {
		_, done := importWeights(t, p, api.ImportMeasurementsParams{}, record(c.version, c.kg))
		require.Equal(t, c.want, done.Counts)
		require.Equal(t, c.stored, *profile(t, p).CurrentWeightKg)
	}
	require.Len(t, measurements(t, p), 1)
}

func TestImportMeasurements_OldHistory_KeepsTheTypedWeight(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	_, err := p.UpdateMeWithResponse(t.Context(), nil, api.MePatch{CurrentWeightKg: value(90.0)})
	require.NoError(t, err)
	_, done := importWeights(t, p, api.ImportMeasurementsParams{}, "Date,Weight\n2020-01-05,70\n")
	require.Equal(t, 1, done.Counts.Created)
	require.Equal(t, 90.0, *profile(t, p).CurrentWeightKg)
}

func TestImportMeasurements_FileAsAWhole_IsRefused(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	for file, code := range map[string]string{
		"Dear diary":        "weights_unknown",
		`[{"weight_kg":80}`: "weights_damaged",
		"Date,Weight\n" + strings.Repeat("2026-01-05,80\n", 10_001): "too_many_records",
	} {
		r, err := p.ImportMeasurementsWithBodyWithResponse(t.Context(), nil, "application/octet-stream", strings.NewReader(file))
		require.NoError(t, err)
		require.Equal(t, http.StatusUnprocessableEntity, r.StatusCode())
		require.Contains(t, string(r.Body), code)
	}
	require.Empty(t, measurements(t, p))
}

// A scale, the app of its maker and a diary often write the same weigh-in to Apple Health.
func TestImportMeasurements_SameWeighInOfSeveralSources_IsStoredOnce(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	record := func(source, at, value string) string {
		return fmt.Sprintf(
			`<Record type="HKQuantityTypeIdentifierBodyMass" sourceName=%q unit="kg" startDate="2026-01-05 %s +0100" value=%q/>`,
			source,
			at,
			value,
		)
	}
	file := "<HealthData>" + record(
		"Scale",
		"07:01:02",
		"80.4",
	) + record(
		"Diary",
		"07:01:02",
		"80.4",
	) + record(
		"Diary",
		"07:01:20",
		"80.40001",
	) +
		record(
			"Other scale",
			"07:01:02",
			"80.9",
		) + record(
		"Diary",
		"07:31:02",
		"80.4",
	) + record(
		"Scale",
		"08:00:00",
		"NaN",
	) + "</HealthData>"
	for _, want := range []api.ImportCounts{{Created: 3, Exists: 2, Refused: 1}, {Exists: 5, Refused: 1}} {
		status, done := importWeights(t, p, api.ImportMeasurementsParams{}, file)
		require.Equal(t, http.StatusOK, status)
		require.Equal(t, want, done.Counts)
		require.Len(t, measurements(t, p), 3)
	}
}

func TestImportMeasurements_DaysWithSlashes_AreRefusedWithoutTheirOrder(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	const file = "Date,Weight (lb)\n03/04/2026,180\n"
	_, refused := importWeights(t, p, api.ImportMeasurementsParams{}, file)
	require.Equal(t, api.ImportedMeasurementCode("bad_time"), *refused.Records[0].Code)
	require.Contains(t, *refused.Records[0].Message, "date_order")
	_, done := importWeights(t, p, api.ImportMeasurementsParams{DateOrder: new(api.ImportMeasurementsParamsDateOrderMonthFirst)}, file)
	require.Equal(t, api.ImportCounts{Created: 1}, done.Counts)
	require.Equal(t, "2026-03-04", measurements(t, p)[0].LocalDate.String())
}

// A compressed file that is cut is the file's fault, not the service's.
func TestImportMeasurements_CutGzip_IsRefusedAsDamaged(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write([]byte(withings))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	r, err := apitest.New(t).Person(t).ImportMeasurementsWithBodyWithResponse(
		t.Context(), nil, "application/octet-stream", bytes.NewReader(packed.Bytes()[:packed.Len()-9]))
	require.NoError(t, err)
	require.Equal(t, http.StatusUnprocessableEntity, r.StatusCode(), string(r.Body))
	require.Contains(t, string(r.Body), "weights_damaged")
}

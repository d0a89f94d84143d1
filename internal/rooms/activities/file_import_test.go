package activities_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/muktihari/fit/encoder"
	"github.com/muktihari/fit/profile/mesgdef"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/proto"
	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/tools/activityfile"
)

const imports = activities + "/import"

var recorded = time.Date(2026, 11, 22, 7, 0, 0, 0, time.UTC)

// sendFile sends a file and returns what the API says.
func sendFile(t testing.TB, a *apitest.API, p *apitest.Person, content, query string) (*http.Response, []byte) {
	t.Helper()
	return send(t, p, http.MethodPost, a.URL+imports+"?"+query, content, "Content-Type", "application/octet-stream")
}

// importFile imports a file and requires that it is new.
func importFile(t testing.TB, a *apitest.API, p *apitest.Person, content, query string) api.ActivityImport {
	t.Helper()
	r, body := sendFile(t, a, p, content, query)
	require.Equal(t, http.StatusCreated, r.StatusCode, "%s", body)
	return read[api.ActivityImport](t, body)
}

// gpxRun is a run to the north, three metres a second; each has another start.
func gpxRun(from time.Time, seconds int) string {
	var b strings.Builder
	b.WriteString(`<gpx creator="Test"><trk><name>Along the river</name><type>running</type><trkseg>`)
	for i := 0; i <= seconds; i++ {
		fmt.Fprintf(&b, `<trkpt lat="%.7f" lon="13.4"><ele>34</ele><time>%s</time><extensions><hr>%d</hr></extensions></trkpt>`,
			52.5+float64(3*i)/111195.08, from.Add(time.Duration(i)*time.Second).Format(time.RFC3339), 120+i%40)
	}
	b.WriteString(`</trkseg></trk></gpx>`)
	return b.String()
}

// gpxThereAndBack is a run of 3 m/s to the north for so many seconds, and back on the same way.
func gpxThereAndBack(from time.Time, seconds int) string {
	var b strings.Builder
	b.WriteString(`<gpx creator="Test"><trk><type>running</type><trkseg>`)
	for i := 0; i <= 2*seconds; i++ {
		away := min(i, 2*seconds-i)
		fmt.Fprintf(&b, `<trkpt lat="%.7f" lon="13.4"><time>%s</time></trkpt>`,
			52.5+float64(3*away)/111195.08, from.Add(time.Duration(i)*time.Second).Format(time.RFC3339))
	}
	b.WriteString(`</trkseg></trk></gpx>`)
	return b.String()
}

// fitFile is a FIT file of a device with a serial number.
func fitFile(t testing.TB, created time.Time, messages ...proto.Message) string {
	t.Helper()
	id := mesgdef.NewFileId(nil).SetType(typedef.FileActivity).SetManufacturer(typedef.ManufacturerGarmin).
		SetProduct(uint16(typedef.GarminProductEdge530)).SetSerialNumber(4711).SetTimeCreated(created).ToMesg(nil)
	var b bytes.Buffer
	require.NoError(t, encoder.New(&b).Encode(&proto.FIT{Messages: append([]proto.Message{id}, messages...)}))
	return b.String()
}

func fitRecords(from time.Time, seconds int) (m []proto.Message) {
	for i := 0; i <= seconds; i++ {
		m = append(m, mesgdef.NewRecord(nil).SetTimestamp(from.Add(time.Duration(i)*time.Second)).
			SetDistanceScaled(float64(8*i)).SetHeartRate(140).SetPower(180).ToMesg(nil))
	}
	return m
}

func fitSession(from time.Time, seconds int) *mesgdef.Session {
	return mesgdef.NewSession(nil).SetStartTime(from).SetTimestamp(from.Add(time.Duration(seconds) * time.Second)).
		SetTotalElapsedTimeScaled(float64(seconds)).SetTotalTimerTimeScaled(float64(seconds))
}

func fitRide(t testing.TB, from time.Time) string {
	t.Helper()
	session := fitSession(from, 600).SetSport(typedef.SportCycling).SetTotalDistanceScaled(4800).SetTotalCalories(95).
		SetMetabolicCalories(15).SetAvgHeartRate(140).SetTotalAscent(12)
	activity := mesgdef.NewActivity(nil).SetTimestamp(from.Add(600 * time.Second)).SetLocalTimestamp(from.Add(600*time.Second + time.Hour))
	return fitFile(t, from, append(fitRecords(from, 600), session.ToMesg(nil), activity.ToMesg(nil))...)
}

func TestImportActivity_FIT_IsStoredWithTotalsAndStreams(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	r, body := sendFile(t, a, p, fitRide(t, recorded), "")
	require.Equal(t, http.StatusCreated, r.StatusCode, "%s", body)
	done := read[api.ActivityImport](t, body)
	require.Equal(t, "/api/v1/activities/imports/"+done.ID.String(), r.Header.Get("Location"))
	require.Equal(t, "garmin edge_530", *done.Device)
	require.Len(t, done.Activities, 1)
	imported := done.Activities[0]
	require.Equal(t, api.ImportStatusCreated, imported.Status)
	require.Equal(t, 601, imported.Points)

	stored := get(t, p, *imported.ID)
	require.Equal(t, recorded, stored.StartedAt)
	require.Equal(t, 600, stored.ElapsedS)
	require.Equal(t, 4800.0, *stored.DistanceM)
	require.Equal(t, 12.0, *stored.AscentM)
	require.Equal(t, api.ActivitySourceKindFile, stored.Source.Kind)
	require.Equal(t, api.ActivityRecordedAutomatic, *stored.Source.Recorded)
	require.Equal(t, fmt.Sprintf("fit:1:4711:%d", recorded.Unix()), *stored.Source.ExternalID)
	metrics, err := stored.Metrics.AsCyclingMetrics()
	require.NoError(t, err)
	require.Equal(t, 4.8, *metrics.DistanceKm)
	require.Equal(t, 28.8, *metrics.AvgSpeedKph)
	require.Equal(t, 180.0, *metrics.AvgPowerWatts)

	again, err := p.GetActivityImportWithResponse(t.Context(), *done.ID, nil)
	require.NoError(t, err)
	require.Equal(t, api.ImportTaskStatusDone, again.JSON200.Status)
	require.Equal(t, &done, again.JSON200.Result)
	streams := streamsOf(t, p, *imported.ID, &api.GetActivityStreamsParams{})
	require.Equal(t, 601, streams.TotalPoints)
	require.Len(t, streams.Points, 500)
	require.Equal(t, 600.0, streams.Points[499].TimeS)
	require.Equal(t, 4800.0, *streams.Points[499].DistanceM)
	require.Nil(t, streams.Points[0].Latitude)
}

func streamsOf(t testing.TB, p *apitest.Person, id uuid.UUID, params *api.GetActivityStreamsParams) api.ActivityStreams {
	t.Helper()
	r, err := p.GetActivityStreamsWithResponse(t.Context(), id, params)
	require.NoError(t, err)
	require.NotNil(t, r.JSON200, "%s", r.Body)
	return *r.JSON200
}

func TestImportActivity_SameFileOrRecordingAgain_ReturnsTheExistingOne(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	first := importFile(t, a, p, fitRide(t, recorded), "")

	r, body := sendFile(t, a, p, fitRide(t, recorded), "")
	require.Equal(t, http.StatusOK, r.StatusCode, "%s", body)
	again := read[api.ActivityImport](t, body)
	require.Equal(t, first.ID, again.ID)
	require.Equal(t, api.ImportStatusExists, again.Activities[0].Status)
	require.Equal(t, first.Activities[0].ID, again.Activities[0].ID)

	// The same recording with another summary, and packed: other bytes, the same id of the device.
	other := fitFile(
		t,
		recorded,
		append(fitRecords(recorded, 600), fitSession(recorded, 600).SetSport(typedef.SportCycling).ToMesg(nil))...)
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write([]byte(other))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	r, body = sendFile(t, a, p, packed.String(), "")
	require.Equal(t, http.StatusOK, r.StatusCode, "%s", body)
	same := read[api.ActivityImport](t, body)
	require.Equal(t, first.Activities[0].ID, same.Activities[0].ID)
	require.Nil(t, same.ID, "this file was not stored")

	// What the person deleted stays deleted.
	deleted, err := p.DeleteActivityWithResponse(t.Context(), *first.Activities[0].ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, deleted.StatusCode())
	_, body = sendFile(t, a, p, fitRide(t, recorded), "")
	require.Equal(t, api.ImportStatusDeleted, read[api.ActivityImport](t, body).Activities[0].Status)

	// The same file of another person is theirs.
	require.NotEqual(t, first.Activities[0].ID, importFile(t, a, a.Person(t), fitRide(t, recorded), "").Activities[0].ID)
}

// Exports of everything have their files packed, single downloads do not.
func TestImportActivity_SameFilePacked_ReturnsTheExistingOne(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	plain := gpxRun(recorded, 60)
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write([]byte(plain))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	first := importFile(t, a, p, packed.String(), "")
	r, body := sendFile(t, a, p, plain, "")
	require.Equal(t, http.StatusOK, r.StatusCode, "%s", body)
	again := read[api.ActivityImport](t, body)
	require.Equal(t, api.ImportStatusExists, again.Activities[0].Status)
	require.Equal(t, first.Activities[0].ID, again.Activities[0].ID)
	require.Equal(t, first.ID, again.ID)
}

func TestImportActivity_ChangedActivity_IsStillTheSame(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	first := importFile(t, a, p, gpxRun(recorded, 600), "")
	patch(t, a, p, *first.Activities[0].ID, `{"started_at":"2026-11-20T07:00:00Z"}`)
	r, body := sendFile(t, a, p, gpxRun(recorded, 600), "")
	require.Equal(t, http.StatusOK, r.StatusCode, "%s", body)
	require.Equal(t, first.Activities[0].ID, read[api.ActivityImport](t, body).Activities[0].ID)
}

func TestImportActivity_DryRun_WritesNothingAndNamesPossibleDuplicates(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	byHand := logActivity(t, a, p, `"category":"cardio_steady_state","started_at":"2026-11-22T07:01:00Z","elapsed_s":590`)
	logActivity(t, a, p, `"category":"cardio_steady_state","started_at":"2026-11-22T09:00:00Z","elapsed_s":600`)
	r, body := sendFile(t, a, p, gpxRun(recorded, 600), "dry_run=true")
	require.Equal(t, http.StatusOK, r.StatusCode, "%s", body)
	would := read[api.ActivityImport](t, body)
	require.True(t, would.DryRun)
	require.Nil(t, would.ID)
	require.Equal(t, api.ImportStatusNew, would.Activities[0].Status)
	require.Nil(t, would.Activities[0].ID)
	require.Equal(t, []uuid.UUID{byHand.ID}, would.Activities[0].PossibleDuplicates)
	require.Equal(t, "Along the river", *would.Activities[0].Name)
	require.InDelta(t, 1800, *would.Activities[0].DistanceM, 0.5)

	list, err := p.ListActivitiesWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, list.JSON200.Data, 2)
}

func TestImportActivity_MultiSport_IsAWholeWithLegs(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	run, ride := recorded.Add(time.Hour), recorded
	m := append(fitRecords(ride, 599), fitRecords(run, 300)...)
	m = append(m,
		fitSession(ride, 600).SetSport(typedef.SportCycling).SetTotalDistanceScaled(4800).ToMesg(nil),
		fitSession(ride.Add(600*time.Second), 3000).SetSport(typedef.SportTransition).ToMesg(nil),
		fitSession(run, 300).SetSport(typedef.SportRunning).SetTotalDistanceScaled(900).ToMesg(nil))
	done := importFile(t, a, p, fitFile(t, recorded, m...), "")
	require.Len(t, done.Activities, 1)
	require.Equal(t, 3, done.Activities[0].Legs)
	whole := get(t, p, *done.Activities[0].ID)
	require.Equal(t, 3900, whole.ElapsedS)
	require.Equal(t, 5700.0, *whole.DistanceM)
	require.Len(t, whole.Legs, 3)
	kind, err := whole.Legs[1].Metrics.Discriminator()
	require.NoError(t, err)
	require.Equal(t, "transition", kind)
	require.Equal(t, 0, streamsOf(t, p, whole.ID, nil).TotalPoints)
	require.Equal(t, 301, streamsOf(t, p, whole.Legs[2].ID, nil).TotalPoints)
	require.Equal(t, 900.0, *whole.Legs[2].DistanceM)
}

func TestImportActivity_SessionsFarApart_AreSeveralActivities(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	ride, swim := recorded, recorded.Add(3*time.Hour)
	m := append(fitRecords(ride, 600), fitRecords(swim, 300)...)
	m = append(m,
		fitSession(ride, 600).SetSport(typedef.SportCycling).SetTotalDistanceScaled(4800).ToMesg(nil),
		fitSession(swim, 300).SetSport(typedef.SportSwimming).SetTotalDistanceScaled(300).ToMesg(nil))
	file := fitFile(t, recorded, m...)
	done := importFile(t, a, p, file, "")
	require.Len(t, done.Activities, 2)
	for i, started := range []time.Time{ride, swim} {
		stored := get(t, p, *done.Activities[i].ID)
		require.Equal(t, started, stored.StartedAt)
		require.Empty(t, stored.Legs)
	}
	require.Equal(t, 301, streamsOf(t, p, *done.Activities[1].ID, nil).TotalPoints)

	r, body := sendFile(t, a, p, file, "")
	require.Equal(t, http.StatusOK, r.StatusCode, "%s", body)
	again := read[api.ActivityImport](t, body)
	for i := range again.Activities {
		require.Equal(t, api.ImportStatusExists, again.Activities[i].Status)
		require.Equal(t, done.Activities[i].ID, again.Activities[i].ID)
	}
}

func TestImportActivity_StrengthSets_WaitForConfirmation(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	set := func(at int, reps uint16, category typedef.ExerciseCategory) proto.Message {
		return mesgdef.NewSet(nil).SetStartTime(recorded.Add(time.Duration(at) * time.Second)).SetSetType(typedef.SetTypeActive).
			SetDurationScaled(30).SetRepetitions(reps).SetWeightScaled(60).SetCategory([]typedef.ExerciseCategory{category}).ToMesg(nil)
	}
	m := append(
		fitRecords(recorded, 300),
		fitSession(recorded, 300).SetSport(typedef.SportTraining).SetSubSport(typedef.SubSportStrengthTraining).ToMesg(nil),
		set(
			0,
			8,
			typedef.ExerciseCategoryBenchPress,
		),
		set(60, 7, typedef.ExerciseCategoryBenchPress),
		set(120, 12, typedef.ExerciseCategorySquat),
	)
	done := importFile(t, a, p, fitFile(t, recorded, m...), "")
	require.Equal(t, 3, *done.Activities[0].UnconfirmedSets)
	metrics, err := get(t, p, *done.Activities[0].ID).Metrics.AsStrengthMetrics()
	require.NoError(t, err)
	require.Len(t, metrics.Exercises, 2)
	require.Equal(t, "Bench press", metrics.Exercises[0].Name)
	require.True(t, *metrics.Exercises[0].Unconfirmed)
	require.Len(t, metrics.Exercises[0].Sets, 2)
	require.Equal(t, 60.0, *metrics.Exercises[0].Sets[0].WeightKg)

	sets := func() (n int) {
		require.NoError(
			t,
			a.Database.Owner.QueryRow(t.Context(), "select count(*) from public.activity_sets where user_id = $1 and in_records", p.ID).
				Scan(&n),
		)
		return n
	}
	const squat = `{"name":"Squat","sets":[{"reps":12,"weight_kg":60}]%s}`
	patch(t, a, p, *done.Activities[0].ID, `{"metrics":{"kind":"strength","exercises":[`+fmt.Sprintf(squat, `,"unconfirmed":true`)+`]}}`)
	require.Zero(t, sets(), "a guess makes no records")
	patch(t, a, p, *done.Activities[0].ID, `{"metrics":{"kind":"strength","exercises":[`+fmt.Sprintf(squat, "")+`]}}`)
	require.Equal(t, 1, sets())
}

// A circuit of four exercises has as many changes as sets.
func TestImportActivity_LongCircuit_KeepsAllItsSets(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	circuit := func(from time.Time, rounds, exercises int) string {
		m := []proto.Message{
			fitSession(from, 3600).SetSport(typedef.SportTraining).SetSubSport(typedef.SubSportStrengthTraining).ToMesg(nil),
		}
		for i := range rounds * exercises {
			m = append(m, mesgdef.NewSet(nil).SetStartTime(from.Add(time.Duration(i)*time.Second)).SetSetType(typedef.SetTypeActive).
				SetRepetitions(10).SetCategory([]typedef.ExerciseCategory{typedef.ExerciseCategory(i % exercises)}).ToMesg(nil))
		}
		return fitFile(t, from, m...)
	}
	stored := func(file string) (sets, exercises int, warnings []api.ImportWarning) {
		done := importFile(t, a, p, file, "")
		metrics, err := get(t, p, *done.Activities[0].ID).Metrics.AsStrengthMetrics()
		require.NoError(t, err)
		for _, e := range metrics.Exercises {
			sets += len(e.Sets)
		}
		return sets, len(metrics.Exercises), done.Warnings
	}
	sets, exercises, warnings := stored(circuit(recorded, 12, 4))
	require.Equal(t, []int{48, 4}, []int{sets, exercises})
	require.Empty(t, warnings)
	sets, exercises, warnings = stored(circuit(recorded.Add(2*time.Hour), 41, 30))
	require.Equal(t, []int{30*30 + 10*11, 40}, []int{sets, exercises}, "an exercise has 30 sets, the rest is in another one")
	require.Equal(t, "parts_cut", warnings[0].Code)
}

func TestImportActivity_FilesThatCannotBeImported_AreRefused(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	ride := fitRide(t, recorded)
	for name, c := range map[string]struct{ content, query, field, code string }{
		"something else": {"hello", "", "", "file_type_unknown"},
		"half a file":    {ride[:len(ride)/2], "", "allow_damaged", "partly_readable"},
		"document type":  {`<!DOCTYPE gpx><gpx/>`, "", "", "file_unreadable"},
		"a route":        {`<gpx><rte><rtept lat="1" lon="1"/></rte></gpx>`, "", "", "file_no_activity"},
		"without times":  {`<gpx><trk><trkseg><trkpt lat="1" lon="1"/></trkseg></trk></gpx>`, "", "", "file_no_activity"},
		"in three years": {gpxRun(recorded.AddDate(3, 0, 0), 10), "", "started_at", "needed_for_file"},
		"a wrong start": {
			gpxRun(recorded.AddDate(3, 0, 0), 10), "started_at=2030-01-01t00:00:00z", "started_at", "date_out_of_range",
		},
		"unset clock":     {fitFile(t, recorded, fitRecords(time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC), 60)...), "", "started_at", "needed_for_file"},
		"an empty GPX":    {`<gpx/>`, "", "", "file_no_activity"},
		"nested too deep": {strings.Repeat("<gpx>", 100), "", "", "file_unreadable"},
	} {
		t.Run(name, func(t *testing.T) {
			r, body := sendFile(t, a, p, c.content, c.query)
			requireRefused(t, r, body, http.StatusUnprocessableEntity, c.field, c.code)
		})
	}
	list, err := p.ListActivitiesWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, list.JSON200.Data)

	half := importFile(t, a, p, ride[:len(ride)/2], "allow_damaged=true")
	require.True(t, half.Damaged)
	require.Greater(t, half.Activities[0].Points, 200)
	unset := fitFile(t, recorded, fitRecords(time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC), 60)...)
	dated := importFile(t, a, a.Person(t), unset, "started_at=2026-11-10t08:00:00z")
	require.Equal(t, time.Date(2026, 11, 10, 8, 0, 0, 0, time.UTC), dated.Activities[0].StartedAt)
	dated = importFile(t, a, a.Person(t), gpxRun(recorded.AddDate(3, 0, 0), 10), "started_at=2026-11-10t08:00:00z")
	require.Equal(t, time.Date(2026, 11, 10, 8, 0, 0, 0, time.UTC), dated.Activities[0].StartedAt)
}

func TestImportActivity_FITWith101Sessions_IsRefused(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	sessions := func(n int) string {
		var m []proto.Message
		for i := range n {
			m = append(m, fitSession(recorded.Add(time.Duration(i)*time.Minute), 60).SetSport(typedef.SportCycling).ToMesg(nil))
		}
		return fitFile(t, recorded, m...)
	}
	require.Equal(t, 100, importFile(t, a, p, sessions(100), "").Activities[0].Legs)
	r, body := sendFile(t, a, a.Person(t), sessions(101), "")
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "", "file_too_complex")
}

// A treadmill knows no distance.
func TestImportActivity_LapsWithoutDistance_AreStored(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	var b strings.Builder
	b.WriteString(`<TrainingCenterDatabase><Activities><Activity Sport="Running"><Id>2026-11-10T06:00:00Z</Id>`)
	for i := range 3 {
		from := recorded.Add(time.Duration(i) * time.Minute)
		fmt.Fprintf(&b, `<Lap StartTime="%s"><TotalTimeSeconds>60</TotalTimeSeconds><Track>`, from.Format(time.RFC3339))
		fmt.Fprintf(&b, `<Trackpoint><Time>%s</Time></Trackpoint></Track></Lap>`, from.Add(30*time.Second).Format(time.RFC3339))
	}
	b.WriteString(`</Activity></Activities></TrainingCenterDatabase>`)
	imported := importFile(t, a, p, b.String(), "").Activities[0]
	require.Nil(t, imported.DistanceM)
	stored := get(t, p, *imported.ID)
	require.Nil(t, stored.DistanceM)
	metrics, err := stored.Metrics.AsRunningMetrics()
	require.NoError(t, err)
	require.Len(t, metrics.Laps, 3)
}

func TestImportActivity_TimesFarApart_AreCut(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	m := append(fitRecords(recorded.AddDate(0, -3, 0), 60), fitRecords(recorded, 60)...) // a device that jumped by three months
	done := importFile(t, a, p, fitFile(t, recorded, m...), "")
	require.Equal(t, "time_cut", done.Warnings[len(done.Warnings)-1].Code)
	require.Equal(t, 31*24*3600, done.Activities[0].ElapsedS)
	s := streamsOf(t, p, *done.Activities[0].ID, nil)
	require.Equal(t, 61, s.TotalPoints, "those after 31 days have a wrong time")
}

func TestImportActivity_WrongMediaOrEmptyBody_IsRefused(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	r, body := send(t, p, http.MethodPost, a.URL+imports, "x", "Content-Type", "application/json")
	requireRefused(t, r, body, http.StatusUnsupportedMediaType, "", "unsupported_media_type")
	require.Contains(t, string(body), "application/octet-stream")
	r, body = sendFile(t, a, p, "", "")
	requireRefused(t, r, body, http.StatusBadRequest, "", "required")
}

// formOf returns a form with one file, and its media type.
func formOf(t testing.TB, name, content string) (body, media string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", name)
	require.NoError(t, err)
	_, err = part.Write([]byte(content))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.String(), w.FormDataContentType()
}

func TestImportActivity_Form_IsTheSameAsTheBody(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	key := uuid.NewString()
	body, media := formOf(t, "ride.fit", fitRide(t, recorded))
	r, first := send(t, p, http.MethodPost, a.URL+imports, body, "Content-Type", media, "Idempotency-Key", key)
	require.Equal(t, http.StatusCreated, r.StatusCode, "%s", first)

	// A retry of a browser has another boundary.
	body, media = formOf(t, "ride.fit", fitRide(t, recorded))
	r, again := send(t, p, http.MethodPost, a.URL+imports, body, "Content-Type", media, "Idempotency-Key", key)
	require.Equal(t, "true", r.Header.Get("Idempotent-Replayed"))
	require.JSONEq(t, string(first), string(again))
	_, asBody := sendFile(t, a, p, fitRide(t, recorded), "")
	require.Equal(t, read[api.ActivityImport](t, first).ID, read[api.ActivityImport](t, asBody).ID)
}

func TestImportActivity_FormWithoutAKnownBeginning_IsJudgedByItsName(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for name, code := range map[string]string{
		"ride.FIT": "file_damaged", "ride.tcx.gz": "file_damaged", "ride.zip": "file_type_unknown", "": "file_type_unknown",
	} {
		body, media := formOf(t, name, "no activity at all")
		r, refusal := send(t, p, http.MethodPost, a.URL+imports, body, "Content-Type", media)
		requireRefused(t, r, refusal, http.StatusUnprocessableEntity, "", code)
	}
	body, media := formOf(t, "run.fit", gpxRun(recorded, 60))
	r, done := send(t, p, http.MethodPost, a.URL+imports, body, "Content-Type", media)
	require.Equal(t, http.StatusCreated, r.StatusCode, "the content decides: %s", done)
}

func TestImportActivity_IdempotencyKey_ReplaysTheResponse(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	key := uuid.NewString()
	header := []string{"Content-Type", "application/octet-stream", "Idempotency-Key", key}
	r, first := send(t, p, http.MethodPost, a.URL+imports, gpxRun(recorded, 60), header...)
	require.Equal(t, http.StatusCreated, r.StatusCode, "%s", first)
	r, again := send(t, p, http.MethodPost, a.URL+imports, gpxRun(recorded, 60), header...)
	require.Equal(t, http.StatusCreated, r.StatusCode)
	require.Equal(t, "true", r.Header.Get("Idempotent-Replayed"))
	require.JSONEq(t, string(first), string(again))
	r, body := send(t, p, http.MethodPost, a.URL+imports, gpxRun(recorded, 61), header...)
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "", "idempotency_mismatch")
}

func TestGetActivityStreams_ChannelsAndPoints_AreWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	id := *importFile(t, a, p, gpxRun(recorded, 1000), "").Activities[0].ID
	s := streamsOf(t, p, id, &api.GetActivityStreamsParams{Channels: new("heart_rate"), Points: new(50)})
	require.Len(t, s.Points, 50)
	require.Equal(t, 0.0, s.Points[0].TimeS)
	require.Equal(t, 1000.0, s.Points[49].TimeS)
	for _, point := range s.Points {
		require.NotNil(t, point.HeartRate)
		require.Nil(t, point.Latitude)
		require.Nil(t, point.AltitudeM)
		require.Nil(t, point.PowerWatts, "not measured")
	}
	all := streamsOf(t, p, id, &api.GetActivityStreamsParams{Points: new(5000)})
	require.Len(t, all.Points, 1001)
	require.InDelta(t, 52.5, *all.Points[0].Latitude, 1e-7)
	require.Equal(t, 34.0, *all.Points[0].AltitudeM)
	require.InDelta(t, 3, *all.Points[500].SpeedMps, 0.01)

	byHand := logActivity(t, a, p, `"category":"sports","started_at":"2026-11-21T07:00:00Z","elapsed_s":60`)
	require.Empty(t, streamsOf(t, p, byHand.ID, nil).Points)
}

func TestPrivacyRadius_NoResponse_HasPlacesNearTheEnds(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	id := *importFile(t, a, p, gpxRun(recorded, 1000), "privacy_radius_m=500").Activities[0].ID
	home, far := 52.5, 52.5+3000/111195.08
	near := func(lat float64) bool {
		return activityfile.Distance(lat, 13.4, home, 13.4) <= 499 || activityfile.Distance(lat, 13.4, far, 13.4) <= 499
	}
	for _, radius := range []*int{nil, new(0), new(200)} {
		s := streamsOf(t, p, id, &api.GetActivityStreamsParams{Points: new(5000), PrivacyRadiusM: radius})
		require.Equal(t, 500, s.PrivacyRadiusM, "a reader cannot make it smaller")
		visible := 0
		for _, point := range s.Points {
			if point.Latitude != nil {
				visible++
				require.False(t, near(*point.Latitude))
			}
		}
		require.InDelta(t, 667, visible, 3)
	}
	track, err := p.GetActivityTrackWithResponse(t.Context(), id, &api.GetActivityTrackParams{})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, track.StatusCode())
	back, err := activityfile.Read(t.Context(), bytes.NewReader(track.Body), activityfile.Options{})
	require.NoError(t, err)
	require.InDelta(t, 667, len(back.Activities[0].Points), 3)
	for _, point := range back.Activities[0].Points {
		lat, _, _ := point.Position()
		require.False(t, near(lat))
	}

	hidden, err := p.GetActivityTrackWithResponse(t.Context(), id, &api.GetActivityTrackParams{PrivacyRadiusM: new(2000)})
	require.NoError(t, err)
	require.Equal(t, http.StatusNotFound, hidden.StatusCode(), "nothing is left")
}

// A walk from home and back: no response shows where home is, whatever the import and the request say.
func TestPrivacyRadius_OfTheProfile_IsTheLeastOfEveryResponse(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	i := importFile(t, a, p, gpxThereAndBack(recorded, 300), "")
	id := *i.Activities[0].ID
	setRadius := func(metres int) {
		r, err := p.UpdateMeWithResponse(t.Context(), nil, api.MePatch{PrivacyRadiusM: &metres})
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
		require.Contains(t, string(r.Body), fmt.Sprintf(`"privacy_radius_m":%d`, metres))
	}
	before := get(t, p, id)
	all := streamsOf(t, p, id, &api.GetActivityStreamsParams{Points: new(5000)})
	require.Zero(t, all.PrivacyRadiusM)
	require.InDelta(t, 52.5, *all.Points[0].Latitude, 1e-7)

	setRadius(400)
	for radius, want := range map[int]int{0: 400, 200: 400, 600: 600} {
		s := streamsOf(t, p, id, &api.GetActivityStreamsParams{Points: new(5000), PrivacyRadiusM: &radius})
		require.Equal(t, want, s.PrivacyRadiusM)
		require.Len(t, s.Points, len(all.Points), "the other measurements stay")
		require.Equal(t, all.Points[len(all.Points)-1].DistanceM, s.Points[len(s.Points)-1].DistanceM)
		visible := 0
		for _, point := range s.Points {
			if point.Latitude != nil {
				visible++
				require.Greater(t, activityfile.Distance(*point.Latitude, *point.Longitude, 52.5, 13.4), float64(want-1))
			}
		}
		require.NotZero(t, visible)
	}
	track, err := p.GetActivityTrackWithResponse(t.Context(), id, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, track.StatusCode())
	back, err := activityfile.Read(t.Context(), bytes.NewReader(track.Body), activityfile.Options{})
	require.NoError(t, err)
	for _, point := range back.Activities[0].Points {
		lat, lon, _ := point.Position()
		require.Greater(t, activityfile.Distance(lat, lon, 52.5, 13.4), 399.0)
	}
	require.Equal(t, before, get(t, p, id), "distance and time stay")

	setRadius(5000)
	hidden, err := p.GetActivityTrackWithResponse(t.Context(), id, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNotFound, hidden.StatusCode(), "nothing is left")
	setRadius(0)
	require.Equal(t, all, streamsOf(t, p, id, &api.GetActivityStreamsParams{Points: new(5000)}))
}

func TestGetActivityTrack_OfImportedGPX_ReturnsItsPoints(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	id := *importFile(t, a, p, gpxRun(recorded, 300), "").Activities[0].ID
	track, err := p.GetActivityTrackWithResponse(t.Context(), id, &api.GetActivityTrackParams{})
	require.NoError(t, err)
	require.Equal(t, "application/gpx+xml", track.HTTPResponse.Header.Get("Content-Type"))
	back, err := activityfile.Read(t.Context(), bytes.NewReader(track.Body), activityfile.Options{})
	require.NoError(t, err)
	require.Equal(t, "Along the river", back.Activities[0].Name)
	require.Equal(t, activityfile.Running, back.Activities[0].Sport.Family)
	require.Len(t, back.Activities[0].Points, 301)
	require.Equal(t, recorded, back.Activities[0].StartedAt)
}

func TestImportedFile_LastActivityErased_IsErasedToo(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	done := importFile(t, a, p, gpxRun(recorded, 60), "")
	count := func(table string) (n int) {
		require.NoError(t, a.Database.Owner.QueryRow(t.Context(), "select count(*) from "+table+" where user_id = $1", p.ID).Scan(&n))
		return n
	}
	require.Equal(t, []int{1, 1}, []int{count("public.activity_files"), count("public.activity_streams")})
	_, err := a.Database.Owner.Exec(
		t.Context(),
		"delete from public.activities where user_id = $1 and id = $2",
		p.ID,
		done.Activities[0].ID,
	)
	require.NoError(t, err)
	require.Equal(t, []int{0, 0}, []int{count("public.activity_files"), count("public.activity_streams")})
	importFile(t, a, p, gpxRun(recorded, 60), "")

	_, err = a.Database.Owner.Exec(t.Context(), "delete from auth.users where id = $1", p.ID)
	require.NoError(t, err)
	require.Equal(t, []int{0, 0}, []int{count("public.activity_files"), count("public.activity_streams")})
}

func TestImportActivity_Zone_IsFoundFromPositionsOffsetOrProfile(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	_, err := p.UpdateMeWithResponse(t.Context(), nil, api.MePatch{Timezone: new("America/New_York")})
	require.NoError(t, err)
	late := time.Date(2026, 11, 22, 23, 30, 0, 0, time.UTC)
	withOffset := func(from time.Time, offset time.Duration, sport typedef.SubSport) string {
		activity := mesgdef.NewActivity(nil).SetTimestamp(from).SetLocalTimestamp(from.Add(offset)).ToMesg(nil)
		m := fitRecords(from, 60)
		for i := range 10 { // in Berlin
			m = append(m, mesgdef.NewRecord(nil).SetTimestamp(from.Add(time.Duration(i)*time.Second)).
				SetPositionLatDegrees(52.52).SetPositionLongDegrees(13.4).ToMesg(nil))
		}
		if sport != typedef.SubSportVirtualActivity {
			m = m[:61]
		}
		return fitFile(t, from, append(m, fitSession(from, 60).SetSport(typedef.SportCycling).SetSubSport(sport).ToMesg(nil), activity)...)
	}
	for name, c := range map[string]struct {
		content, zone, day string
		source             api.ZoneSource
	}{
		"positions":               {gpxRun(late, 60), "Europe/Berlin", "2026-11-23", api.ZoneSourceGps},
		"offset of the profile":   {withOffset(late, -5*time.Hour, typedef.SubSportSpin), "America/New_York", "2026-11-22", api.ZoneSourceFile},
		"another offset":          {withOffset(late.Add(time.Hour), 9*time.Hour, typedef.SubSportSpin), "Etc/GMT-9", "2026-11-23", api.ZoneSourceFile},
		"offset with a fraction":  {withOffset(late.Add(2*time.Hour), 330*time.Minute, typedef.SubSportSpin), "Asia/Kolkata", "2026-11-23", api.ZoneSourceFile},
		"no offset, no positions": {withOffset(late.Add(3*time.Hour), 0, typedef.SubSportSpin), "America/New_York", "2026-11-22", api.ZoneSourceProfile},
		"virtual positions": {
			withOffset(late.Add(4*time.Hour), 0, typedef.SubSportVirtualActivity), "America/New_York", "2026-11-22", api.ZoneSourceProfile,
		},
	} {
		t.Run(name, func(t *testing.T) {
			done := importFile(t, a, p, c.content, "").Activities[0]
			require.Equal(t, []any{c.zone, c.source, c.day}, []any{done.Timezone, done.ZoneSource, done.LocalDate.String()})
			stored := get(t, p, *done.ID)
			require.Equal(t, []any{c.zone, c.source, c.day}, []any{stored.Timezone, stored.ZoneSource, stored.LocalDate.String()})
		})
	}
}

func TestImportActivity_Energy_IsTheDevicesWithItsRestingPart(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	_, err := p.UpdateMeWithResponse(t.Context(), nil, api.MePatch{
		CurrentWeightKg: nullable.NewNullableWithValue(80.0), BirthDate: nullable.NewNullableWithValue(openapi_types.Date{
			Time: time.Date(1996, 1, 1, 0, 0, 0, 0, time.UTC),
		}),
	})
	require.NoError(t, err)
	ride := get(t, p, *importFile(t, a, p, fitRide(t, recorded), "").Activities[0].ID)
	require.Equal(t, api.EnergySourceDevice, ride.Energy.Source)
	require.Equal(t, 95.0, ride.Energy.Kcal)
	require.Equal(t, 80.0, *ride.Energy.KcalNet)
	require.Equal(t, "cycling", *ride.Activity)
	require.Equal(t, 1.0, *ride.HeartRateZones.Coverage)
	require.Equal(t, []int{0, 0, 0, 600, 0, 0}, ride.HeartRateZones.Seconds, "140 bpm are in zone 3 of somebody who is 30")

	walk := strings.Replace(gpxRun(recorded.AddDate(0, 0, -1), 600), "running", "nordic_walking", 1)
	without := get(t, p, *importFile(t, a, p, walk, "").Activities[0].ID)
	require.Equal(t, "nordic_walking", *without.Activity)
	require.NotEqual(t, api.EnergySourceDevice, without.Energy.Source)
}

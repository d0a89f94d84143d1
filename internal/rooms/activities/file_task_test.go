package activities_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
)

// longest is as long as a request may wait for the end of an import.
const longest = 25

// queueFile sends a file that is to be worked in the background, and returns the task.
func queueFile(t testing.TB, a *apitest.API, p *apitest.Person, content, query string, header ...string) api.ImportTask {
	t.Helper()
	header = append(header, "Content-Type", "application/octet-stream", "Prefer", "wait=1, respond-async")
	r, body := send(t, p, http.MethodPost, a.URL+imports+"?"+query, content, header...)
	require.Equal(t, http.StatusAccepted, r.StatusCode, "%s", body)
	task := read[api.ImportTask](t, body)
	require.Equal(t, "/api/v1/activities/imports/"+task.ID.String(), r.Header.Get("Location"))
	require.Equal(t, api.ImportTaskStatusQueued, task.Status)
	return task
}

// task returns an import, after waiting for its end for so many seconds.
func task(t testing.TB, p *apitest.Person, id uuid.UUID, wait int) api.ImportTask {
	t.Helper()
	r, err := p.GetActivityImportWithResponse(t.Context(), id, &api.GetActivityImportParams{Wait: &wait})
	require.NoError(t, err)
	require.NotNil(t, r.JSON200, "%s", r.Body)
	return *r.JSON200
}

// ended returns an import after its end. Each request waits for a part of a long time, in case the machine is busy.
func ended(t testing.TB, p *apitest.Person, id uuid.UUID) api.ImportTask {
	t.Helper()
	for range 5 {
		if i := task(t, p, id, longest); i.CompletedAt != nil {
			return i
		}
	}
	require.Fail(t, "the import does not end")
	return api.ImportTask{}
}

// own returns an API with a database of its own, whose lost imports nobody else finds.
func own(t testing.TB) *apitest.API {
	t.Helper()
	return apitest.New(t, apitest.Setup{Database: new(dbtest.New(t))})
}

// lose stores an import whose worker has died, after that many attempts.
func lose(t testing.TB, a *apitest.API, p *apitest.Person, content string, attempts int) uuid.UUID {
	t.Helper()
	packer, err := zstd.NewWriter(nil)
	require.NoError(t, err)
	id := uuid.New()
	_, err = a.Database.Owner.Exec(t.Context(), `
		insert into public.activity_imports (user_id, id, status, content, size_bytes, options, attempt, lease_until)
		values ($1, $2, 'running', $3, $4, '{}', $5, now() - interval '1 second')`,
		p.ID, id, packer.EncodeAll([]byte(content), nil), len(content), attempts)
	require.NoError(t, err)
	return id
}

// requeue lets the workers find what was lost, as the job does that looks for it. The name of their queue is that of an import before.
func requeue(t testing.TB, a *apitest.API, p *apitest.Person) {
	t.Helper()
	before := queueFile(t, a, p, gpxRun(recorded.AddDate(0, 0, -100), 1), "dry_run=true")
	var n int
	require.NoError(t, a.Database.Owner.QueryRow(t.Context(), `
		select private.requeue_activity_imports(j.queue) from jobs.river_job j where j.args ->> 'import_id' = $1`, before.ID.String()).Scan(&n))
	require.Equal(t, 1, n)
}

func activitiesOf(t testing.TB, p *apitest.Person) []api.Activity {
	t.Helper()
	list, err := p.ListActivitiesWithResponse(t.Context(), nil)
	require.NoError(t, err)
	return list.JSON200.Data
}

func TestImportActivity_RespondAsync_StoresTheSameInTheBackground(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	queued := queueFile(t, a, p, fitRide(t, recorded), "privacy_radius_m=300")
	done := ended(t, p, queued.ID)
	require.Equal(t, api.ImportTaskStatusDone, done.Status)
	require.Equal(t, 1.0, done.Progress)
	require.Equal(t, queued.CreatedAt, done.CreatedAt)
	require.Nil(t, done.Problem)
	require.Equal(t, &queued.ID, done.Result.ID)

	other := a.Person(t)
	inRequest := importFile(t, a, other, fitRide(t, recorded), "")
	inRequest.ID, inRequest.Activities[0].ID = done.Result.ID, done.Result.Activities[0].ID
	require.Equal(t, inRequest, *done.Result)
	streams := streamsOf(t, p, *done.Result.Activities[0].ID, nil)
	require.Equal(t, []int{601, 300}, []int{streams.TotalPoints, streams.PrivacyRadiusM})

	foreign, err := other.GetActivityImportWithResponse(t.Context(), queued.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNotFound, foreign.StatusCode())
}

// The files are no activities, because a large one takes its time to be read.
func TestImportActivity_LargeFile_IsWorkedInTheBackground(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	r, body := sendFile(t, a, p, strings.Repeat("x", 4<<20+1), "")
	require.Equal(t, http.StatusAccepted, r.StatusCode, "%s", body)
	failed := ended(t, p, read[api.ImportTask](t, body).ID)
	require.Equal(t, api.ImportTaskStatusFailed, failed.Status)
	require.Equal(t, "file_type_unknown", failed.Problem.Code)

	small := strings.Repeat("x", 512<<10)
	r, body = sendFile(t, a, p, small, "")
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "", "file_type_unknown")
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.NoCompression)
	require.NoError(t, err)
	_, err = w.Write([]byte(small))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	r, body = sendFile(t, a, p, packed.String(), "")
	require.Equal(t, http.StatusAccepted, r.StatusCode, "packed: %s", body)
}

func TestImportActivity_DryRunInTheBackground_WritesNothing(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	done := ended(t, p, queueFile(t, a, p, gpxRun(recorded, 60), "dry_run=true").ID)
	require.True(t, done.Result.DryRun)
	require.Nil(t, done.Result.ID)
	require.Equal(t, api.ImportStatusNew, done.Result.Activities[0].Status)
	require.Empty(t, activitiesOf(t, p))
}

func TestImportActivity_RefusedInTheBackground_HasTheSameProblem(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	ride := fitRide(t, recorded)
	for name, content := range map[string]string{
		"cut": ride[:len(ride)/2], "another type": "no activity at all", "hostile": strings.Repeat("<gpx>", 100),
		"in the future": gpxRun(time.Now().AddDate(2, 0, 0).UTC(), 60),
	} {
		failed := ended(t, p, queueFile(t, a, p, content, "").ID)
		require.Equal(t, api.ImportTaskStatusFailed, failed.Status, name)
		require.Nil(t, failed.Result, name)
		r, body := sendFile(t, a, p, content, "")
		require.GreaterOrEqual(t, r.StatusCode, http.StatusBadRequest, name)
		require.Equal(t, read[api.ImportProblem](t, body), *failed.Problem, name)
	}
	require.Empty(t, activitiesOf(t, p))
	half := ended(t, p, queueFile(t, a, p, ride[:len(ride)/2], "allow_damaged=true").ID)
	require.True(t, half.Result.Damaged)
}

func TestImportActivity_SameFileTwiceInTheBackground_IsStoredOnce(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	ids := []uuid.UUID{}
	for range 4 {
		ids = append(ids, queueFile(t, a, p, gpxRun(recorded, 600), "").ID)
	}
	counts := map[api.ImportStatus]int{}
	stored := map[uuid.UUID]bool{}
	for _, id := range ids {
		result := ended(t, p, id).Result
		counts[result.Activities[0].Status]++
		stored[*result.Activities[0].ID] = true
	}
	require.Equal(t, map[api.ImportStatus]int{api.ImportStatusCreated: 1, api.ImportStatusExists: 3}, counts)
	require.Len(t, stored, 1)
	require.Len(t, activitiesOf(t, p), 1)
}

func TestImportJob_RunAgain_ChangesNothing(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	queued := queueFile(t, a, p, gpxRun(recorded, 60), "")
	done := ended(t, p, queued.ID)
	_, err := a.Database.Owner.Exec(t.Context(), `
		select private.queue_job(j.kind, j.args, j.queue) from jobs.river_job j where j.args ->> 'import_id' = $1`, queued.ID.String())
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		var n int
		err := a.Database.Owner.QueryRow(t.Context(), `
			select count(*) from jobs.river_job where args ->> 'import_id' = $1 and state = 'completed'`, queued.ID.String()).Scan(&n)
		return err == nil && n == 2
	}, time.Minute, 10*time.Millisecond)
	require.Equal(t, done, task(t, p, queued.ID, 0))
	require.Len(t, activitiesOf(t, p), 1)
}

func TestGetActivityImport_WithWait_ReturnsWhenItIsDone(t *testing.T) {
	t.Parallel()
	a := own(t)
	p := a.Person(t)
	id := lose(t, a, p, gpxRun(recorded, 60), 1)
	require.Equal(t, api.ImportTaskStatusRunning, task(t, p, id, 0).Status)
	waited := make(chan api.ImportTask)
	go func() { waited <- ended(t, p, id) }()
	requeue(t, a, p)
	done := <-waited
	require.Equal(t, api.ImportTaskStatusDone, done.Status, "its worker had died, and another one has taken it over")
	require.Equal(t, api.ImportStatusCreated, done.Result.Activities[0].Status)
	require.Len(t, activitiesOf(t, p), 1)
}

func TestImportJob_WorkersDiedThreeTimes_Fails(t *testing.T) {
	t.Parallel()
	a := own(t)
	p := a.Person(t)
	id := lose(t, a, p, gpxRun(recorded, 60), 3)
	requeue(t, a, p)
	failed := ended(t, p, id)
	require.Equal(t, api.ImportTaskStatusFailed, failed.Status)
	require.Equal(t, "import_failed", failed.Problem.Code)
	require.Empty(t, activitiesOf(t, p))
}

func TestImportJob_FailsEachTime_IsTriedThreeTimes(t *testing.T) {
	t.Parallel()
	a := own(t)
	p := a.Person(t)
	_, err := a.Database.Owner.Exec(t.Context(), `alter table public.activities add constraint broken check (false) not valid`)
	require.NoError(t, err)
	failed := ended(t, p, queueFile(t, a, p, gpxRun(recorded, 60), "").ID)
	require.Equal(t, api.ImportTaskStatusFailed, failed.Status)
	require.Equal(t, "import_failed", failed.Problem.Code)
	var attempts int
	require.NoError(
		t,
		a.Database.Owner.QueryRow(t.Context(), `select attempt from public.activity_imports where id = $1`, failed.ID).Scan(&attempts),
	)
	require.Equal(t, 3, attempts)
}

func TestImportActivity_IdempotencyKey_QueuesTheFileOnce(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	key := []string{"Idempotency-Key", uuid.NewString()}
	first := queueFile(t, a, p, gpxRun(recorded, 60), "", key...)
	require.Equal(t, first, queueFile(t, a, p, gpxRun(recorded, 60), "", key...))
	var n int
	require.NoError(
		t,
		a.Database.Owner.QueryRow(t.Context(), `select count(*) from public.activity_imports where user_id = $1`, p.ID).Scan(&n),
	)
	require.Equal(t, 1, n)
	require.Equal(t, api.ImportTaskStatusDone, ended(t, p, first.ID).Status)
}

func TestImportActivity_20FilesWait_RefusesTheNext(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	_, err := a.Database.Owner.Exec(t.Context(), `
		insert into public.activity_imports (user_id, content, size_bytes, options) select $1, '', 1, '{}' from generate_series(1, 19)`, p.ID)
	require.NoError(t, err)
	// The count of the first must be stored before the second counts: nobody works meanwhile.
	blocker, err := a.Database.Owner.Begin(t.Context())
	require.NoError(t, err)
	_, err = blocker.Exec(t.Context(), `lock table public.activity_imports in share mode`)
	require.NoError(t, err)
	queue := func() (*http.Response, []byte) {
		return send(t, p, http.MethodPost, a.URL+imports, gpxRun(recorded, 60),
			"Content-Type", "application/octet-stream", "Prefer", "respond-async")
	}
	statuses := make(chan int, 2)
	for range cap(statuses) {
		go func() {
			r, _ := queue()
			statuses <- r.StatusCode
		}()
	}
	require.Eventually(t, func() bool {
		var waiting int
		err := a.Database.Owner.QueryRow(t.Context(), `
			select count(*) from pg_locks l join pg_stat_activity s using (pid)
			where not l.granted and s.query like '%AddActivityImport%' and (l.relation = 'public.activity_imports'::regclass or l.locktype = 'advisory')`).
			Scan(&waiting)
		return err == nil && waiting >= cap(statuses)
	}, time.Minute, 10*time.Millisecond)
	require.NoError(t, blocker.Rollback(t.Context()))
	require.ElementsMatch(t, []int{http.StatusAccepted, http.StatusUnprocessableEntity}, []int{<-statuses, <-statuses})

	_, err = a.Database.Owner.Exec(t.Context(), `
		insert into public.activity_imports (user_id, content, size_bytes, options) values ($1, '', 1, '{}')`, p.ID)
	require.NoError(t, err)
	r, body := queue()
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "", "too_many_imports")
}

func TestPurge_ImportsAfter7Days_AreErasedAndWhatTheyStoredStays(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	stored := queueFile(t, a, p, gpxRun(recorded, 60), "").ID
	dry := queueFile(t, a, p, gpxRun(recorded, 61), "dry_run=true").ID
	young := queueFile(t, a, p, gpxRun(recorded, 62), "dry_run=true").ID
	result := ended(t, p, stored).Result
	for id, age := range map[uuid.UUID]string{stored: "7 days 1 second", dry: "7 days 1 second", young: "6 days 23 hours"} {
		require.NotNil(t, ended(t, p, id).Result)
		_, err := a.Database.Owner.Exec(t.Context(),
			`update public.activity_imports set created_at = now() - $2::text::interval where id = $1 and content is null`, id, age)
		require.NoError(t, err)
	}
	_, err := a.Database.Owner.Exec(t.Context(), `select private.purge_activities()`)
	require.NoError(t, err)
	gone, err := p.GetActivityImportWithResponse(t.Context(), dry, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNotFound, gone.StatusCode())
	require.Equal(t, young, task(t, p, young, 0).ID)
	require.Equal(t, result, task(t, p, stored, 0).Result, "of what it stored")

	_, err = a.Database.Owner.Exec(t.Context(), "delete from auth.users where id = $1", p.ID)
	require.NoError(t, err)
	var left json.RawMessage
	require.NoError(t, a.Database.Owner.QueryRow(t.Context(),
		`select coalesce(json_agg(i.id), '[]') from public.activity_imports i where i.user_id = $1`, p.ID).Scan(&left))
	require.JSONEq(t, `[]`, string(left))
}

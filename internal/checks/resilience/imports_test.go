package resilience_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
)

// longRun is a file that is large enough for a worker: more than 4 MiB, a point for each second of eleven hours.
func longRun() string {
	const seconds = 40_000
	start := time.Date(2026, 3, 1, 6, 0, 0, 0, time.UTC)
	var b strings.Builder
	b.WriteString(`<gpx creator="Test"><trk><type>running</type><trkseg>`)
	for i := range seconds {
		fmt.Fprintf(&b, `<trkpt lat="%.6f" lon="13.4"><ele>34</ele><time>%s</time><extensions><hr>%d</hr></extensions></trkpt>`,
			52.5+float64(i)/1e5, start.Add(time.Duration(i)*time.Second).Format(time.RFC3339), 120+i%40)
	}
	b.WriteString(`</trkseg></trk></gpx>`)
	return b.String()
}

// sendRun sends a large file to the process, which works it in the background.
func sendRun(t *testing.T, p *process, token string) uuid.UUID {
	t.Helper()
	r, err := p.client(t, token).
		ImportActivityWithBodyWithResponse(t.Context(), nil, "application/octet-stream", strings.NewReader(longRun()))
	require.NoError(t, err)
	require.NotNil(t, r.JSON202, "%s", r.Body)
	return r.JSON202.ID
}

// killWhileStoring kills the process with SIGKILL when it has written the activity of an import and waits to write the file of it.
// Where the machine dies with the process, the database is told too, otherwise it carries out what the process had sent.
func killWhileStoring(t *testing.T, a *apitest.API, p *process, begin func(), machineDies bool) {
	t.Helper()
	blocker, err := a.Database.Owner.Begin(t.Context())
	require.NoError(t, err)
	defer func() { require.NoError(t, blocker.Rollback(t.Context())) }()
	_, err = blocker.Exec(t.Context(), "lock table public.activity_files in share mode")
	require.NoError(t, err)
	begin()
	require.Eventually(t, func() bool {
		var waits bool
		err := a.Database.Owner.QueryRow(t.Context(), `
			select exists (select from pg_locks l where l.relation = 'public.activity_files'::regclass and not l.granted)`).Scan(&waits)
		return err == nil && waits
	}, patience, 5*time.Millisecond)
	require.NoError(t, p.cmd.Process.Kill())
	<-p.ended
	if machineDies {
		_, err = a.Database.Owner.Exec(t.Context(), `
			select pg_terminate_backend(s.pid, 10000) from pg_stat_activity s where s.datname = current_database() and s.usename = 'app'
			and exists (select from pg_locks l where l.pid = s.pid and l.relation = 'public.activity_files'::regclass and not l.granted)`)
		require.NoError(t, err)
	}
}

// requireImportedOnce requires that the import ends well at the process, and that the person has its activity once, with all points.
func requireImportedOnce(t *testing.T, a *apitest.API, p *process, token string, id uuid.UUID) {
	t.Helper()
	c := p.client(t, token)
	var task *api.ImportTask
	for range 6 { // the leases of a dead process end after up to a minute
		r, err := c.GetActivityImportWithResponse(t.Context(), id, &api.GetActivityImportParams{Wait: new(25)})
		require.NoError(t, err)
		require.NotNil(t, r.JSON200, "%s", r.Body)
		if task = r.JSON200; task.CompletedAt != nil {
			break
		}
	}
	require.Equal(t, api.ImportTaskStatusDone, task.Status)
	require.Equal(t, 1.0, task.Progress)
	require.Equal(t, api.ImportStatusCreated, task.Result.Activities[0].Status)
	list, err := c.ListActivitiesWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, list.JSON200.Data, 1)
	require.Equal(t, *task.Result.Activities[0].ID, list.JSON200.Data[0].ID)
	streams, err := c.GetActivityStreamsWithResponse(t.Context(), list.JSON200.Data[0].ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, streams.StatusCode())
	require.Equal(t, 40_000, streams.JSON200.TotalPoints)
	rows, err := a.Database.Owner.Query(t.Context(), `
		select count(*) from public.activities union all select count(*) from public.activity_files
		union all select count(*) from public.activity_streams`)
	require.NoError(t, err)
	counts, err := pgx.CollectRows(rows, pgx.RowTo[int])
	require.NoError(t, err)
	require.Equal(t, []int{1, 1, 1}, counts)
}

// letTimePass makes what a dead process left in the database older than its leases: of the import, and of the process that leads.
func letTimePass(t *testing.T, a *apitest.API) {
	t.Helper()
	for _, statement := range []string{
		`update public.activity_imports set lease_until = lease_until - interval '91 seconds' where lease_until is not null`,
		`update jobs.river_leader set elected_at = elected_at - interval '91 seconds', expires_at = expires_at - interval '91 seconds'`,
		`delete from jobs.river_job where kind = 'requeue_activity_imports'`, // else it is not added again within its interval
	} {
		_, err := a.Database.Owner.Exec(t.Context(), statement)
		require.NoError(t, err)
	}
}

func TestImport_MachineDiesWhileItStores_IsDoneOnceByAnother(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Database: new(dbtest.New(t))})
	token := a.Person(t).Cookie(t, "access_token")
	p := serve(t, a)
	var id uuid.UUID
	killWhileStoring(t, a, p, func() { id = sendRun(t, p, token) }, true)
	var status string
	require.NoError(t, a.Database.Owner.QueryRow(t.Context(), "select status from public.activity_imports where id = $1", id).Scan(&status))
	require.Equal(t, "running", status)
	letTimePass(t, a)
	requireImportedOnce(t, a, serve(t, a), token, id)
}

// The database carries out what it has received, also after the process that sent it is dead. Another worker must not do it again.
func TestImport_ProcessKilledWhileItStores_IsDoneOnce(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Database: new(dbtest.New(t))})
	token := a.Person(t).Cookie(t, "access_token")
	p := serve(t, a)
	var id uuid.UUID
	killWhileStoring(t, a, p, func() { id = sendRun(t, p, token) }, false)
	letTimePass(t, a)
	requireImportedOnce(t, a, serve(t, a), token, id)
}

package postgres

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/ultimatecoach/api/internal/dev/supervisor"
)

// launchEnv turns the test binary into a launcher that a test can kill: it starts a server in the folder, or an
// ephemeral one for "-", says its URL and waits.
const launchEnv = "LOCAL_TEST_LAUNCH"

func TestMain(m *testing.M) {
	dir, ok := os.LookupEnv(launchEnv)
	if !ok {
		os.Exit(m.Run())
	}
	o := Options{Dir: dir}
	if dir == "-" {
		o = Options{Ephemeral: true}
	}
	s, err := Start(context.Background(), o)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(s.URL)
	<-s.Done()
}

// patience bounds every wait for another process. It decides nothing: whoever runs into it has hung.
const patience = time.Minute

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within %s", what, patience)
		}
	}
}

// newDir is one that other users can enter, unlike t.TempDir.
func newDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "local-test-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func start(t *testing.T, o Options) *Server {
	t.Helper()
	o.Log = slog.New(slog.NewTextHandler(t.Output(), nil))
	s, err := Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Errorf("stop: %v", err)
		}
	})
	return s
}

// launch runs the launcher in a process of its own.
func launch(t *testing.T, dir string) (cmd *exec.Cmd, url string) {
	t.Helper()
	cmd = exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), launchEnv+"="+dir)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("launcher: %v\n%s", err, stderr.String())
	}
	return cmd, strings.TrimSpace(line)
}

func kill9(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // says "killed"
}

// killWatchdog kills whatever watches over a server, but not the server. Postgres gives its own children groups of their
// own.
func killWatchdog(t *testing.T, server int) {
	t.Helper()
	group, err := syscall.Getpgid(server)
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("ps", "-A", "-o", "pid=,pgid=").Output()
	if err != nil {
		t.Fatal(err)
	}
	killed := 0
	for line := range strings.Lines(string(out)) {
		var pid, pgid int
		if _, err := fmt.Sscan(line, &pid, &pgid); err == nil && pgid == group && pid != server {
			if err := syscall.Kill(pid, syscall.SIGKILL); err == nil {
				killed++
			}
		}
	}
	if killed == 0 {
		t.Fatal("found no watchdog")
	}
}

func query[T any](t *testing.T, url, sql string) (v T) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if err := conn.QueryRow(t.Context(), sql).Scan(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func exec1(t *testing.T, url, sql string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.PgConn().Exec(t.Context(), sql).ReadAll(); err != nil {
		t.Fatal(err)
	}
}

func refuses(t *testing.T, url string) bool {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err == nil {
		_ = conn.Close(t.Context())
	}
	return err != nil
}

// folderOf finds the data folder of a server.
func folderOf(t *testing.T, url string) folder {
	t.Helper()
	return folder{dir: filepath.Dir(query[string](t, url, "show data_directory"))}
}

func TestStart_HasTheSchemasAndExtensionsOfSupabase(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Ephemeral: true})
	exec1(t, s.URL, `
		create extension vector;
		create extension pg_trgm;
		create extension unaccent;
		create extension btree_gin;
		create extension citext;`)
	for sql, want := range map[string]string{
		"select current_database()":                              "ultimate_coach",
		"select current_user::text":                              "postgres",
		"select current_setting('timezone')":                     "UTC",
		"select unaccent('Crème fraîche')":                       "Creme fraiche",
		"select upper('é')":                                      "É",
		"select array_to_string(show_trgm('é'), '') <> '' || ''": "true",
		"select ('[1,2]'::vector <-> '[1,3]'::vector)::text":     "1",
	} {
		if got := query[string](t, s.URL, "select ("+sql+")::text"); got != want {
			t.Errorf("%s is %q, want %q", sql, got, want)
		}
	}
}

func TestStart_Again_KeepsDataAndURL(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	first := start(t, Options{Dir: dir})
	exec1(t, first.URL, "create table kept as select 1 as n")
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	if !refuses(t, first.URL) {
		t.Fatal("the stopped server answers")
	}
	select {
	case <-first.Done():
		t.Error("Done tells of a death, but it was stopped")
	default:
	}
	second := start(t, Options{Dir: dir})
	if got := query[int](t, second.URL, "select n from kept"); got != 1 {
		t.Errorf("read %d from what the first start wrote", got)
	}
}

func TestStart_FolderInUse_BorrowsTheServer(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	var servers [2]*Server
	var wg sync.WaitGroup
	for i := range servers {
		wg.Go(func() {
			s, err := Start(t.Context(), Options{Dir: dir})
			if err != nil {
				t.Error(err)
				return
			}
			servers[i] = s
		})
	}
	wg.Wait()
	if t.Failed() {
		return
	}
	owner, borrower := servers[0], servers[1]
	if owner.Borrowed {
		owner, borrower = borrower, owner
	}
	t.Cleanup(func() { _ = owner.Stop() })
	if owner.Borrowed || !borrower.Borrowed || owner.URL != borrower.URL {
		t.Fatalf("owner: %+v, borrower: %+v", owner, borrower)
	}
	if err := borrower.Stop(); err != nil {
		t.Fatal(err)
	}
	if refuses(t, owner.URL) {
		t.Error("giving a borrowed server back has stopped it")
	}
	again := start(t, Options{Dir: dir})
	if err := owner.Stop(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-again.Done():
	case <-time.After(patience):
		t.Error("the borrower was not told that the server is gone")
	}
}

func TestStart_LauncherKilled_StartsAgain(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	launcher, url := launch(t, dir)
	exec1(t, url, "create table kept as select 1 as n")
	kill9(t, launcher)
	// At once: the watchdog may or may not have finished.
	s := start(t, Options{Dir: dir})
	if got := query[int](t, s.URL, "select n from kept"); got != 1 {
		t.Errorf("read %d from what the killed run wrote", got)
	}
}

func TestLauncher_Killed_ServerEnds(t *testing.T) {
	t.Parallel()
	launcher, url := launch(t, "-")
	f := folderOf(t, url)
	pid := f.postmaster().pid
	kill9(t, launcher)
	eventually(t, "the server ends", func() bool { return !f.serves(pid) })
	eventually(t, "its folder goes", func() bool { return !exists(f.dir) })
}

func TestStart_LauncherAndWatchdogKilled_StopsTheOrphan(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	launcher, url := launch(t, dir)
	exec1(t, url, "create table kept as select 1 as n")
	f := folderOf(t, url)
	orphan := f.postmaster().pid
	killWatchdog(t, orphan)
	kill9(t, launcher)
	if !f.serves(orphan) {
		t.Fatal("there is no orphan")
	}
	s := start(t, Options{Dir: dir})
	if f.serves(orphan) {
		t.Error("the orphan lives")
	}
	if got := query[int](t, s.URL, "select n from kept"); got != 1 {
		t.Errorf("read %d from what the killed run wrote", got)
	}
}

// In a folder of its own: in the real one, every other start on this machine sweeps as well.
func TestSweep_StopsOrphansOnly(t *testing.T) {
	t.Parallel()
	as, err := supervisor.ServerAccount()
	if err != nil {
		t.Fatal(err)
	}
	parent := newDir(t)
	folders := map[string]folder{}
	for _, name := range []string{"orphan", "living"} {
		dir := filepath.Join(parent, "test-"+name)
		if err := errors.Join(os.Mkdir(dir, 0o755), os.Chown(dir, as.UID, as.GID)); err != nil {
			t.Fatal(err)
		}
		folders[name] = folder{dir: dir}
	}
	living := start(t, Options{Dir: folders["living"].dir})
	launcher, _ := launch(t, folders["orphan"].dir)
	orphan := folders["orphan"].postmaster().pid
	killWatchdog(t, orphan)
	kill9(t, launcher)

	sweepScrap(t.Context(), parent, "test-", as, slog.New(slog.NewTextHandler(t.Output(), nil)))
	if folders["orphan"].serves(orphan) {
		t.Error("the orphan lives")
	}
	if exists(folders["orphan"].dir) {
		t.Error("the orphan's folder is still there")
	}
	if refuses(t, living.URL) {
		t.Error("the living server was stopped")
	}
}

func TestStop_EphemeralServer_RemovesItsFolder(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Ephemeral: true})
	f := folderOf(t, s.URL)
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	if exists(f.dir) {
		t.Errorf("%s is still there", f.dir)
	}
}

func TestDone_ServerDied_IsClosed(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	s := start(t, Options{Dir: dir})
	exec1(t, s.URL, "create table kept as select 1 as n")
	if err := syscall.Kill(folderOf(t, s.URL).postmaster().pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	select {
	case <-s.Done():
	case <-time.After(patience):
		t.Fatal("nobody was told")
	}
	if err := s.Stop(); err != nil {
		t.Errorf("stop a dead server: %v", err)
	}
	again := start(t, Options{Dir: dir})
	if got := query[int](t, again.URL, "select n from kept"); got != 1 {
		t.Errorf("read %d from what the killed server wrote", got)
	}
}

func TestStart_PidFileOfAnotherProcess_StartsAnyway(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	first := start(t, Options{Dir: dir})
	f := folderOf(t, first.URL)
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	// As after a reboot: the number is somebody else's by now.
	bystander := exec.Command("sleep", "600")
	if err := bystander.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = bystander.Wait(); close(ended) }()
	t.Cleanup(func() { _ = bystander.Process.Kill(); <-ended })
	stale := strings.Join(
		[]string{strconv.Itoa(bystander.Process.Pid), f.path("pgdata"), "1700000000", "5432", "", "127.0.0.1", "1 1", "ready   ", ""},
		"\n",
	)
	if err := os.WriteFile(f.path("pgdata/postmaster.pid"), []byte(stale), 0o644); err != nil {
		t.Fatal(err)
	}
	s := start(t, Options{Dir: dir})
	if refuses(t, s.URL) {
		t.Error("the server does not answer")
	}
	select {
	case <-ended:
		t.Error("the bystander was killed")
	default:
	}
}

func TestStart_AfterAnInterruptedInit_InitializesAgain(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	for _, name := range []string{"initializing", "pgdata/PG_VERSION", "pgdata/half"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte("9"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if s := start(t, Options{Dir: dir}); refuses(t, s.URL) {
		t.Error("the server does not answer")
	}
}

func TestStart_Cancelled_TheNextStartWorks(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if s, err := Start(ctx, Options{Dir: dir}); err == nil {
		_ = s.Stop()
		t.Fatal("started in a cancelled context")
	}
	if s := start(t, Options{Dir: dir}); s.Borrowed || refuses(t, s.URL) {
		t.Error("the server does not answer")
	}
}

func TestStart_WithoutAFolder_IsRefused(t *testing.T) {
	t.Parallel()
	if s, err := Start(t.Context(), Options{}); err == nil {
		_ = s.Stop()
		t.Error("started")
	}
}

package dbtest_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/dev/postgres"
)

// holdEnv turns a run of this binary into another one beside it, which can be killed: it takes a shared database and one
// of its own, and keeps them until its input ends.
const holdEnv = "DBTEST_HOLD"

func TestHold(t *testing.T) {
	t.Parallel()
	if os.Getenv(holdEnv) == "" {
		return // nothing to promise: it serves TestNew_DatabaseOfAKilledTest_IsDropped
	}
	fmt.Println("holds", dbtest.Shared(t).OwnerURL, dbtest.New(t).OwnerURL)
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
}

// hold starts another test binary on the cluster and returns when it has its databases.
func hold(t *testing.T, clusterURL string) (urls []string, release func(), kill func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestHold$", "-test.v")
	cmd.Env = append(os.Environ(), holdEnv+"=1", "TEST_DATABASE_URL="+clusterURL)
	cmd.Stderr = t.Output()
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(stdout); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), "holds "); ok {
			urls = strings.Fields(rest)
			break
		}
	}
	if len(urls) != 2 {
		_ = cmd.Process.Kill()
		t.Fatalf("the other binary got no databases: %v", cmd.Wait())
	}
	release = func() { _ = stdin.Close(); _ = cmd.Wait() }
	kill = func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }
	t.Cleanup(kill)
	return urls, release, kill
}

func TestNew_DatabaseOfAKilledTest_IsDropped(t *testing.T) {
	t.Parallel()
	server, err := postgres.Start(t.Context(), postgres.Options{Ephemeral: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop() })

	killed, _, kill := hold(t, server.URL)
	living, release, _ := hold(t, server.URL) // with the template that the first one made
	kill()
	awaitNoSessions(t, server.URL, killed)
	_, releaseThird, _ := hold(t, server.URL)
	releaseThird()
	for _, u := range killed {
		if databaseExists(t, server.URL, u) {
			t.Errorf("%s outlives the binary that was killed", databaseOf(t, u))
		}
	}
	for _, u := range living {
		if !databaseExists(t, server.URL, u) {
			t.Errorf("%s of a living binary was dropped", databaseOf(t, u))
		}
	}
	release()
	if own := living[1]; databaseExists(t, server.URL, own) {
		t.Errorf("%s outlives its test", databaseOf(t, own))
	}
}

// awaitNoSessions returns when the cluster has noticed that a binary is gone, as far as that can be seen from outside.
func awaitNoSessions(t *testing.T, clusterURL string, urls []string) {
	t.Helper()
	key := strings.Split(databaseOf(t, urls[0]), "_")[2]
	conn := connect(t, clusterURL)
	for held := true; held; {
		err := conn.QueryRow(t.Context(), "select exists (select from pg_locks where locktype = 'advisory' and objid::text = $1)", key).
			Scan(&held)
		if err != nil {
			t.Fatal(err)
		}
	}
}

func databaseExists(t *testing.T, clusterURL, databaseURL string) (found bool) {
	t.Helper()
	err := connect(
		t,
		clusterURL,
	).QueryRow(t.Context(), "select exists (select from pg_database where datname = $1)", databaseOf(t, databaseURL)).
		Scan(&found)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func databaseOf(t *testing.T, url string) string {
	t.Helper()
	config, err := pgx.ParseConfig(url)
	if err != nil {
		t.Fatal(err)
	}
	return config.Database
}

package dbtest

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/ultimatecoach/api/internal/dev/supervisor"
)

// Bouncer puts pgbouncer in transaction mode before the database and returns the URL of role app through it.
func Bouncer(tb testing.TB, d Database) string {
	tb.Helper()
	program, err := pgbouncer()
	if err != nil {
		Lacks(tb, "pgbouncer", err)
	}
	for range 3 {
		u, err := startBouncer(tb, program, d)
		if err == nil {
			return u
		}
		if !errors.Is(err, errBouncerEnded) {
			tb.Fatalf("start pgbouncer: %v", err)
		}
		tb.Logf("pgbouncer ended at once, perhaps its port was taken in between: %v", err)
	}
	tb.Fatal("pgbouncer does not start")
	return ""
}

var errBouncerEnded = errors.New("pgbouncer ended")

func startBouncer(tb testing.TB, program string, d Database) (string, error) {
	as, err := supervisor.ServerAccount()
	if err != nil {
		return "", err
	}
	app, err := url.Parse(d.AppURL)
	if err != nil {
		return "", err
	}
	password, _ := app.User.Password()

	dir, err := os.MkdirTemp("", "ultimate-coach-pgbouncer-") // tb.TempDir is closed to other users
	if err != nil {
		return "", err
	}
	tb.Cleanup(func() { _ = os.RemoveAll(dir) })
	port, err := freePort()
	if err != nil {
		return "", err
	}
	ini, list := filepath.Join(dir, "pgbouncer.ini"), filepath.Join(dir, "userlist.txt")
	// Three server connections for all clients: two requests of one client soon meet different ones, which is what a
	// test through here is about.
	config := fmt.Sprintf(`[databases]
* = host=%s port=%s

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = %d
unix_socket_dir =
auth_type = scram-sha-256
auth_file = %s
pool_mode = transaction
default_pool_size = 3
max_client_conn = 500
`, app.Hostname(), app.Port(), port, list)
	err = errors.Join(
		os.Chmod(dir, 0o755),
		os.WriteFile(ini, []byte(config), 0o644),
		os.WriteFile(list, fmt.Appendf(nil, "%q %q\n", app.User.Username(), password), 0o600),
		os.Chown(list, as.UID, as.GID),
	)
	if err != nil {
		return "", err
	}
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		return "", err
	}
	defer log.Close()
	p, err := as.Start(supervisor.Server{Dir: dir, Scrap: "", Log: log, Args: []string{program, ini}})
	if err != nil {
		return "", err
	}
	tb.Cleanup(func() {
		if err := p.Stop(10 * time.Second); err != nil {
			tb.Errorf("stop pgbouncer: %v", err)
		}
	})

	app.Host = net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	for {
		config, err := pgx.ParseConfig(app.String())
		if err != nil {
			return "", err
		}
		config.DefaultQueryExecMode = pgx.QueryExecModeExec
		conn, err := pgx.ConnectConfig(tb.Context(), config)
		if err == nil {
			return app.String(), conn.Close(tb.Context())
		}
		select {
		case <-p.Exited():
			out, _ := os.ReadFile(log.Name())
			return "", fmt.Errorf("%w:\n%s", errBouncerEnded, out)
		case <-tb.Context().Done():
			return "", tb.Context().Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// pgbouncer looks into /usr/sbin as well, which is not in a user's PATH on Debian.
func pgbouncer() (string, error) {
	program, err := exec.LookPath("pgbouncer")
	if err == nil {
		return program, nil
	}
	if _, statErr := os.Stat("/usr/sbin/pgbouncer"); statErr == nil {
		return "/usr/sbin/pgbouncer", nil
	}
	return "", err
}

func freePort() (int, error) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

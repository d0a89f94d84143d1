package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/dev/postgres"
	"github.com/ultimatecoach/api/internal/dev/standin"
	"github.com/ultimatecoach/api/internal/dev/supervisor"
)

// environment is what the measurements run in: a temporary Postgres, the stand-in for Supabase Auth, the built binaries, and one
// person with a full profile.
type environment struct {
	folder            string
	binary, devBinary string
	ownerURL          string
	appURL            string
	authURL           string
	standin           *standin.Server
	person            uuid.UUID
	token             string
	api               *process
	hand              map[bool]*process // by whether row level security applies; startHand starts them
	size              dataSize
	filled            map[string]bool
	closers           []func()
}

func openEnvironment(ctx context.Context, data dataSize) (_ *environment, err error) {
	h := &environment{size: data, filled: map[string]bool{}, hand: map[bool]*process{}}
	defer func() {
		if err != nil {
			h.close()
		}
	}()
	if h.folder, err = os.MkdirTemp("", "coach-bench-"); err != nil {
		return nil, err
	}
	h.onClose(func() { _ = os.RemoveAll(h.folder) })
	h.binary, h.devBinary = filepath.Join(h.folder, "api"), filepath.Join(h.folder, "dev")
	if output, err := exec.CommandContext(ctx, "go", "build", "-o", h.folder, "github.com/ultimatecoach/api/internal/cmd/api", "github.com/ultimatecoach/api/internal/cmd/dev").
		CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the API: %w: %s", err, output)
	}
	server, err := postgres.Start(
		ctx,
		postgres.Options{Ephemeral: true, Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))},
	)
	if err != nil {
		return nil, err
	}
	h.onClose(func() { _ = server.Stop() })
	h.ownerURL = server.URL
	if h.appURL, err = postgres.Prepare(ctx, server.URL, ""); err != nil {
		return nil, err
	}
	pool, err := pgxpool.New(ctx, server.URL)
	if err != nil {
		return nil, err
	}
	h.onClose(pool.Close)
	address, err := freeAddress(ctx)
	if err != nil {
		return nil, err
	}
	h.authURL = "http://" + address + "/auth/v1"
	if h.standin, err = standin.New(standin.Options{Pool: pool, Issuer: h.authURL, Autoconfirm: true}); err != nil {
		return nil, err
	}
	serving, stop := context.WithCancel(ctx)
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		_ = h.standin.ListenAndServe(serving, address)
	}()
	h.onClose(func() { stop(); <-stopped })

	if h.api, err = h.start(ctx, []string{h.binary, "serve"}, h.settings()...); err != nil {
		return nil, err
	}
	return h, h.signUp(ctx)
}

func (h *environment) onClose(f func()) { h.closers = append(h.closers, f) }

func (h *environment) close() {
	for i := len(h.closers) - 1; i >= 0; i-- {
		h.closers[i]()
	}
}

// settings are those of production, as far as they cost time; only the rate limits are too high to be reached.
func (h *environment) settings() []string {
	return []string{
		"DATABASE_URL=" + h.appURL, "SUPABASE_AUTH_URL=" + h.authURL,
		"SUPABASE_ANON_KEY=" + h.standin.AnonKey(), "SUPABASE_SERVICE_ROLE_KEY=" + h.standin.ServiceRoleKey(),
		"RATE_SIGN_IN=1000000", "RATE_READ=1000000000", "RATE_WRITE=1000000000", "RATE_COACH=1000000000", "RATE_PUBLIC=1000000000",
	}
}

const password = "correct-horse-9"

// signUp creates the person and fills in the profile.
func (h *environment) signUp(ctx context.Context) error {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return err
	}
	client, err := api.NewClientWithResponses("http://"+h.api.address, api.WithHTTPClient(&http.Client{Jar: jar}))
	if err != nil {
		return err
	}
	signup, err := client.SignupWithResponse(ctx, api.SignupRequest{Email: "ann@example.com", Password: password, FullName: new("Ann A")})
	if err != nil {
		return err
	}
	if signup.JSON201 == nil {
		return fmt.Errorf("sign up: %s", signup.Body)
	}
	h.person = signup.JSON201.User.ID
	for _, cookie := range signup.HTTPResponse.Cookies() {
		if cookie.Name == "access_token" {
			h.token = cookie.Value
		}
	}
	patched, err := client.UpdateMeWithResponse(ctx, nil, fullProfile)
	if err != nil {
		return err
	}
	if patched.JSON200 == nil {
		return fmt.Errorf("fill in the profile: %s", patched.Body)
	}
	return nil
}

var fullProfile = api.MePatch{
	BirthDate:        nullable.NewNullableWithValue(openapi_types.Date{Time: time.Date(1996, 5, 17, 0, 0, 0, 0, time.UTC)}),
	BiologicalSex:    nullable.NewNullableWithValue(api.BiologicalSexMale),
	HeightCm:         nullable.NewNullableWithValue(180.0),
	CurrentWeightKg:  nullable.NewNullableWithValue(80.0),
	GoalWeightKg:     nullable.NewNullableWithValue(75.0),
	PrimaryGoal:      nullable.NewNullableWithValue(api.GoalLoseWeight),
	ActivityLevel:    nullable.NewNullableWithValue(api.ActivityLevelModeratelyActive),
	WorkoutFrequency: nullable.NewNullableWithValue(4),
	Timezone:         new("Europe/Berlin"),
}

// process is a server that ends with this process.
type process struct {
	address string
	pid     int
	// startup is the time from its start to the first accepted connection.
	startup time.Duration
	process *supervisor.Process
}

// start runs a program as a server and waits until it accepts connections. Its output goes to a file, as in production it goes to
// a log collector. ADDRESS in the settings is replaced by the address to listen on.
func (h *environment) start(ctx context.Context, args []string, settings ...string) (*process, error) {
	address, err := freeAddress(ctx)
	if err != nil {
		return nil, err
	}
	_, port, _ := net.SplitHostPort(address)
	file, err := os.CreateTemp(h.folder, "log-")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	// Both servers have the same garbage collector settings.
	env := []string{"ENVIRONMENT=development", "GOGC=400", "GOMEMLIMIT=1GiB", "PORT=" + port}
	for _, s := range settings {
		env = append(env, strings.ReplaceAll(s, "ADDRESS", address))
	}
	p := &process{address: address}
	began := time.Now()
	p.process, err = supervisor.Account{UID: os.Getuid(), GID: os.Getgid()}.Start(supervisor.Server{
		Dir: h.folder, Env: env, Log: file,
		Args: append([]string{"/bin/sh", "-c", `echo $$ >"$0"; exec "$@"`, file.Name() + ".pid"}, args...),
	})
	if err != nil {
		return nil, err
	}
	h.onClose(func() { _ = p.process.Stop(10 * time.Second) })
	for time.Since(began) < 30*time.Second {
		if conn, err := net.Dial("tcp", address); err == nil {
			p.startup = time.Since(began)
			_ = conn.Close()
			pid, err := os.ReadFile(file.Name() + ".pid")
			if err != nil {
				return nil, err
			}
			p.pid, err = strconv.Atoi(strings.TrimSpace(string(pid)))
			return p, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-p.process.Exited():
			words, _ := os.ReadFile(file.Name())
			return nil, fmt.Errorf("%v ended: %s", args, bytes.TrimSpace(words))
		case <-time.After(time.Millisecond):
		}
	}
	return nil, fmt.Errorf("%v did not accept connections within 30 s", args)
}

// processor returns the CPU time of the process so far; 0 where there is no /proc.
func (p *process) processor() time.Duration {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.pid))
	if err != nil {
		return 0
	}
	// The name in parentheses may hold spaces; user and system time are the 12th and 13th fields after it, in 1/100 s.
	_, after, _ := bytes.Cut(stat, []byte(") "))
	fields := strings.Fields(string(after))
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

func freeAddress(ctx context.Context) (string, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

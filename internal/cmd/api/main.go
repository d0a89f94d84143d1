// Command api is the whole service in one binary.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"strconv"
	"syscall"
	"time"
	_ "time/tzdata" // the image has no zone files

	"github.com/alecthomas/kong"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/tools/config"
	"github.com/ultimatecoach/api/internal/tools/logs"
)

// version is set by the linker in releases.
var version = ""

type commands struct {
	Dev     devCommand     `cmd:"" help:"Run everything on this machine: Postgres, a stand-in for Supabase Auth, a demo account, the API."`
	Serve   serveCommand   `cmd:"" help:"Serve the API. The schema must be up to date (api migrate)."`
	Work    workCommand    `cmd:"" help:"Work background jobs and serve nothing; more of these beside api serve."`
	Migrate migrateCommand `cmd:"" help:"Bring the schema up to date, as its owner (DATABASE_OWNER_URL)."`
	Foods   foodsCommand   `cmd:"" help:"Fill the catalogue of foods."`
	Health  healthCommand  `cmd:"" help:"Ask the server on this machine whether it is ready; for containers."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

func main() {
	var c commands
	parsed := kong.Parse(&c, kong.Name("api"), kong.UsageOnError(),
		kong.Description("The Ultimate Coach API. Settings come from the environment; see the README."))
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the process at once
	parsed.BindTo(ctx, (*context.Context)(nil))
	err := parsed.Run()
	stop()
	if err != nil {
		for _, line := range lines(err) {
			fmt.Fprintln(os.Stderr, "api:", line)
		}
		os.Exit(1)
	}
}

// lines takes joined errors apart, so that each unsafe setting has its own line.
func lines(err error) []error {
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) {
		return []error{err}
	}
	var apart []error
	for _, e := range joined.Unwrap() {
		apart = append(apart, lines(e)...)
	}
	return apart
}

type migrateCommand struct{}

// Run migrates as the owner, which the API itself is not.
func (migrateCommand) Run(ctx context.Context) error {
	c, err := config.Read()
	if err != nil {
		return err
	}
	url := c.DatabaseOwnerURL.Reveal()
	if url == "" {
		return errors.New("DATABASE_OWNER_URL: migrations run as the owner of the schema; set it")
	}
	if err := db.Migrate(ctx, url); err != nil {
		return err
	}
	fmt.Println("the schema is up to date")
	return nil
}

type healthCommand struct{}

// Run is a container's health check, for images without a shell or curl.
func (healthCommand) Run(ctx context.Context) error {
	c, err := config.Read()
	if err != nil {
		return err
	}
	host := c.Host
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	url := "http://" + net.JoinHostPort(host, strconv.Itoa(c.Port)) + "/api/v1/health/ready"
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("ask for readiness: %w", err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %s", response.Status)
	}
	return nil
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run() error {
	_, err := fmt.Println(buildVersion())
	return err
}

// buildVersion is the release, else the commit that Go noted, else dev.
func buildVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 12 {
				return "dev-" + s.Value[:12]
			}
		}
	}
	return "dev"
}

// startLog makes slog's default logger; flush it at the end.
func startLog(c config.Config) (flush func(), err error) {
	level, err := c.Level()
	if err != nil {
		return nil, err
	}
	hub, err := logs.Sentry(c.SentryDSN.Reveal(), c.Environment, buildVersion())
	if err != nil {
		return nil, errors.New("SENTRY_DSN: not a DSN of Sentry's")
	}
	info, err := os.Stdout.Stat()
	terminal := err == nil && info.Mode()&os.ModeCharDevice != 0
	logger, flush := logs.New(logs.Options{Out: os.Stdout, Level: level, Text: terminal, Sentry: hub})
	slog.SetDefault(logger)
	return flush, nil
}

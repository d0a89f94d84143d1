// Command api is the service in one binary. For development see internal/cmd/dev.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"
	_ "time/tzdata" // the image has no zone files

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/process"
	"github.com/ultimatecoach/api/internal/tools/config"
)

type commands struct {
	Serve   serveCommand   `cmd:"" help:"Serve the API. The schema must be up to date (api migrate)."`
	Work    workCommand    `cmd:"" help:"Run background jobs only, in addition to those of api serve."`
	Migrate migrateCommand `cmd:"" help:"Migrate the schema to this version, as its owner (DATABASE_OWNER_URL)."`
	Foods   foodsCommand   `cmd:"" help:"Fill the catalogue of foods."`
	Health  healthCommand  `cmd:"" help:"Check whether the server on this machine is ready; for containers."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

func main() {
	process.Main("api", "The Ultimate Coach API. Settings come from the environment; see the README.", new(commands))
}

type migrateCommand struct {
	Applied        int64 `placeholder:"N" help:"The number of the last file in migrations/ that another tool, such as psql, has run on this database. It is recorded, and the files after it are run. Needed once; migrations run by the Supabase CLI are detected."`
	OlderFunctions bool  `help:"Replace the functions of a newer version by those of this one, to downgrade."`
}

// Run migrates the schema as its owner. The API itself has fewer rights.
func (m migrateCommand) Run(ctx context.Context) error {
	c, err := config.Read()
	if err != nil {
		return err
	}
	url := c.DatabaseOwnerURL.Reveal()
	if url == "" {
		return errors.New("DATABASE_OWNER_URL: not set; migrations run as the owner of the schema")
	}
	if err := db.MigrateWith(ctx, url, db.MigrateOptions{Applied: m.Applied, OlderFunctions: m.OlderFunctions}); err != nil {
		return err
	}
	fmt.Println("the schema is up to date")
	return nil
}

type healthCommand struct{}

// Run checks readiness over HTTP, for container images without shell and curl.
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
		return fmt.Errorf("check readiness: %w", err)
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
	_, err := fmt.Println(process.Version())
	return err
}

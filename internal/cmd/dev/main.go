// Command dev runs the API for development with everything it needs: Postgres, a stand-in for Supabase Auth, a demo account.
// No other program links these.
package main

import (
	"github.com/ultimatecoach/api/internal/process"
)

type commands struct {
	Run   runCommand   `cmd:"" default:"1" help:"Run the API with all it needs (make run)."`
	Watch watchCommand `cmd:"" help:"Like run, and rebuild and restart the API when a file is saved (make dev)."`
	PSQL  psqlCommand  `cmd:"" name:"psql" help:"Open the development database in psql (make psql)."`
}

func main() {
	process.Main(
		"dev",
		"The Ultimate Coach API with all it needs, on this machine. Settings come from the environment; see docs/settings.md.",
		new(commands),
	)
}

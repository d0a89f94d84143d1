// Command dev is development on this machine. It runs everything that the API needs, and the API: Postgres, a stand-in for
// Supabase Auth, a demo account. What it starts besides the API is linked into no other program.
package main

import (
	"github.com/ultimatecoach/api/internal/process"
)

type commands struct {
	Run   runCommand   `cmd:"" default:"1" help:"Run the API with all it needs (make run)."`
	Watch watchCommand `cmd:"" help:"The same, and build and start the API again when a file is saved (make dev)."`
	PSQL  psqlCommand  `cmd:"" name:"psql" help:"Open the development database in psql (make psql)."`
}

func main() {
	process.Main(
		"dev",
		"The Ultimate Coach API with all it needs, on this machine. Settings come from the environment; see docs/settings.md.",
		new(commands),
	)
}

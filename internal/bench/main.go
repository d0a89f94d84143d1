// Command bench measures what a request costs against what it could cost: GET /users/me of the real server, and of a
// net/http handler written by hand that runs the same query and writes the same JSON, without asking who is there. Both
// are processes of their own and are asked in turn, so that a busy machine slows both. Trust the ratios.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	rounds := flag.Int("rounds", 5, "rounds, each asking both servers")
	span := flag.Duration("span", 2*time.Second, "how long a server is asked in one round")
	profile := flag.String("profile", "", "write a CPU profile of GetMe in process to this file, and measure nothing else")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	var err error
	switch {
	case os.Getenv(limitVariable) != "":
		err = serveLimit(ctx, os.Getenv(limitVariable))
	case *profile != "":
		err = writeProfile(ctx, *profile)
	default:
		err = measure(ctx, *rounds, *span)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1)
	}
}

// measure prints all tables. Nothing in it passes or fails: what a number means depends on who else uses the machine.
func measure(ctx context.Context, rounds int, span time.Duration) error {
	h, err := openHouse(ctx)
	if err != nil {
		return err
	}
	defer h.close()
	if err := compare(ctx, h, rounds, span); err != nil {
		return fmt.Errorf("compare with the limit: %w", err)
	}
	if err := measureParts(h); err != nil {
		return fmt.Errorf("measure parts: %w", err)
	}
	if err := measureTrips(ctx, h); err != nil {
		return fmt.Errorf("count round trips: %w", err)
	}
	return measureStarts(ctx, h)
}

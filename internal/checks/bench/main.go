// Command bench measures what requests cost against what they could cost, and whether what people do most stays within its
// budget when there is much to look through.
//
// Where it gives a ratio, the real server is asked in turn with a net/http handler written by hand that does the same
// and answers the same JSON, without asking who is there. Both are processes of their own. Trust the ratios; of times,
// those of a machine that does nothing else.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
)

// options say how long to measure.
type options struct {
	rounds int           // each asking both servers
	span   time.Duration // how long a server is asked in one round
}

// section is a table or two of the output.
type section struct {
	name string
	fill func(*house, context.Context) error // what has to be there first, made once
	run  func(context.Context, *house, options) error
}

var sections = []section{
	{"me", nil, measureMe},
	{"parts", nil, measureParts},
	{"trips", nil, measureTrips},
	{"starts", nil, measureStarts},
	{"days", (*house).fillDiary, measureDays},
	{"meals", (*house).fillDiary, measureMeals},
	{"search", (*house).fillCatalogue, measureSearch},
}

func main() {
	var o options
	var much size
	names := make([]string, len(sections))
	for i, s := range sections {
		names[i] = s.name
	}
	only := flag.String("only", strings.Join(names, ","), "sections to run")
	flag.IntVar(&o.rounds, "rounds", 5, "rounds, each asking both servers")
	flag.DurationVar(&o.span, "span", 2*time.Second, "how long a server is asked in one round")
	flag.IntVar(&much.foods, "foods", 1_000_000, "products in the catalogue")
	flag.IntVar(&much.people, "people", 1331, "people with a diary; odd, so that each has meals of one and of two items")
	flag.IntVar(&much.days, "days", 730, "days of each diary")
	profile := flag.String("profile", "", "write a CPU profile of GetMe in process to this file, and measure nothing else")
	flag.Parse()
	if err := run(strings.Split(*only, ","), *profile, much, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(only []string, profile string, much size, o options) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	switch address := os.Getenv(limitVariable); {
	case address != "":
		return serveLimit(ctx, address)
	case profile != "":
		return writeProfile(ctx, profile)
	}
	return measure(ctx, only, much, o)
}

// measure prints all tables. Nothing in it passes or fails: what a number means depends on who else uses the machine.
func measure(ctx context.Context, only []string, much size, o options) error {
	h, err := openHouse(ctx, much)
	if err != nil {
		return err
	}
	defer h.close()
	if err := h.printPostgres(ctx); err != nil {
		return err
	}
	for _, s := range sections {
		if !slices.Contains(only, s.name) {
			continue
		}
		if s.fill != nil {
			if err := s.fill(h, ctx); err != nil {
				return err
			}
		}
		if err := s.run(ctx, h, o); err != nil {
			return fmt.Errorf("measure %s: %w", s.name, err)
		}
	}
	return nil
}

// Command bench measures what requests cost, compared with a server without our layers, and whether frequent requests stay
// within their budgets on a large database.
//
// A ratio compares the API with a net/http handler written by hand, which returns the same JSON without authentication. They are
// two processes that get requests in alternation. Ratios are reliable on a busy machine; absolute times are not.
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

// options are how long to measure.
type options struct {
	rounds int           // each measures both servers
	span   time.Duration // how long one server gets requests in a round
}

// section is a part of the output: one or two tables.
type section struct {
	name string
	fill func(*environment, context.Context) error // inserts the rows that run needs, once
	run  func(context.Context, *environment, options) error
}

var sections = []section{
	{"me", nil, measureMe},
	{"parts", nil, measureParts},
	{"trips", nil, measureTrips},
	{"starts", nil, measureStarts},
	{"overload", nil, measureOverload},
	{"days", (*environment).fillDiary, measureDays},
	{"meals", (*environment).fillDiary, measureMeals},
	{"year", (*environment).fillActivities, measureYear},
	{"dashboard", (*environment).fillActivities, measureDashboard},
	{"files", nil, measureFiles},
	{"search", (*environment).fillCatalogue, measureSearch},
	{"replies", nil, measureReplies}, // the last ones: they stop the API of the others
	{"idle", nil, measureIdle},
}

func main() {
	var o options
	var data dataSize
	names := make([]string, len(sections))
	for i, s := range sections {
		names[i] = s.name
	}
	only := flag.String("only", strings.Join(names, ","), "sections to run")
	flag.IntVar(&o.rounds, "rounds", 5, "rounds, each measures both servers")
	flag.DurationVar(&o.span, "span", 2*time.Second, "how long one server gets requests in a round")
	flag.IntVar(&data.foods, "foods", 1_000_000, "products in the catalogue")
	flag.IntVar(&data.people, "people", 1331, "people with a diary; odd, so that each has meals of one and of two items")
	flag.IntVar(&data.days, "days", 730, "days of each diary")
	profile := flag.String("profile", "", "write a CPU profile of GetMe in process to this file, and measure nothing else")
	flag.Parse()
	if err := run(strings.Split(*only, ","), *profile, data, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(only []string, profile string, data dataSize, o options) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	switch address := os.Getenv(handVariable); {
	case address != "":
		return serveHand(ctx, address)
	case profile != "":
		return writeProfile(ctx, profile)
	}
	return measure(ctx, only, data, o)
}

// measure prints all tables. It neither passes nor fails: the numbers depend on what else runs on the machine.
func measure(ctx context.Context, only []string, data dataSize, o options) error {
	h, err := openEnvironment(ctx, data)
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

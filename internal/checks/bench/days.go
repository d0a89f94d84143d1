package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/gen/queries"
)

// lastDay is the day after which nothing is in the diary.
var lastDay = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

// randomDay leaves room for so many days before it.
func (h *house) randomDay(dice *rand.Rand, before int) time.Time {
	return lastDay.AddDate(0, 0, -1-dice.IntN(max(1, h.size.days-before)))
}

// measureDays reads days of ever other people: the statement through db, as the handler runs it, then the whole request.
func measureDays(ctx context.Context, h *house, o options) error {
	fmt.Print("\nDays of the diary\n")
	if err := h.printSizes(ctx, "^meal"); err != nil {
		return err
	}
	eaters, err := h.eaters(ctx)
	if err != nil {
		return err
	}
	d, err := db.Open(db.Options{URL: h.appURL, MaxConns: 1})
	if err != nil {
		return err
	}
	defer d.Close()
	aDay := func(ctx context.Context, who uuid.UUID, dice *rand.Rand) (int, error) {
		day := h.randomDay(dice, 0)
		rows, err := d.GetDay(ctx, queries.GetDayParams{UserID: who, Day: &day, Now: lastDay})
		return len(rows), err
	}
	today := func(ctx context.Context, who uuid.UUID, dice *rand.Rand) (int, error) {
		rows, err := d.GetDay(ctx, queries.GetDayParams{UserID: who, Now: h.randomDay(dice, 0).Add(12 * time.Hour)})
		return len(rows), err
	}
	aRange := func(ctx context.Context, who uuid.UUID, dice *rand.Rand) (int, error) {
		to := h.randomDay(dice, 90)
		rows, err := d.SumDays(ctx, queries.SumDaysParams{UserID: who, FromDay: to.AddDate(0, 0, -89), ToDay: to})
		return len(rows), err
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "statement\tpeople\titems a day\tp50\tp99\tmost\tbudget of p99\t")
	dice := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct {
		name  string
		heavy bool
		items string
		run   func(context.Context, uuid.UUID, *rand.Rand) (int, error)
	}{
		{"a day", false, "3-6", aDay}, {"a day", true, "20", aDay}, {"today", false, "3-6", today}, {"90 days", false, "3-6", aRange}, {"90 days", true, "20", aRange},
	} {
		var people []uuid.UUID
		for _, e := range eaters {
			if e.heavy == c.heavy {
				people = append(people, e.id)
			}
		}
		var took []time.Duration
		for i := range 3000 {
			who := people[dice.IntN(len(people))]
			asking := db.WithIdentity(ctx, &db.Identity{UserID: who, SessionID: who, Claims: "{}"})
			began := time.Now()
			rows, err := c.run(asking, who, dice)
			if err != nil {
				return err
			}
			if rows == 0 {
				return fmt.Errorf("%s of %s is empty", c.name, who)
			}
			if i >= 100 { // plans
				took = append(took, time.Since(began))
			}
		}
		slices.Sort(took)
		fmt.Fprintf(w, "%s\t%d\t%s\t%v\t%v\t%v\t≤ 5ms\t\n", c.name, len(people), c.items, short(took[len(took)/2]), short(took[len(took)*99/100]), short(took[len(took)-1]))
	}
	if err := w.Flush(); err != nil {
		return err
	}

	readers, err := h.signIn(ctx, eaters)
	if err != nil {
		return err
	}
	var day, ninety [][]byte
	for range 1000 {
		r := readers[dice.IntN(len(readers))]
		to := h.randomDay(dice, 90)
		day = append(day, request(http.MethodGet, days+"/"+h.randomDay(dice, 0).Format(time.DateOnly), r.token, r.id, ""))
		ninety = append(ninety, request(http.MethodGet, days+"?from="+to.AddDate(0, 0, -89).Format(time.DateOnly)+"&to="+to.Format(time.DateOnly), r.token, r.id, ""))
	}
	if err := h.race(ctx, "GET /nutrition/days/{date} against plain SQL and the same JSON written by hand", day, o); err != nil {
		return err
	}
	return h.race(ctx, "GET /nutrition/days of 90 days against plain SQL and the same JSON written by hand", ninety, o)
}

// reader is an eater who has signed in.
type reader struct {
	eater
	token string
}

// signIn opens a session for some of the people; they have the password of the one whose house it is.
func (h *house) signIn(ctx context.Context, eaters []eater) ([]reader, error) {
	client, err := api.NewClientWithResponses("http://" + h.api.address)
	if err != nil {
		return nil, err
	}
	var readers []reader
	for n := 1; n <= len(eaters) && len(readers) < 50; n += max(1, len(eaters)/50) {
		login, err := client.LoginWithResponse(ctx, api.LoginRequest{Email: fmt.Sprintf("person%d@example.com", n), Password: password})
		if err != nil {
			return nil, err
		}
		if login.JSON200 == nil {
			return nil, fmt.Errorf("sign in: %s", login.Body)
		}
		for _, cookie := range login.HTTPResponse.Cookies() {
			if cookie.Name == "access_token" {
				readers = append(readers, reader{eaters[n-1], cookie.Value})
			}
		}
	}
	return readers, nil
}

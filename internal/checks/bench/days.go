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

// diaryEnd is the day after the last one that has meals.
var diaryEnd = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

// randomDay returns a day of the diary that has at least `before` days of the diary before it.
func (h *environment) randomDay(dice *rand.Rand, before int) time.Time {
	return diaryEnd.AddDate(0, 0, -1-dice.IntN(max(1, h.size.days-before)))
}

// measureDays reads days of different people: first the statements alone, as the handlers run them, then whole requests.
func measureDays(ctx context.Context, h *environment, o options) error {
	fmt.Print("\nDays of the diary\n")
	if err := h.printSizes(ctx, "^meal"); err != nil {
		return err
	}
	users, err := h.diaryUsers(ctx)
	if err != nil {
		return err
	}
	dice := rand.New(rand.NewPCG(1, 2))
	if err := h.measureDayStatements(ctx, users, dice); err != nil {
		return err
	}
	return h.compareDays(ctx, users, dice, o)
}

// dayStatement reads something of one person's diary and returns the number of rows.
type dayStatement func(ctx context.Context, d *db.DB, user uuid.UUID, dice *rand.Rand) (int, error)

func (h *environment) readDay(ctx context.Context, d *db.DB, user uuid.UUID, dice *rand.Rand) (int, error) {
	day := h.randomDay(dice, 0)
	rows, err := d.GetDay(ctx, queries.GetDayParams{UserID: user, Day: &day, Now: diaryEnd})
	return len(rows), err
}

func (h *environment) readToday(ctx context.Context, d *db.DB, user uuid.UUID, dice *rand.Rand) (int, error) {
	rows, err := d.GetDay(ctx, queries.GetDayParams{UserID: user, Now: h.randomDay(dice, 0).Add(12 * time.Hour)})
	return len(rows), err
}

func (h *environment) readRange(ctx context.Context, d *db.DB, user uuid.UUID, dice *rand.Rand) (int, error) {
	to := h.randomDay(dice, 90)
	rows, err := d.SumDays(ctx, queries.SumDaysParams{UserID: user, FromDay: to.AddDate(0, 0, -89), ToDay: to})
	return len(rows), err
}

func (h *environment) measureDayStatements(ctx context.Context, users []diaryUser, dice *rand.Rand) error {
	d, err := db.Open(db.Options{URL: h.appURL, MaxConns: 1})
	if err != nil {
		return err
	}
	defer d.Close()
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "statement\tpeople\titems a day\tp50\tp99\tmax\tbudget of p99\t")
	for _, c := range []struct {
		name  string
		heavy bool
		items string
		run   dayStatement
	}{
		{"a day", false, "3-6", h.readDay}, {"a day", true, "20", h.readDay}, {"today", false, "3-6", h.readToday},
		{"90 days", false, "3-6", h.readRange}, {"90 days", true, "20", h.readRange},
	} {
		var people []uuid.UUID
		for _, u := range users {
			if u.heavy == c.heavy {
				people = append(people, u.id)
			}
		}
		took, err := measureStatement(ctx, d, people, dice, c.run)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		fmt.Fprintf(w, "%s\t%d\t%s\t%v\t%v\t%v\t≤ 5ms\t\n", c.name, len(people), c.items,
			short(took[len(took)/2]), short(took[len(took)*99/100]), short(took[len(took)-1]))
	}
	return w.Flush()
}

// measureStatement runs a statement for random people and returns the sorted times.
func measureStatement(ctx context.Context, d *db.DB, people []uuid.UUID, dice *rand.Rand, run dayStatement) ([]time.Duration, error) {
	var took []time.Duration
	for i := range 3000 {
		user := people[dice.IntN(len(people))]
		start := time.Now()
		rows, err := run(db.WithIdentity(ctx, &db.Identity{UserID: user, SessionID: user, Claims: "{}"}), d, user, dice)
		if err != nil {
			return nil, err
		}
		if rows == 0 {
			return nil, fmt.Errorf("no rows for user %s", user)
		}
		if i >= 100 { // the first runs make plans
			took = append(took, time.Since(start))
		}
	}
	slices.Sort(took)
	return took, nil
}

func (h *environment) compareDays(ctx context.Context, users []diaryUser, dice *rand.Rand, o options) error {
	readers, err := h.signIn(ctx, users)
	if err != nil {
		return err
	}
	var day, ninety [][]byte
	for range 1000 {
		r := readers[dice.IntN(len(readers))]
		to := h.randomDay(dice, 90)
		day = append(day, request(http.MethodGet, days+"/"+h.randomDay(dice, 0).Format(time.DateOnly), r.token, r.id, ""))
		path := days + "?from=" + to.AddDate(0, 0, -89).Format(time.DateOnly) + "&to=" + to.Format(time.DateOnly)
		ninety = append(ninety, request(http.MethodGet, path, r.token, r.id, ""))
	}
	if err := h.compare(ctx, "GET /nutrition/days/{date} against plain SQL and the same JSON written by hand", day, o); err != nil {
		return err
	}
	return h.compare(ctx, "GET /nutrition/days of 90 days against plain SQL and the same JSON written by hand", ninety, o)
}

// reader is a diary user who has signed in.
type reader struct {
	diaryUser
	token string
}

// signIn signs in some of the people. All have the same password.
func (h *environment) signIn(ctx context.Context, diaryUsers []diaryUser) ([]reader, error) {
	client, err := api.NewClientWithResponses("http://" + h.api.address)
	if err != nil {
		return nil, err
	}
	var readers []reader
	for n := 1; n <= len(diaryUsers) && len(readers) < 50; n += max(1, len(diaryUsers)/50) {
		login, err := client.LoginWithResponse(ctx, api.LoginRequest{Email: fmt.Sprintf("person%d@example.com", n), Password: password})
		if err != nil {
			return nil, err
		}
		if login.JSON200 == nil {
			return nil, fmt.Errorf("sign in: %s", login.Body)
		}
		for _, cookie := range login.HTTPResponse.Cookies() {
			if cookie.Name == "access_token" {
				readers = append(readers, reader{diaryUsers[n-1], cookie.Value})
			}
		}
	}
	return readers, nil
}

package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	"github.com/ultimatecoach/api/internal/rooms/nutrition"
)

// queryClasses are the kinds of queries whose times are measured separately.
var queryClasses = []struct {
	name    string
	queries []string
}{
	{"plain", []string{"egg", "banana", "chicken", "milk", "rice", "bread", "cheese", "salmon", "beef", "potato"}},
	{"two words", []string{"chicken breast", "brown rice", "peanut butter", "olive oil", "greek yogurt", "cooked beef", "raw cheese"}},
	{"unfinished", []string{"ban", "chi", "str", "bro", "pea", "coo", "with che", "a", "c", "be", "s"}},
	{"rare", []string{"teaseed oil", "gjetost", "dove squab", "zone bar", "kamut", "turtle green"}},
	{
		"common",
		[]string{
			"chicken cooked",
			"beef lean cooked",
			"squab chicken raw",
			"dove raw",
			"with added",
			"raw",
			"cooked",
			"oil",
			"cereal",
			"without salt added cooked",
		},
	},
	{
		"misspelled",
		[]string{
			"bannana",
			"chiken breast",
			"avacado",
			"spagetti",
			"yougurt",
			"chedder cheese",
			"qwertyuiop",
			"oinon",
			"mlk",
			"turky breast",
			"samlon",
		},
	},
	{"brand", []string{"mcdonalds", "kellogg", "big mac", "campbell soup", "snickers"}},
	{"barcode", []string{"0000000012345", "00000000000550", "9999999999994"}},
	{"amounts", []string{"2 large eggs", "organic milk", "glass of milk", "1 apple", "large cheese", "100g chicken breast"}},
	{"other languages", []string{"Eier", "lait de coco", "pechuga de pollo", "pão integral", "Kartoffelsuppe", "Hähnchenb"}},
	{"left out", []string{"moms famous lasagna", "chicken pineapple xylophone", "banana zzyzx"}},
	{"nothing", []string{"xyzzy plugh", "aaaa bbbb cccc"}},
	{"other scripts", []string{"味噌", "борщ", "جبنة", "ปลา"}},
}

// measureSearch runs the search as its handler does, with a page of 20, for each class of queries.
func measureSearch(ctx context.Context, h *environment, _ options) error {
	fmt.Print("\nSearch of foods\n")
	if err := h.printSizes(ctx, "^food"); err != nil {
		return err
	}
	d, err := db.Open(db.Options{URL: h.appURL, MaxConns: 1})
	if err != nil {
		return err
	}
	defer d.Close()
	identity, err := h.verifier().Verify(ctx, h.token)
	if err != nil {
		return err
	}
	ctx = db.WithIdentity(ctx, identity)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "queries\texamples\tp50\tp99\tmax\tof\tbudget of p99\t")
	for _, class := range queryClasses {
		var took []time.Duration
		var longest time.Duration
		var slowest string
		for round := range 60 {
			for _, q := range class.queries {
				p := queries.SearchFoodsParams{Readings: nutrition.Readings(q), Scope: "all", MaxRows: 21, UserID: h.person}
				if class.name == "barcode" {
					p.Gtin = &q
				}
				start := time.Now()
				if _, err := d.SearchFoods(ctx, p); err != nil {
					return fmt.Errorf("search for %q: %w", q, err)
				}
				if round > 2 { // the first rounds make plans
					took = append(took, time.Since(start))
					if last := took[len(took)-1]; last > longest {
						longest, slowest = last, q
					}
				}
			}
		}
		slices.Sort(took)
		fmt.Fprintf(w, "%s\t%s, %s\t%v\t%v\t%v\t%s\t≤ 20ms\t\n", class.name, class.queries[0], class.queries[1],
			short(took[len(took)/2]), short(took[len(took)*99/100]), short(longest), slowest)
	}
	return w.Flush()
}

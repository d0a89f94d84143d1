package foods

import (
	"regexp"
	"strings"
)

// notHousehold matches measures that nobody uses in a kitchen.
var notHousehold = regexp.MustCompile(
	`(?i)yield from|NLEA|refuse|cubic inch|quantity not specified|^1 (lb|package|pkg|recipe|batch) \(yield|\byields?\b`,
)

var (
	ounces      = regexp.MustCompile(`(?i)^[\d./ ]*(oz|ounces?)\b`)
	fluidOunces = regexp.MustCompile(`(?i)^[\d./ ]*fl\.? ?oz\b`)
	pounds      = regexp.MustCompile(`(?i)^[\d./ ]*(lb|pounds?)\b`)
	litres      = regexp.MustCompile(`(?i)^[\d./ ]*(quart|gallon|liter|litre|l|pint)\b`)
	cups        = regexp.MustCompile(`(?i)^[\d./ ]*cups?\b`)
	spoons      = regexp.MustCompile(`(?i)^[\d./ ]*(tbsp|tablespoons?)\b`)
	teaspoons   = regexp.MustCompile(`(?i)^[\d./ ]*(tsp|teaspoons?|dash|pinch)\b`)
	pieces      = regexp.MustCompile(
		`(?i)^1 (medium|fruit|egg|slice|regular|serving|portion|patty|piece|sandwich|bar|bottle|can|container|item|bagel|muffin|tortilla|breast|fillet|scoop)\b`,
	)
	whole = regexp.MustCompile(`(?i)\b(whole|bird|loaf|pie|pizza|cake|jar|package|pkg|box|bag|ear)\b`)
)

// householdOrder returns a rank: the more likely people measure a food so, the smaller. The smallest becomes the default.
func householdOrder(s Serving, category string) int {
	order := 20
	spooned := strings.Contains(category, "Fats and Oils") || strings.Contains(category, "Spices")
	switch label := s.Label; {
	case strings.Contains(category, "Egg") && label == "1 large": // as they are sold
		order = -1
	case strings.Contains(strings.ToLower(label), "medium"):
		order = 0
	case pieces.MatchString(label):
		order = 10
	case strings.HasPrefix(strings.ToLower(label), "1 large"):
		order = 12
	case pounds.MatchString(label), litres.MatchString(label):
		order = 90
	case fluidOunces.MatchString(label):
		order = 80
	case ounces.MatchString(label):
		order = 70
		if s.Grams >= 80 {
			order = 60
		}
	case cups.MatchString(label):
		order = 30
		if spooned {
			order = 50
		}
	case spoons.MatchString(label):
		order = 40
		if spooned {
			order = 5
		}
	case teaspoons.MatchString(label):
		order = 45
		if strings.Contains(category, "Spices") {
			order = 4
		}
	case whole.MatchString(label):
		order = 55
	}
	// Nobody eats a pound of something at once, and nobody logs a single raisin.
	if s.Grams > 450 {
		order += 50
	}
	if s.Grams < 3 && !spooned {
		order += 35
	}
	return order
}

package foods

import (
	"regexp"
	"strings"
)

// notHousehold matches measures that nobody uses in a kitchen.
var notHousehold = regexp.MustCompile(
	`(?i)yield from|NLEA|refuse|cubic inch|quantity not specified|^1 (lb|package|pkg|recipe|batch) \(yield|\byields?\b`,
)

// measures are what labels of servings name, the first that matches counts. The smaller its order, the more likely people measure a food
// so; fats and spices are measured in spoons.
var measures = []struct {
	label             *regexp.Regexp
	order, fat, spice int
}{
	{regexp.MustCompile(`(?i)medium`), 0, 0, 0},
	{
		regexp.MustCompile(`(?i)^1 (medium|fruit|egg|slice|regular|serving|portion|patty|piece|sandwich|bar|bottle|can|container|item)\b`),
		10,
		10,
		10,
	},
	{regexp.MustCompile(`(?i)^1 (bagel|muffin|tortilla|breast|fillet|scoop)\b`), 10, 10, 10},
	{regexp.MustCompile(`(?i)^1 large`), 12, 12, 12},
	{regexp.MustCompile(`(?i)^[\d./ ]*(lb|pounds?|quart|gallon|liter|litre|l|pint)\b`), 90, 90, 90},
	{regexp.MustCompile(`(?i)^[\d./ ]*fl\.? ?oz\b`), 80, 80, 80},
	{ounces, 70, 70, 70},
	{regexp.MustCompile(`(?i)^[\d./ ]*cups?\b`), 30, 50, 50},
	{regexp.MustCompile(`(?i)^[\d./ ]*(tbsp|tablespoons?)\b`), 40, 5, 5},
	{regexp.MustCompile(`(?i)^[\d./ ]*(tsp|teaspoons?|dash|pinch)\b`), 45, 45, 4},
	{regexp.MustCompile(`(?i)\b(whole|bird|loaf|pie|pizza|cake|jar|package|pkg|box|bag|ear)\b`), 55, 55, 55},
	{regexp.MustCompile(``), 20, 20, 20},
}

var ounces = regexp.MustCompile(`(?i)^[\d./ ]*(oz|ounces?)\b`)

// householdOrder returns the order of a serving in measures. The smallest becomes the default.
func householdOrder(s Serving, category string) int {
	if strings.Contains(category, "Egg") && s.Label == "1 large" { // as they are sold
		return -1
	}
	isFat, isSpice := strings.Contains(category, "Fats and Oils"), strings.Contains(category, "Spices")
	order := 0
	for _, m := range measures {
		if !m.label.MatchString(s.Label) {
			continue
		}
		switch {
		case m.label == ounces && s.Grams >= 80:
			order = 60
		case isSpice:
			order = m.spice
		case isFat:
			order = m.fat
		default:
			order = m.order
		}
		break
	}
	// Nobody eats a pound of something at once, and nobody logs a single raisin.
	if s.Grams > 450 {
		order += 50
	}
	if s.Grams < 3 && !isFat && !isSpice {
		order += 35
	}
	return order
}

package intent

import (
	"regexp"
	"strings"
)

// Change is what a message changes about the profile; zero values are not changed.
type Change struct {
	// Goal is a goal of the profile: lose_weight, build_muscle, maintain, improve_performance.
	Goal string `json:"goal,omitempty"`
	// LoseKg is how much lighter the person wants to be; negative is heavier.
	LoseKg       float64 `json:"lose_kg,omitempty"`
	GoalWeightKg float64 `json:"goal_weight_kg,omitempty"`
	HeightCm     float64 `json:"height_cm,omitempty"`
	// Target is the amount a day of Utterance.Nutrient.
	Target float64 `json:"target,omitempty"`
}

var (
	targetWords = alternatives("target")
	// setting is a wish to change something; being says what it is.
	setting = regexp.MustCompile(`\b(?:` + alternatives("set") + `)\b`)
	being   = regexp.MustCompile(
		`^(?:my|mein|meine|mon|ma|mi|o meu|a minha|meu|minha) .{0,40}\b(?:` + targetWords + `)\b.{0,20}\b(?:is|should be|shall be|ist|soll|est|doit etre|es|debe ser|deberia ser|e|deve ser)\b`,
	)
	target = regexp.MustCompile(`(?:` + targetWords + `)\b`)

	// aGoal are words for targets that are no nutrients.
	aGoal = regexp.MustCompile(`\b(?:targets?|goals?|limit|intake|[a-z]*ziele?|objectifs?|objetivos?|metas?|limite)\b`)

	height = regexp.MustCompile(
		`\b(?:height|tall|grosse|korpergrosse|gross|taille|mesure|altura|estatura|mido|meco|alto|alta)\b`)
	metresAndCm = regexp.MustCompile(`\b([12])[ .,]?(?:m|metros?|metres?|meter)[ .,]?([0-9]{2})?\b|\b([12][.,][0-9]{1,2})\b`)
	centimetres = regexp.MustCompile(`\b(1[0-9]{2}|2[0-4][0-9]) ?(?:cm|centimet[a-z]+|zentimeter|centimetros)?\b`)
	feet        = regexp.MustCompile(`\b([4-7]) ?(?:ft|feet|foot|')(?: ?([0-9]{1,2}))?`)

	goalWeight = regexp.MustCompile(
		`\b(?:goal weight|target weight|zielgewicht|wunschgewicht|poids (?:ideal|cible|objectif)|peso (?:ideal|objetivo|meta|desejado|deseado)|` +
			`weigh|get to|get down to|reach|wiegen|runter auf|erreichen|peser|descendre a|pesar|llegar a|bajar a|chegar a|chegar aos)\b`,
	)
	wish = regexp.MustCompile(`\b(?:` + alternatives("wish") + `)\b`)
)

// change reads a message that changes targets or the profile.
func (p *parser) change() bool {
	t := numbersAsDigits(p.text)
	wishes := wish.MatchString(t)
	sets := setting.MatchString(t) || being.MatchString(t)
	c := &Change{}
	switch {
	case height.MatchString(t) && p.height(t, c):
	case goalWeight.MatchString(t) && (wishes || sets || strings.Contains(t, "gewicht") || strings.Contains(t, "weight")) && p.goalWeight(t, c):
	case sets && target.MatchString(t) && p.target(t, c):
		p.u.Intent, p.u.Change = SetTarget, c
		return true
	case (wishes || sets && target.MatchString(t) || being.MatchString(t)) && p.goal(t, c):
	default:
		return false
	}
	p.u.Intent, p.u.Change = SetProfile, c
	return true
}

func (p *parser) height(t string, c *Change) bool {
	if m := feet.FindStringSubmatch(t); m != nil {
		c.HeightCm = number(m[1])*30.48 + number(m[2])*2.54
	} else if m := metresAndCm.FindStringSubmatch(t); m != nil {
		c.HeightCm = number(m[1])*100 + number(m[2]) + number(m[3])*100
	} else if m := centimetres.FindStringSubmatch(t); m != nil {
		c.HeightCm = number(m[1])
	}
	return c.HeightCm >= 100 && c.HeightCm < 250
}

func (p *parser) goalWeight(t string, c *Change) bool {
	m := heft.FindStringSubmatch(t)
	if m == nil && !has("weigh", t) && !strings.Contains(t, "gewicht") {
		return false
	}
	if m != nil {
		c.GoalWeightKg = number(m[1]) * number(lexicons["unit_of_weight"].values[m[2]])
	} else {
		c.GoalWeightKg = number(decimal.FindString(t))
	}
	return isWeight(c.GoalWeightKg)
}

// target reads the amount a day of a nutrient; of energy when the message names none.
func (p *parser) target(t string, c *Change) bool {
	if has("meal", t) && !aGoal.MatchString(t) { // "put 300 kcal for lunch" is food
		return false
	}
	p.nutrient()
	numbers := decimal.FindAllString(t, 10)
	if len(numbers) == 0 {
		return false
	}
	c.Target = number(numbers[len(numbers)-1])
	if p.u.Nutrient == "" {
		p.u.Nutrient = "calories"
	}
	return c.Target > 0
}

// goal reads what the person wants to reach.
func (p *parser) goal(t string, c *Change) bool {
	goal, ok := find("goal", t)
	if !ok {
		return false
	}
	c.Goal = goal
	if m := heft.FindStringSubmatch(t); m != nil {
		c.LoseKg = number(m[1]) * number(lexicons["unit_of_weight"].values[m[2]])
		if goal == "build_muscle" {
			c.LoseKg = -c.LoseKg
		}
	}
	return true
}

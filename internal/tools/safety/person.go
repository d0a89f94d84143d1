package safety

import (
	"slices"
	"strings"
)

// Limits of a person's data. A person under adultAge is a minor; under minHealthyBMI an adult is underweight.
const (
	adultAge      = 18
	minHealthyBMI = 18.5
	// lowDay is a day's energy in kcal that nobody can live on; lowDays of them in a row are a sign.
	lowDay  = 800
	lowDays = 3
)

// MinCalories and MinOfBMR are the least intake that is ever proposed: kcal a day, and the share of the energy that the body
// needs at rest. The package targets computes with the same numbers, and a test compares them.
const (
	MinCalories = 1200
	MinOfBMR    = 0.9
)

// Person is what the service knows about who writes. Nil and empty mean unknown.
type Person struct {
	Age                              *int
	HeightCm, WeightKg, GoalWeightKg *float64
	// BMR is the energy at rest in kcal a day.
	BMR *float64
	// RecentDays are the energies in kcal of the latest complete days that have entries, the newest first.
	RecentDays []float64
	// Notes are texts that the person wrote about themselves: the profile's notes and remembered facts.
	Notes []string
	// Allergies are the profile's food allergies, in any language.
	Allergies []string
}

// floor returns the least energy in kcal a day for the person.
func (p *Person) floor() float64 {
	if p.BMR == nil {
		return MinCalories
	}
	return max(MinCalories, *p.BMR*MinOfBMR)
}

// signals returns what the data say.
func (p *Person) signals() []Signal {
	var found []Signal
	if p.Age != nil && *p.Age < adultAge {
		found = append(found, SignalMinor)
	}
	if p.underweight() {
		found = append(found, SignalUnderweight)
	}
	if p.lowIntake() {
		found = append(found, SignalLowIntake)
	}
	if len(p.Allergies) > 0 {
		found = append(found, SignalAllergy)
	}
	for _, note := range p.Notes {
		t := newText(note, MinCalories)
		for i := range tables {
			for j := range tables[i].rules {
				r := &tables[i].rules[j]
				if r.kind != "signal" {
					continue
				}
				if s := Signal(r.topic); !slices.Contains(found, s) && r.match(&tables[i], t) {
					found = append(found, s)
				}
			}
		}
	}
	return found
}

// underweight reports a BMI under 18.5. For minors the bound means nothing; they have rules of their own.
func (p *Person) underweight() bool {
	if p.HeightCm == nil || p.WeightKg == nil || *p.HeightCm <= 0 || p.Age != nil && *p.Age < adultAge {
		return false
	}
	square := *p.HeightCm / 100 * *p.HeightCm / 100
	goalBelow := p.GoalWeightKg != nil && *p.GoalWeightKg < *p.WeightKg && *p.GoalWeightKg/square < minHealthyBMI
	return *p.WeightKg/square < minHealthyBMI || goalBelow
}

// lowIntake reports whether the newest complete days are all under 800 kcal.
func (p *Person) lowIntake() bool {
	if len(p.RecentDays) < lowDays {
		return false
	}
	return !slices.ContainsFunc(p.RecentDays[:lowDays], func(kcal float64) bool { return kcal >= lowDay })
}

// CheckTarget reports whether a daily target of energy may be proposed to the person, and the least that may, in kcal.
func CheckTarget(kcal float64, p Person) (allowed bool, floor float64) {
	return kcal >= p.floor(), p.floor()
}

// allergensIn returns the allergies that the text names, each as the profile spells it.
func (p *Person) allergensIn(t *text) []string {
	var named []string
	for _, allergy := range p.Allergies {
		if t.namesAllergen(allergy) {
			named = append(named, allergy)
		}
	}
	return named
}

// namesAllergen reports whether the text names an allergen by any of its names, and not as absent ("without nuts").
func (t *text) namesAllergen(allergy string) bool {
	names := [][]string{}
	own := foldWords(allergy)
	for _, group := range allergens {
		for _, name := range group {
			if slices.ContainsFunc(own, func(w word) bool { return matchWord(name[0], w.text) }) {
				names = append(names, group...)
				break
			}
		}
	}
	if len(names) == 0 {
		for _, w := range own {
			if stem := strings.TrimSuffix(w.text, "s"); len(stem) > 2 {
				names = append(names, []string{stem + "*"})
			}
		}
	}
	for i := range t.words {
		if t.anyAt(names, i) && !t.absent(i) {
			return true
		}
	}
	return false
}

// absent reports whether the food at i is named as absent: "no peanuts", "peanut-free", "sans arachides".
func (t *text) absent(i int) bool {
	for j := max(0, i-2); j < i; j++ {
		if slices.Contains(absentBefore, t.words[j].text) {
			return true
		}
	}
	for j := i; j < min(len(t.words), i+2); j++ {
		if j > i && slices.Contains(absentAfter, t.words[j].text) || strings.HasSuffix(t.words[j].text, "frei") {
			return true
		}
	}
	return false
}

var (
	absentBefore = []string{"no", "without", "not", "ohne", "kein", "keine", "sans", "sin", "sem", "free", "avoid", "nao", "libre"}
	absentAfter  = []string{"free", "frei", "frees"}
)

// allergens are the names of common allergens in five languages. A person's allergy stands for the whole line.
var allergens = parseAllergens(
	"peanut* groundnut* erdnuss* erdnusse* arachide* cacahuete* cacahuate* mani amendoim amendoins",
	"nut nuts almond* hazelnut* walnut* cashew* pistachio* pecan* nuss nusse nussen haselnuss* walnuss* mandel* "+
		"noix noisette* amande* pistache* nuez nueces avellana* almendra* pistacho* noz nozes avela* amendoa*",
	"milk lactose dairy cheese butter yogurt* yoghurt* cream milch laktose kase sahne joghurt* lait fromage creme beurre "+
		"leche lactosa queso mantequilla nata leite queijo manteiga iogurte*",
	"egg eggs omelet* omelette* ei eier eiern ruhrei* oeuf* œuf* huevo* ovo ovos",
	"gluten wheat weizen ble trigo bread brot pain pan pao pasta",
	"soy soya soja tofu edamame tempeh",
	"fish tuna salmon cod fisch lachs thunfisch poisson saumon thon pescado atun peixe atum salmao",
	"shellfish shrimp* prawn* crab* lobster* garnele* krabbe* hummer crevette* crabe* homard* marisco* gamba* camaron* "+
		"langostino* camarao camaroes caranguejo*",
	"sesame tahini sesam sesame* sesamo gergelim",
	"celery sellerie celeri apio aipo",
	"mustard senf moutarde mostaza mostarda",
	"strawberr* erdbeer* fraise* fresa* morango*",
)

func parseAllergens(lines ...string) [][][]string {
	groups := make([][][]string, 0, len(lines))
	for _, line := range lines {
		var group [][]string
		for name := range strings.FieldsSeq(line) {
			group = append(group, phrase(name))
		}
		groups = append(groups, group)
	}
	return groups
}

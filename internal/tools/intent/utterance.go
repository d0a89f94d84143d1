// Package intent understands what people write to a coach about food, activities and weight, in five languages, by rules and tables alone.
// It knows no foods and no database: phrases of foods are for others to look up.
package intent

import (
	"math"
	"strconv"
	"time"
)

// Intent is what a message is for.
type Intent string

// Statements.
const (
	Log      Intent = "log"      // food that was eaten
	Quick    Intent = "quick"    // energy without a food
	Activity Intent = "activity" // an activity that was done
	Weight   Intent = "weight"   // a weight that was measured
	Copy     Intent = "copy"     // the same as in another meal
	Correct  Intent = "correct"  // a correction of the message before
	Choose   Intent = "choose"   // a number or an order that picks one of several choices
	Yes      Intent = "yes"
	No       Intent = "no"
	TakeBack Intent = "take_back" // something that was proposed or logged is to be deleted
	// SetTarget changes a target of the day, SetProfile the goal, the goal weight or the height.
	SetTarget  Intent = "set_target"
	SetProfile Intent = "set_profile"
	None       Intent = "none" // something that is not to be logged: a negation, a plan
	Skip       Intent = "skip" // a plan to leave out a meal or to fast
)

// Questions and the rest.
const (
	Remaining       Intent = "remaining"
	DayTotal        Intent = "day_total"
	RangeSummary    Intent = "range_summary"
	MealsList       Intent = "meals_list"
	Frequency       Intent = "frequency"
	WeightTrend     Intent = "weight_trend"
	ActivitySummary Intent = "activity_summary"
	EnergyEstimate  Intent = "energy_estimate"
	SuggestFood     Intent = "suggest_food"
	FoodFacts       Intent = "food_facts"
	Targets         Intent = "targets"
	Advice          Intent = "advice" // whether to eat something
	Help            Intent = "help"
	Thanks          Intent = "thanks"
	Greeting        Intent = "greeting"
	Cannot          Intent = "cannot"
	Unknown         Intent = "unknown"
)

// Stat is how the days of a range are summed up.
type Stat string

// The ways to sum up.
const (
	Total   Stat = "total"
	Average Stat = "average"
	Max     Stat = "max"
	Min     Stat = "min"
)

// Utterance is what a message says.
type Utterance struct {
	Intent   Intent
	Language string
	// From and To are the first and the last local day that the message names, the same for one day; zero when it names none.
	From, To time.Time
	// Clock is the time of the day in minutes after midnight; nil when the message names none.
	Clock *int
	// Meal is the type of the meal; empty when the message names none.
	Meal string
	// Nutrient is the key of a nutrient; empty when the message names none.
	Nutrient string
	// AlsoNutrients are the other nutrients that the message names.
	AlsoNutrients []string
	Stat          Stat
	// Compares is true when From and To are the days that another time is compared with: today or the current week or month.
	Compares bool
	// Counts is true when a Frequency is of amounts ("how many eggs") and not of days ("how often").
	Counts bool
	// Record is what a sum is of when it is not of food: "water" or "sleep"; otherwise empty.
	Record string
	// Min and Max are bounds by the key of a nutrient ("20 g protein under 200 kcal").
	Min, Max map[string]float64
	// Phrase is the food, the activity or the thing that the message is about, in its words.
	Phrase string
	// Activity is a name of the activity that the catalogue of activities knows; empty when the words are none.
	Activity string
	// Minutes and DistanceKm belong to an activity; 0 is unknown.
	Minutes, DistanceKm float64
	WeightKg            float64
	// Kcal is the energy of a quick entry, or that the person gave for food or an activity.
	Kcal float64
	// Choice is the number of the choice, from 1.
	Choice int
	// Items are the foods, in the order of the message. Of a correction they are what is right; one without Rest has only the amount.
	Items []Item
	// Bare is true for a few words without an amount, a meal or a verb, which may be no food at all.
	Bare bool
	// Change is what SetTarget and SetProfile change; otherwise nil.
	Change *Change
	// Also are the other statements of a message that says several things ("ran 5 km, then ate a banana").
	Also []Utterance
	// Without are foods that the message excludes: what a correction calls wrong, or what is to be taken back.
	Without []string
}

// Item is a food with its amount.
type Item struct {
	// Amount is the number of units; 0 when it is not said. Of a range it is the middle.
	Amount float64 `json:"amount,omitempty"`
	// Rest is the unit and the food, in the words of the message: "slices of toast".
	Rest string `json:"rest"`
	// Joined is the text together with the next item, where both may be one name ("mac and cheese"); otherwise empty.
	Joined string `json:"joined,omitempty"`
	// Accompaniment is true for what comes with another food: milk in coffee, butter on bread.
	Accompaniment bool `json:"accompaniment,omitempty"`
	// Kcal is the energy that the person says it had; 0 when that is not said.
	Kcal float64 `json:"kcal,omitempty"`
	// Meal is set where the message has several meals.
	Meal string `json:"meal,omitempty"`
}

// Text returns the amount and the rest.
func (i Item) Text() string {
	if i.Amount == 0 {
		return i.Rest
	}
	return strconv.FormatFloat(math.Round(i.Amount*1000)/1000, 'f', -1, 64) + " " + i.Rest
}

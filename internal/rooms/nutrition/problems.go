package nutrition

import (
	"net/http"

	"github.com/ultimatecoach/api/internal/tools/problem"
)

// Problems of this room.
var (
	mealNotFound = problem.Define(http.StatusNotFound, "meal_not_found", "There is no such meal.",
		"Read the list again. A deleted meal comes back with `POST /api/v1/nutrition/meals/{id}/restore` for 30 days.")
	mealItemNotFound = problem.Define(http.StatusNotFound, "meal_item_not_found", "There is no such item in this meal.",
		"Read the meal again.")
	foodNotFound = problem.Define(http.StatusNotFound, "food_not_found", "There is no such food.",
		"Search again; the food may have been deleted.")
	servingNotFound = problem.Define(http.StatusNotFound, "serving_not_found", "There is no such serving.", "Read the food again.")
	barcodeNotFound = problem.Define(http.StatusNotFound, "barcode_not_found", "No food has this barcode. Add it as a food of your own.",
		"Offer the person to add it (`POST /api/v1/nutrition/foods/custom`) with the `barcode` in `prefill`.")
)

// Reasons for which this room refuses fields.
var (
	notForThisKind = problem.DefineField("not_for_this_kind", "is not for this kind of item",
		"Items by hand have no amount of a food, and items of a food no nutrients of their own.")
	badCheckDigit = problem.DefineField("bad_check_digit", "has a wrong check digit",
		"The barcode's last digit does not fit the others: it was misread.")
	exactlyOneOf = problem.DefineField("exactly_one_of", "must have either per_100g or per_serving",
		"Exactly one of the fields that the message names is wanted.")
	macrosOver100g = problem.DefineField("macros_over_100g", "protein, carbohydrates and fat make more than 100 g per 100 g",
		"Protein, carbohydrates and fat weigh more than the food.")
	sugarOverCarbs = problem.DefineField("sugar_over_carbs", "must not be more than carbs_g", "Sugar is one of the carbohydrates.")
	partOverWhole  = problem.DefineField("part_over_whole", "must not be more than what it is a part of",
		"Added sugar is a part of sugar and carbohydrates, and saturated, trans and unsaturated fat of fat. Half a gram more is accepted.")
	noRoom = problem.DefineField("no_room", "does not fit into 100 g beside the other nutrients",
		"Fibre, alcohol or sodium weigh more than protein, carbohydrates and fat leave.")
	labelTaken = problem.DefineField("label_taken", "is the label of another serving of this food",
		"Servings of one food have different labels.")
	oneDefault      = problem.DefineField("one_default", "is true for another serving already", "One serving of a food is the default.")
	tooManyServings = problem.DefineField("too_many_servings", "a food has at most 50 servings", "A food has at most 50 servings.")
	sameDay         = problem.DefineField("same_day", "must be another day", "A day cannot be copied onto itself.")
	nothingToCopy   = problem.DefineField("nothing_to_copy", "is a day without meals", "There is no meal on the day that should be copied.")
)

// Reasons that SQL functions raise.
var (
	_ = problem.DefineField("day_full", "the day has 100 meals already", "A day holds at most 100 meals.")
	_ = problem.DefineField("day_skipped", "is a day that the zone skipped", "The zone never had that day: it moved across the date line.")
	_ = problem.DefineField("meal_full", "the meal would have more than 100 items", "A meal holds at most 100 items.")
	_ = problem.DefineField("food_not_found", "there is no such food", "The item's food does not exist for you.")
	_ = problem.DefineField("serving_not_found", "there is no such serving", "The item's serving does not exist for you.")
	_ = problem.DefineField("serving_of_another_food", "is a serving of another food",
		"The serving belongs to another food than the item's.")
	_ = problem.DefineField("too_heavy", "makes more than 10 kg together with the serving", "An item weighs at most 10 kg.")
)

package energy

// families are the families of the keys and kinds that the headings of the Compendium do not tell. Records of one family at the same time
// can be the same workout: a phone takes a run for a walk.
var families = map[string]string{
	"stationary_bike":         "cycling",
	"spinning":                "cycling",
	"virtual_cycling":         "cycling",
	"cycling_intervals":       "cycling",
	"hand_bike":               "cycling",
	"rowing_machine":          "rowing",
	"rowing_machine_vigorous": "rowing",
	"rowing":                  "rowing",
	"canoeing":                "rowing",
	"kayaking":                "rowing",
	"tennis":                  "racket",
	"tennis_singles":          "racket",
	"tennis_doubles":          "racket",
	"padel":                   "racket",
	"pickleball":              "racket",
	"badminton":               "racket",
	"badminton_match":         "racket",
	"squash":                  "racket",
	"racquetball":             "racket",
	"soccer":                  "soccer",
	"soccer_match":            "soccer",
	"futsal":                  "soccer",
	"walking_football":        "soccer",
	"basketball":              "basketball",
	"basketball_game":         "basketball",
	"volleyball":              "volleyball",
	"volleyball_match":        "volleyball",
	"beach_volleyball":        "volleyball",
	"orienteering":            "foot",
	"snowshoeing":             "foot",
	"treadmill_walking":       "foot",
}

var headingFamilies = map[string]string{
	"Running": "foot", "Walking": "foot", "Bicycling": "cycling", "Dancing": "dancing", "Water Activities": "water",
}

var categoryFamilies = map[string]string{
	"strength_training": "gym", "cardio_interval": "gym", "flexibility": "flexibility",
}

var kindFamilies = map[string]string{"running": "foot", "cycling": "cycling", "swimming": "water", "strength": "gym"}

// Family returns the family of sports of an activity or, without one, of the kind of metrics and the category; "" is unknown.
func Family(a *Activity, kind, category string) string {
	if a == nil {
		if family := kindFamilies[kind]; family != "" {
			return family
		}
		if category == "cardio_interval" { // a sprint or a circuit
			return ""
		}
		return categoryFamilies[category]
	}
	if family := families[a.Key]; family != "" {
		return family
	}
	if family := headingFamilies[a.Heading]; family != "" {
		return family
	}
	if family := categoryFamilies[a.Category]; family != "" {
		return family
	}
	return a.Key
}

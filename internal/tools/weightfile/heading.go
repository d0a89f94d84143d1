package weightfile

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// headingsOf are headings in lower case, without units, in English, German, French, Spanish and Portuguese.
var headingsOf = map[columnKind][]string{
	dayKind: {
		"date", "datetime", "date time", "date/time", "timestamp", "measured at", "measurement date", "datum", "zeitpunkt", "datum/uhrzeit",
		"date et heure", "fecha", "fecha y hora", "data", "data e hora",
	},
	clockKind:  {"time", "zeit", "uhrzeit", "heure", "hora"},
	weightKind: {"weight", "body weight", "bodyweight", "gewicht", "körpergewicht", "poids", "peso", "peso corporal"},
	fatKind: {
		"fat",
		"body fat",
		"bodyfat",
		"fett",
		"körperfett",
		"körperfettanteil",
		"fettanteil",
		"graisse",
		"graisse corporelle",
		"masse grasse",
		"grasa",
		"grasa corporal",
		"gordura",
		"gordura corporal",
	},
	fatMassKind: {"fat mass", "fettmasse", "masa grasa", "massa gorda"},
	notesKind: {
		"comment", "comments", "note", "notes", "log", "kommentar", "kommentare", "notiz", "notizen", "bemerkung", "bemerkungen",
		"commentaire", "commentaires", "comentario", "comentarios", "comentário", "comentários", "nota", "notas",
	},
	idKind: {"id"},
}

// girthsOf are the headings of girths. French "taille" is height, so it is not among them.
var girthsOf = map[string][]string{
	"waist_cm": {"waist", "taillenumfang", "bauchumfang", "bauch", "tour de taille", "cintura"},
	"hips_cm":  {"hip", "hips", "hüfte", "hüftumfang", "hanches", "tour de hanches", "cadera", "caderas", "quadril"},
	"chest_cm": {"chest", "brust", "brustumfang", "poitrine", "pecho", "peito"},
	"neck_cm":  {"neck", "hals", "halsumfang", "cou", "cuello", "pescoço"},
	"arm_cm":   {"arm", "biceps", "bizeps", "oberarm", "bras", "brazo", "bíceps", "braço"},
	"thigh_cm": {"thigh", "oberschenkel", "cuisse", "muslo", "coxa"},
	"calf_cm":  {"calf", "wade", "mollet", "pantorrilla", "panturrilha"},
}

// masses and lengths are units with their factor to kg and cm.
var (
	masses = map[string]float64{
		"kg": 1, "kgs": 1, "kilo": 1, "kilos": 1, "kilogram": 1, "kilograms": 1, "kilogramm": 1, "g": 0.001,
		"lb": kgPerPound, "lbs": kgPerPound, "pound": kgPerPound, "pounds": kgPerPound,
		"st": kgPerStone, "stone": kgPerStone, "stones": kgPerStone,
	}
	lengths = map[string]float64{
		"cm":     1,
		"mm":     0.1,
		"m":      100,
		"in":     cmPerInch,
		"inch":   cmPerInch,
		"inches": cmPerInch,
		"ft":     12 * cmPerInch,
	}
	percents = map[string]float64{"%": 1, "pct": 1, "percent": 1, "percentage": 1}
)

// factorOf returns the factor of a unit in columns of a kind; unknownUnit where it has no such unit.
func factorOf(of columnKind, unit string) float64 {
	units := map[columnKind]map[string]float64{weightKind: masses, fatMassKind: masses, fatKind: percents, girthKind: lengths}[of]
	if factor, known := units[unit]; known {
		return factor
	}
	return unknownUnit
}

func isUnit(word string) bool { return masses[word]+lengths[word]+percents[word] != 0 }

// columnOf returns what a heading such as "Weight (lb)", "Fat mass [kg]" or weight_kg says of its column.
func columnOf(heading string) column {
	heading = strings.NewReplacer("_", " ", "[", "(", "]", ")").Replace(strings.Trim(strings.TrimSpace(heading), `"`))
	name, unit, _ := strings.Cut(heading, "(")
	name, unit = strings.TrimSpace(name), strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(unit), ")"))
	c := named(name)
	if before, last := cutLast(name); c.kind == "" && unit == "" && isUnit(last) {
		c, unit = named(before), last
	}
	if unit == "" || c.kind == "" {
		return c
	}
	switch { // the same word is a share or a mass
	case c.kind == fatKind && masses[unit] != 0:
		c.kind = fatMassKind
	case c.kind == fatMassKind && percents[unit] != 0:
		c.kind = fatKind
	}
	c.factor = factorOf(c.kind, unit)
	return c
}

func named(heading string) column {
	for of, names := range headingsOf {
		if slices.Contains(names, heading) {
			return column{kind: of}
		}
	}
	for of, names := range girthsOf {
		if slices.Contains(names, heading) {
			return column{kind: girthKind, girth: of}
		}
	}
	return column{}
}

// cutLast splits before the last word.
func cutLast(text string) (before, last string) {
	i := strings.LastIndexByte(text, ' ')
	return strings.TrimSpace(text[:max(i, 0)]), text[i+1:]
}

// number is one with a point or a comma before its decimals, and perhaps a unit.
var number = regexp.MustCompile(`^([+-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+))\s*([a-z%]*)$`)

// stones is a weight in stones and pounds.
var stones = regexp.MustCompile(`^([0-9]+)\s*(?:st|stones?)\s*([0-9]+[.,]?[0-9]*)\s*(?:lbs?)?$`)

// quantity reads a value such as 80.4, "80,4", "80.4 kg" or "12 st 5 lb", in kg, cm or %. factor is that of a value without a unit. It returns
// why a value is refused, or "".
func quantity(text string, of columnKind, factor float64) (v float64, refused string) {
	text = strings.ToLower(text)
	if m := stones.FindStringSubmatch(text); m != nil && (of == weightKind || of == fatMassKind) {
		return decimal(m[1])*kgPerStone + decimal(m[2])*kgPerPound, ""
	}
	m := number.FindStringSubmatch(text)
	if m == nil {
		return 0, "bad_number"
	}
	if m[2] != "" {
		factor = factorOf(of, m[2])
	}
	if factor == unknownUnit {
		return 0, "unknown_unit"
	}
	return decimal(m[1]) * factor, ""
}

// decimal reads what matches the patterns above; a number that is too large is infinite.
func decimal(text string) float64 {
	v, _ := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	return v
}

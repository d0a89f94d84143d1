package dashboard

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/nutrient"
	"github.com/ultimatecoach/api/internal/tools/targets"
)

// intakes/README.md says where the file comes from.
//
//go:embed intakes/reference_intakes.csv
var intakesCSV string

// reference is the intake of a nutrient a day that is recommended for a sex and an age.
type reference struct {
	nutrient       nutrient.ID
	kind, sex      string
	fromAge, toAge int
	amount         float64
}

// references is the whole file.
var references = readReferences(intakesCSV)

// readReferences panics when the embedded file is not as expected. Its names of units differ from ours: vitamin_d_ug is vitamin_d_mcg.
func readReferences(file string) (all []reference) {
	lines, err := csv.NewReader(strings.NewReader(file)).ReadAll()
	if err != nil {
		panic("reference intakes: " + err.Error())
	}
	for _, line := range lines[1:] {
		key := strings.NewReplacer("_ug_dfe", "_mcg", "_ug_rae", "_mcg", "_ug", "_mcg").Replace(line[0])
		id, known := nutrient.ByKey(key)
		from, err1 := strconv.Atoi(line[4])
		to, err2 := math.MaxInt, error(nil)
		if line[5] != "" {
			to, err2 = strconv.Atoi(line[5])
		}
		amount, err3 := strconv.ParseFloat(line[6], 64)
		if err := errors.Join(err1, err2, err3); err != nil || !known {
			panic("reference intakes: " + strings.Join(line, ","))
		}
		all = append(all, reference{id, line[2], line[3], from, to, amount})
	}
	return all
}

// referencesFor returns those of a sex and an age.
func referencesFor(sex string, age int) (mine []reference) {
	for _, r := range references {
		if r.sex == sex && r.fromAge <= age && age <= r.toAge {
			mine = append(mine, r)
		}
	}
	return mine
}

// micronutrients compares a day, and the mean of the logged days of the week that ends with it, with the reference intakes.
func micronutrients(on time.Time, sum, weekSum nutrient.Sum, logged int, p targets.Profile) api.Micronutrients {
	m := api.Micronutrients{
		Status:     api.MicronutrientsStatusOk,
		WeekFrom:   openapi_types.Date{Time: on.AddDate(0, 0, 1-weekDays)},
		WeekTo:     openapi_types.Date{Time: on},
		LoggedDays: logged,
		Data:       []api.Micronutrient{},
		Notes: []api.Reason{
			{Code: "averages_over_time", Message: "The figures are averages over time: look at the week, not at a day."},
			{Code: "not_for_pregnancy", Message: "They are not for pregnancy and lactation."},
			{
				Code:    "niacin_is_a_lower_bound",
				Message: "Foods have preformed niacin, the reference counts niacin equivalents: the share is a lower bound.",
			},
		},
	}
	if p.BirthDate == nil || p.BiologicalSex == nil {
		m.Status, m.Notes = api.MicronutrientsStatusProfileIncomplete, []api.Reason{}
		return m
	}
	day, mean := sum.Totals(), weekSum.Average(max(1, logged))
	for _, r := range referencesFor(*p.BiologicalSex, ageOn(*p.BirthDate, on)) {
		line := nutrient.Table[r.nutrient]
		n := api.Micronutrient{
			Nutrient: line.Key, Unit: string(line.Unit), Reference: r.amount, ReferenceKind: api.MicronutrientReferenceKind(r.kind),
			DayCoverage: day.Coverage.Amount(r.nutrient), WeekCoverage: mean.Coverage.Amount(r.nutrient),
		}
		n.Day, n.DayShare = share(day, r)
		n.WeekMean, n.WeekShare = share(mean, r)
		m.Data = append(m.Data, n)
	}
	return m
}

// share returns the amount and what part of the reference it is; nil when no item knows the nutrient.
func share(totals nutrient.Totals, r reference) (amount, part *float64) {
	v, known := totals.Get(r.nutrient)
	if !known {
		return nil, nil
	}
	return &v, new(math.Round(v/r.amount*1000) / 1000)
}

// ageOn returns whole years on a day, at least the youngest for whom the service is made.
func ageOn(birth, day time.Time) int { return max(targets.MinAge, targets.Age(birth, day)) }

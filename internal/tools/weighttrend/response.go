package weighttrend

import (
	"math"

	openapi_types "github.com/oapi-codegen/runtime/types"

	api "github.com/ultimatecoach/api/gen/server"
)

// Response returns the rate as responses have it, in grams per week.
func (r Rate) Response() api.WeightRate {
	rate := api.WeightRate{
		Status: api.WeightRateStatus(r.Status), WeighIns: r.WeighIns, SpanDays: r.SpanDays, Level: Level,
		WindowFrom: openapi_types.Date{Time: r.last.AddDate(0, 0, 1-RateWindowDays)}, WindowTo: openapi_types.Date{Time: r.last},
		Missing: MissingData(map[api.MissingDataWhat]int{
			api.MissingDataWhatWeighIns: r.Missing.WeighIns,
			api.MissingDataWhatSpanDays: r.Missing.SpanDays,
		}),
	}
	if r.Status != InsufficientData {
		rate.KgPerWeek, rate.Low, rate.High = ToGrams(&r.KgPerWeek), ToGrams(&r.Low), ToGrams(&r.High)
	}
	return rate
}

// MissingData returns the amounts above 0, in the order of the contract's list.
func MissingData(amounts map[api.MissingDataWhat]int) []api.MissingData {
	list := []api.MissingData{}
	for _, what := range []api.MissingDataWhat{
		api.MissingDataWhatWeighIns, api.MissingDataWhatSpanDays, api.MissingDataWhatLoggedDays, api.MissingDataWhatHeightCm,
		api.MissingDataWhatBirthDate, api.MissingDataWhatBiologicalSex, api.MissingDataWhatActivityLevel,
		api.MissingDataWhatCurrentWeightKg,
	} {
		if amounts[what] > 0 {
			list = append(list, api.MissingData{What: what, Amount: amounts[what]})
		}
	}
	return list
}

// ToGrams rounds kilograms to grams; nil stays nil.
func ToGrams(kg *float64) *float64 {
	if kg == nil {
		return nil
	}
	return new(math.Round(*kg*1000) / 1000)
}

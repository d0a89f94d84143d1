package nutrition

import (
	"strconv"
	"time"

	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/zone"
)

// Days that a person may ask for. Years with four digits that every calendar library agrees on.
const (
	firstYear = 1900
	lastYear  = 2199
)

// Entries are from this century, and planned at most a year ahead: what lies outside is a typing error.
var firstMoment = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

const planAhead = 366 * 24 * time.Hour

// checkZone refuses what the IANA database does not know.
func checkZone(name *string) []problem.Field {
	if name == nil {
		return nil
	}
	if _, err := zone.Load(*name); err == nil {
		return nil
	}
	return []problem.Field{{Field: "timezone", Code: "unknown_timezone", Message: "is not a zone of the IANA database"}}
}

func (h *Handlers) checkMoment(field string, at *time.Time) []problem.Field {
	if at == nil || !at.Before(firstMoment) && at.Before(h.now().Add(planAhead)) {
		return nil
	}
	return []problem.Field{{Field: field, Code: "date_out_of_range", Message: "must be from the year 2000 to a year ahead"}}
}

// checkTarget holds a day that entries are copied to to the same bounds as their moment.
func (h *Handlers) checkTarget(field string, day time.Time) []problem.Field {
	noon := day.Add(12 * time.Hour)
	return h.checkMoment(field, &noon)
}

func checkDay(field string, day time.Time) []problem.Field {
	if y := day.Year(); y >= firstYear && y <= lastYear {
		return nil
	}
	return []problem.Field{{Field: field, Code: "date_out_of_range", Message: "must be from " + strconv.Itoa(firstYear) + " to " + strconv.Itoa(lastYear)}}
}

// broken is nil when no field is named.
func broken(lists ...[]problem.Field) error {
	var all []problem.Field
	for _, fields := range lists {
		all = append(all, fields...)
	}
	if len(all) == 0 {
		return nil
	}
	return problem.Broken(all...)
}

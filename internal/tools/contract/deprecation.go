package contract

import (
	"errors"
	"fmt"
	"time"
)

// Deprecation says since when an operation is deprecated and until when it works.
type Deprecation struct {
	// Since is the start of the day x-deprecated-since, UTC.
	Since time.Time
	// Sunset is the last second of the day x-sunset, UTC.
	Sunset time.Time
}

// deprecation is the part of an operation that the contract writes about it.
type deprecation struct {
	Deprecated bool   `json:"deprecated"`
	Since      string `json:"x-deprecated-since"`
	Sunset     string `json:"x-sunset"`
}

// parse returns nil for an operation that is not deprecated. The guide on versioning promises at least 12 months.
func (d deprecation) parse() (*Deprecation, error) {
	if !d.Deprecated {
		if d.Since != "" || d.Sunset != "" {
			return nil, errors.New("x-deprecated-since and x-sunset need `deprecated: true`")
		}
		return nil, nil //nolint:nilnil // most operations are not deprecated
	}
	since, err := time.Parse(time.DateOnly, d.Since)
	if err != nil {
		return nil, fmt.Errorf("a deprecated operation needs x-deprecated-since, a date: %w", err)
	}
	lastDay, err := time.Parse(time.DateOnly, d.Sunset)
	if err != nil {
		return nil, fmt.Errorf("a deprecated operation needs x-sunset, the last date on which it works: %w", err)
	}
	end := lastDay.AddDate(0, 0, 1)
	if end.Before(since.AddDate(1, 0, 0)) {
		return nil, fmt.Errorf("x-sunset %s is less than 12 months after x-deprecated-since %s", d.Sunset, d.Since)
	}
	return &Deprecation{Since: since, Sunset: end.Add(-time.Second)}, nil
}

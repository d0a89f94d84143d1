package calendar_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/calendar"
)

func TestMonday_EachDayOfAWeek_HasTheSameOne(t *testing.T) {
	t.Parallel()
	monday := time.Date(2026, 12, 28, 0, 0, 0, 0, time.UTC)
	for n := range 7 {
		require.Equal(t, monday, calendar.Monday(monday.AddDate(0, 0, n)))
	}
	require.Equal(t, monday.AddDate(0, 0, -7), calendar.Monday(monday.AddDate(0, 0, -1)))
}

func TestFirstOfMonth_EachDayOfAMonth_HasTheSameOne(t *testing.T) {
	t.Parallel()
	first := time.Date(2028, 2, 1, 0, 0, 0, 0, time.UTC)
	for n := range 29 {
		require.Equal(t, first, calendar.FirstOfMonth(first.AddDate(0, 0, n)))
	}
}

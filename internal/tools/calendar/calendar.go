// Package calendar finds the days at which weeks and months begin.
package calendar

import "time"

// Monday returns the Monday of the week of a day. Weeks begin on Monday (ISO 8601).
func Monday(day time.Time) time.Time { return day.AddDate(0, 0, -(int(day.Weekday())+6)%7) }

// FirstOfMonth returns the first day of the month of a day.
func FirstOfMonth(day time.Time) time.Time { return day.AddDate(0, 0, 1-day.Day()) }

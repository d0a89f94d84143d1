package activities

import (
	"fmt"
	"time"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/activityfile"
	"github.com/ultimatecoach/api/internal/tools/zone"
)

// zoneOf returns the zone of an activity of a file, and how it was found: from the positions, else from the local time of the device, else
// from the profile. Virtual sports take place somewhere else than the person.
func zoneOf(a *activityfile.Activity, profile string) (name string, source api.ZoneSource) {
	if a.UTCOffset != nil {
		if name := zoneWithOffset(*a.UTCOffset, a.StartedAt, profile); name != "" {
			return name, api.ZoneSourceFile
		}
	}
	return profile, api.ZoneSourceProfile
}

// zoneWithOffset returns a zone in which clocks showed that offset at that time: the person's own if it did, else a zone of whole hours or
// the best known one with a fraction; "" when there is none.
func zoneWithOffset(offset time.Duration, at time.Time, profile string) string {
	candidates := []string{profile}
	if offset%time.Hour == 0 {
		candidates = append(candidates, fmt.Sprintf("Etc/GMT%+d", -int(offset.Hours()))) // POSIX counts to the west
	}
	for _, name := range append(candidates, fractions...) {
		if location, err := zone.Load(name); err == nil {
			if _, seconds := at.In(location).Zone(); time.Duration(seconds)*time.Second == offset {
				return name
			}
		}
	}
	return ""
}

// fractions are zones whose offset is not a whole hour.
var fractions = []string{
	"Asia/Kolkata", "Australia/Adelaide", "Australia/Darwin", "America/St_Johns", "Asia/Tehran", "Asia/Kathmandu", "Asia/Yangon",
	"Asia/Kabul", "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Marquesas", "Australia/Eucla",
}

package activities

import (
	"fmt"
	"time"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/activityfile"
	"github.com/ultimatecoach/api/internal/tools/zone"
)

// zoneOf returns the zone of an activity of a file, and how it was found: from the positions, whose zone is place, else from the local time
// of the device, else from the profile.
func zoneOf(a *activityfile.Activity, place, profile string) (name string, source api.ZoneSource) {
	if place != "" {
		return place, api.ZoneSourceGps
	}
	if a.UTCOffset != nil {
		if name := zoneWithOffset(*a.UTCOffset, a.StartedAt, profile); name != "" {
			return name, api.ZoneSourceFile
		}
	}
	return profile, api.ZoneSourceProfile
}

// placeOf returns the zone of the positions of an activity or of its legs; "" is unknown. Virtual sports take place somewhere else than the
// person.
func placeOf(a *activityfile.Activity) string {
	if a.Sport.Virtual {
		return ""
	}
	name := zoneOfPlaces(a.Points)
	for i := 0; i < len(a.Legs) && name == ""; i++ {
		name = placeOf(&a.Legs[i])
	}
	return name
}

// zoneOfPlaces returns the zone of the first position whose zone is known; "" is unknown. The first positions may be too near to a border.
func zoneOfPlaces(points []activityfile.Point) string {
	const places = 20
	for i := 0; i < len(points); i += max(1, len(points)/places) {
		if lat, lon, known := points[i].Position(); known {
			if name := zone.At(lat, lon); name != "" {
				return name
			}
		}
	}
	return ""
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

// Package zone loads time zones of the IANA database by name.
package zone

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// Load returns the zone with that name. Names outside the IANA database are an error.
func Load(name string) (*time.Location, error) {
	if first, _, _ := strings.Cut(
		name,
		"/",
	); slices.Contains(notZones, first) ||
		path.Clean(name) != name { // Go would accept other spellings of the file's path
		return nil, fmt.Errorf("zone %q", name)
	}
	if zone, ok := zones.Load(name); ok {
		return zone.(*time.Location), nil
	}
	zone, err := time.LoadLocation(name)
	if err == nil { // some 600 zones exist; failures are not cached, so the cache stays small
		zones.Store(name, zone)
	}
	return zone, err
}

// notZones are other files in the database of many machines, and names that only Go knows.
var notZones = []string{"", "Local", "localtime", "posixrules", "Factory", "posix", "right"}

// zones caches loaded zones. The standard library reads and parses a file each time, which took a quarter of the time of
// GET /users/me.
var zones sync.Map // name → *time.Location

// Package zone knows the time zones of the IANA database by their names.
package zone

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// Load finds a zone by its name, and knows only names of the IANA database.
func Load(name string) (*time.Location, error) {
	if first, _, _ := strings.Cut(name, "/"); slices.Contains(none, first) || path.Clean(name) != name { // as a file it has many names
		return nil, fmt.Errorf("zone %q", name)
	}
	if zone, known := zones.Load(name); known {
		return zone.(*time.Location), nil
	}
	zone, err := time.LoadLocation(name)
	if err == nil { // there are some six hundred; what is no zone is not kept
		zones.Store(name, zone)
	}
	return zone, err
}

// none lie beside the zones in many a machine's database, or are Go's own names.
var none = []string{"", "Local", "localtime", "posixrules", "Factory", "posix", "right"}

// zones holds those that were asked for: the standard library reads and parses a file each time, which made a quarter of
// the time of GET /users/me.
var zones sync.Map // name → *time.Location

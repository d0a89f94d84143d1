package zone

import (
	"fmt"
	"strings"
	"sync"

	"github.com/ringsaturn/tzf"
	tiles "github.com/ringsaturn/tzf-rel-lite"
	schema "github.com/ringsaturn/tzf/gen/go/tzf/v1"
	"google.golang.org/protobuf/proto"
)

// At returns the zone of a place, and "" at sea and where the map is not sure. The map has only the tiles that lie in one zone as
// a whole: of 33 000 places on land it knows 85 %, none of them wrong, and the rest is near a border or a coast. The exact map
// knows all of them, but takes 62 MB for ever, and 2 s and 178 MB to load; this one takes 9 MB, and 0.2 s for the first call.
func At(lat, lon float64) string {
	finder, err := places()
	if err != nil {
		return ""
	}
	name := finder.GetTimezoneName(lon, lat)
	if strings.HasPrefix(name, "Etc/") {
		return ""
	}
	if _, err := Load(name); err != nil { // the map may be newer than the zone database
		return ""
	}
	return name
}

var places = sync.OnceValues(func() (tzf.F, error) {
	var index schema.PreindexTimezones
	if err := proto.Unmarshal(tiles.PreindexData, &index); err != nil {
		return nil, fmt.Errorf("read the map of zones: %w", err)
	}
	return tzf.NewFuzzyFinderFromPB(&index)
})

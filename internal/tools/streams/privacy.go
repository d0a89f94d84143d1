package streams

import "github.com/ultimatecoach/api/internal/tools/activityfile"

// HideEnds removes all positions within radius metres of where the track begins and of where it ends, also where the
// middle of the track passes there, because these places are often homes. It changes points. Everything else, such as
// distance and altitude, stays. 0 hides nothing.
//
// The ends are the known positions next to the ends in time, so that a device that finds its position late hides no less.
func HideEnds(points []activityfile.Point, radius float64) {
	if radius <= 0 {
		return
	}
	first, last := -1, -1
	for i := range points {
		if points[i].HasPosition() {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return
	}
	ends := []activityfile.Point{points[first], points[last]}
	for i := range points {
		lat, lon, known := points[i].Position()
		if !known {
			continue
		}
		for _, end := range ends {
			endLat, endLon, _ := end.Position()
			if activityfile.Distance(lat, lon, endLat, endLon) <= radius {
				points[i].ClearPosition()
			}
		}
	}
}

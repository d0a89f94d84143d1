package activityfile

import (
	"encoding/xml"
	"fmt"

	"github.com/ultimatecoach/api/internal/tools/text"
)

// gpxContent reads the tracks of a GPX file; each is an activity. Routes and waypoints are no activities.
type gpxContent struct {
	found  recording
	points xmlPoints
	track  *Activity // nil between tracks
	names  []string  // of the sport
	any    bool      // the track has points, with or without time
}

func newGPX() *gpxContent { return &gpxContent{found: recording{format: GPX}} }

func (g *gpxContent) recording() *recording {
	if g.track != nil { // the file is cut
		g.endTrack()
	}
	return &g.found
}

func (g *gpxContent) err() error { return g.points.exceeding }

func (g *gpxContent) start(name string, attributes []xml.Attr) {
	switch name {
	case "gpx":
		g.found.device = text.Cut(attribute(attributes, "creator"), maxName)
	case "trk":
		g.track, g.names, g.any = &Activity{}, nil, false
	case "trkseg":
		g.points.broken = true
	case "trkpt":
		g.points.open()
		g.points.point.setPosition(number(attribute(attributes, "lat")), number(attribute(attributes, "lon")))
	case "rte", "wpt":
		g.found.notFound = "The GPX file has a planned route or places, but no recorded track."
	}
}

func (g *gpxContent) end(name, parent, value string) {
	switch {
	case g.track == nil:
	case name == "trkpt":
		g.any = true
		g.points.close(g.track)
	case name == "trk":
		g.endTrack()
	case g.points.inside:
		g.pointValue(name, value)
	case parent == "trk" && name == "name":
		g.track.Name = text.Cut(value, maxName)
	case parent == "trk" && name == "type":
		g.names = append(g.names, value)
	}
}

// pointValue reads a value of a point. Heart rate, cadence and power are extensions under many names.
func (g *gpxContent) pointValue(name, value string) {
	p := &g.points.point
	switch name {
	case "time":
		g.points.at = g.points.times.read(value)
	case "ele":
		p.setAltitude(number(value))
	case "hr", "heartrate", "heart_rate", "heartRate", "bpm":
		p.setHeartRate(number(value))
	case "cad", "cadence", "RunCadence":
		p.setCadence(number(value))
	case "power", "watts", "PowerInWatts":
		p.setPower(number(value))
	case "speed":
		p.setSpeed(number(value))
	}
}

func (g *gpxContent) endTrack() {
	a := g.track
	g.track = nil
	if !g.any {
		return
	}
	if len(g.found.activities) == maxActivities {
		g.points.exceeding = tooManyActivities()
		return
	}
	a.Sport = sportOf(g.names...)
	g.points.finish(&g.found, a)
	g.found.activities = append(g.found.activities, *a)
}

func tooManyActivities() *Error {
	return &Error{Code: TooComplex, Detail: fmt.Sprintf("The file has more than %d activities.", maxActivities)}
}

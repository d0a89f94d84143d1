package activityfile

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"time"
)

const gpxHead = `<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="Ultimate Coach" xmlns="http://www.topografix.com/GPX/1/1" xmlns:gpxtpx="` +
	`http://www.garmin.com/xmlschemas/TrackPointExtension/v2">
`

// WriteGPX writes one track of GPX 1.1 with the points that have a position. Heart rate, cadence and speed are in Garmin's
// extension and power in the element that most programs read. A pause begins a new segment.
func WriteGPX(w io.Writer, name, sport string, points []Point, pauses []Pause) error {
	b := bufio.NewWriter(w)
	fmt.Fprint(b, gpxHead)
	fmt.Fprint(b, "<trk>")
	element(b, "name", name)
	element(b, "type", sport)
	pause, open := 0, false
	for i := range points {
		p := &points[i]
		for pause < len(pauses) && pauses[pause].To.UnixMilli() <= p.UnixMilli {
			pause++
			closeSegment(b, &open)
		}
		if !p.HasPosition() {
			continue
		}
		if !open {
			fmt.Fprint(b, "\n<trkseg>")
			open = true
		}
		writePoint(b, p)
	}
	closeSegment(b, &open)
	fmt.Fprint(b, "\n</trk>\n</gpx>\n")
	return b.Flush()
}

func closeSegment(b *bufio.Writer, open *bool) {
	if *open {
		fmt.Fprint(b, "\n</trkseg>")
	}
	*open = false
}

func writePoint(b *bufio.Writer, p *Point) {
	lat, lon, _ := p.Position()
	fmt.Fprintf(b, "\n<trkpt lat=\"%.7f\" lon=\"%.7f\">", lat, lon)
	if !absent(p.AltitudeM) {
		element(b, "ele", strconv.FormatFloat(float64(p.AltitudeM), 'f', 1, 32))
	}
	element(b, "time", p.Time().Format(time.RFC3339Nano))
	hasExtension := p.HeartRate > 0 || p.Cadence >= 0 || !absent(p.SpeedMPS)
	if hasExtension || p.Power >= 0 {
		fmt.Fprint(b, "<extensions>")
		if p.Power >= 0 {
			element(b, "power", strconv.Itoa(int(p.Power)))
		}
		if hasExtension {
			writeExtension(b, p)
		}
		fmt.Fprint(b, "</extensions>")
	}
	fmt.Fprint(b, "</trkpt>")
}

func writeExtension(b *bufio.Writer, p *Point) {
	fmt.Fprint(b, "<gpxtpx:TrackPointExtension>")
	if p.HeartRate > 0 {
		element(b, "gpxtpx:hr", strconv.Itoa(int(p.HeartRate)))
	}
	if p.Cadence >= 0 {
		element(b, "gpxtpx:cad", strconv.Itoa(int(p.Cadence)))
	}
	if !absent(p.SpeedMPS) {
		element(b, "gpxtpx:speed", strconv.FormatFloat(float64(p.SpeedMPS), 'f', 2, 32))
	}
	fmt.Fprint(b, "</gpxtpx:TrackPointExtension>")
}

// element writes an element with text; it writes nothing when the text is empty.
func element(b *bufio.Writer, name, value string) {
	if value == "" {
		return
	}
	fmt.Fprint(b, "<"+name+">")
	_ = xml.EscapeText(b, []byte(value)) // errors of b are returned by Flush
	fmt.Fprint(b, "</"+name+">")
}

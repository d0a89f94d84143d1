package activities

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/tools/room"
)

// Ids in the docs' examples.
const (
	demoImport = "7d1f3c1e-2b64-4c0c-9d0e-3f5b8f0f2c10"
	demoRide   = "7d1f3c1e-2b64-4c0c-9d0e-3f5b8f0f2c11"
	demoTask   = "7d1f3c1e-2b64-4c0c-9d0e-3f5b8f0f2c13"
)

// demonstrateFile imports a ride of the day before.
func (h *Handlers) demonstrateFile(ctx context.Context, d room.Demo) error {
	start := d.Day.AddDate(0, 0, -1).Add(13 * time.Hour)
	file, err := readFile(ctx, strings.NewReader(demoGPX(start)), importOptions{}, h.now())
	if err != nil {
		return fmt.Errorf("read the demo ride: %w", err)
	}
	_, err = h.importFile(ctx, file, importIDs{d.ID(demoImport), d.ID(demoRide)})
	if err != nil && db.Diagnose(err) != db.Duplicate { // on another day it is another file with the same id
		return fmt.Errorf("import the demo ride: %w", err)
	}
	return h.demonstrateTask(ctx, d.ID(demoTask), demoGPX(start))
}

// demonstrateTask imports a ride as workers do, and stores nothing of it.
func (h *Handlers) demonstrateTask(ctx context.Context, id uuid.UUID, file string) error {
	_, err := h.queueImport(ctx, id, strings.NewReader(file), len(file), importOptions{DryRun: true})
	if err != nil && db.Diagnose(err) != db.Duplicate {
		return fmt.Errorf("queue the demo ride: %w", err)
	}
	return h.workImport(ctx, fileImport{UserID: db.IdentityFrom(ctx).UserID, ImportID: id}, false)
}

// demoGPX is an hour by bicycle around a lake, with a point every ten seconds.
func demoGPX(start time.Time) string {
	const (
		points = 361
		radius = 0.02 // degrees
	)
	var b strings.Builder
	b.WriteString(`<gpx version="1.1" creator="Demo"><trk><name>Around the lake</name><type>cycling</type><trkseg>`)
	for i := range points {
		angle := 2 * math.Pi * float64(i) / (points - 1)
		fmt.Fprintf(&b, `<trkpt lat="%.6f" lon="%.6f"><ele>%.1f</ele><time>%s</time>`+
			`<extensions><power>%d</power><hr>%d</hr></extensions></trkpt>`,
			52.44+radius*math.Sin(angle), 13.64+radius*1.6*math.Cos(angle), 35+20*math.Sin(3*angle),
			start.Add(time.Duration(10*i)*time.Second).Format(time.RFC3339), 170+int(40*math.Cos(3*angle)), 132+int(18*math.Sin(3*angle)))
	}
	b.WriteString(`</trkseg></trk></gpx>`)
	return b.String()
}

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/google/uuid"
	"github.com/muktihari/fit/encoder"
	"github.com/muktihari/fit/profile/mesgdef"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/proto"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/server"
)

const (
	rideSeconds = 7200
	rides       = 40
	rideStreams = 400
)

// measureFiles imports rides of two hours with a record each second, and reads their streams with 500 points. An import is what the
// worker does as well: it reads the file, and writes the activity, its points and the file in one transaction.
func measureFiles(ctx context.Context, h *environment, _ options) error {
	handler, stop, err := h.startInProcess(db.Options{URL: h.appURL})
	if err != nil {
		return err
	}
	defer stop()
	imports, ids, err := h.importRides(ctx, handler)
	if err != nil {
		return err
	}
	var reads []time.Duration
	for i := range rideStreams {
		start := time.Now()
		if _, err := askHandler(handler, "/api/v1/activities/"+ids[i%len(ids)].String()+"/streams?points=500", h.token); err != nil {
			return err
		}
		reads = append(reads, time.Since(start))
	}
	slices.Sort(imports)
	slices.Sort(reads)
	fmt.Printf("\nFIT files of two hours with %d records\n\n", rideSeconds)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\tp50\tp99\tbudget of p50\t")
	fmt.Fprintf(w, "import\t%v\t%v\t≤ 50ms\t\n", short(quantile(imports, 0.5)), short(quantile(imports, 0.99)))
	fmt.Fprintf(w, "streams of 500 points\t%v\t%v\t≤ 10ms\t\n", short(quantile(reads, 0.5)), short(quantile(reads, 0.99)))
	return w.Flush()
}

// importRides imports rides of different days, and returns how long each took, and their ids.
func (h *environment) importRides(ctx context.Context, handler http.Handler) (took []time.Duration, ids []uuid.UUID, err error) {
	for i := range rides {
		content, err := fitRide(time.Now().UTC().Truncate(time.Second).AddDate(0, 0, -i-1))
		if err != nil {
			return nil, nil, err
		}
		r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/api/v1/activities/import", bytes.NewReader(content))
		r.Header.Set("Authorization", "Bearer "+h.token)
		r.Header.Set("Content-Type", "application/octet-stream")
		w := httptest.NewRecorder()
		start := time.Now()
		handler.ServeHTTP(w, r)
		took = append(took, time.Since(start))
		var done api.ActivityImport
		if err := json.Unmarshal(w.Body.Bytes(), &done); err != nil || w.Code != http.StatusCreated || len(done.Activities) != 1 {
			return nil, nil, fmt.Errorf("import: status %d: %s", w.Code, w.Body)
		}
		ids = append(ids, *done.Activities[0].ID)
	}
	return took, ids, nil
}

// fitRide returns a FIT file of a ride that ends at a time, with all that a bicycle computer records.
func fitRide(end time.Time) ([]byte, error) {
	start := end.Add(-rideSeconds * time.Second)
	messages := []proto.Message{mesgdef.NewFileId(nil).SetType(typedef.FileActivity).SetManufacturer(typedef.ManufacturerGarmin).
		SetProduct(uint16(typedef.GarminProductEdge530)).SetSerialNumber(4711).SetTimeCreated(start).ToMesg(nil)}
	for i := range rideSeconds + 1 {
		record := mesgdef.NewRecord(nil).SetTimestamp(start.Add(time.Duration(i) * time.Second)).SetDistanceScaled(float64(8 * i)).
			SetHeartRate(uint8(120 + i%40)).SetCadence(85).SetPower(uint16(180 + i%90)).SetEnhancedSpeedScaled(8).
			SetEnhancedAltitudeScaled(400 + 50*math.Sin(float64(i)/300)).
			SetPositionLatDegrees(47 + float64(i)*7e-5).SetPositionLongDegrees(8.5)
		messages = append(messages, record.ToMesg(nil))
	}
	session := mesgdef.NewSession(nil).SetStartTime(start).SetTimestamp(end).SetSport(typedef.SportCycling).
		SetTotalElapsedTimeScaled(rideSeconds).SetTotalTimerTimeScaled(rideSeconds).SetTotalDistanceScaled(8 * rideSeconds)
	var b bytes.Buffer
	err := encoder.New(&b).Encode(&proto.FIT{Messages: append(messages, session.ToMesg(nil))})
	return b.Bytes(), err
}

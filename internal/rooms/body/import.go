package body

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/optional"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/validation"
	"github.com/ultimatecoach/api/internal/tools/weightfile"
	"github.com/ultimatecoach/api/internal/tools/zone"
)

const (
	maxImportBytes   = 25 << 20
	maxImportRecords = 10_000
)

// imported is a usable record of a file, as ImportMeasurements reads it.
type imported struct {
	Place           int                `json:"place"`
	ID              uuid.UUID          `json:"id"`
	MeasuredAt      time.Time          `json:"measured_at"`
	WeightKg        *float64           `json:"weight_kg"`
	BodyFatPct      *float64           `json:"body_fat_pct"`
	Girths          map[string]float64 `json:"girths"`
	Notes           *string            `json:"notes"`
	SourceApp       string             `json:"source_app"`
	SourceDevice    *string            `json:"source_device"`
	ExternalID      string             `json:"external_id"`
	ExternalVersion *int64             `json:"external_version"`
}

// weightsFile is a file that was read.
type weightsFile struct {
	format  weightfile.Format
	usable  []imported
	records []api.ImportedMeasurement
	seen    map[string]bool // by source and external id
	values  map[string][]time.Time
}

// ImportMeasurements stores the weights, body fat and girths of a file, and returns what became of each record.
func (h *Handlers) ImportMeasurements(
	ctx context.Context,
	r api.ImportMeasurementsRequestObject,
) (api.ImportMeasurementsResponseObject, error) {
	var fields validation.Errors
	fields.Zone("timezone", r.Params.Timezone)
	if err := fields.Err(); err != nil {
		return nil, err
	}
	local, err := h.importZone(ctx, r.Params.Timezone)
	if err != nil {
		return nil, err
	}
	file, err := h.readWeights(ctx, r.Body, r.Params, local)
	if err != nil {
		return nil, err
	}
	response := api.MeasurementImport{
		DryRun: optional.OrZero(r.Params.DryRun), Format: api.MeasurementImportFormat(file.format), Records: file.records,
	}
	if len(file.usable) > 0 {
		if response.TargetsChange, err = h.storeWeights(ctx, file, r.Params.Timezone, response.DryRun); err != nil {
			return nil, err
		}
	}
	for _, record := range file.records {
		counts := map[api.ImportedMeasurementStatus]*int{
			api.ImportedMeasurementStatusCreated: &response.Counts.Created, api.ImportedMeasurementStatusUpdated: &response.Counts.Updated,
			api.ImportedMeasurementStatusExists: &response.Counts.Exists, api.ImportedMeasurementStatusDeleted: &response.Counts.Deleted,
			api.ImportedMeasurementStatusRefused: &response.Counts.Refused,
		}
		*counts[record.Status]++
	}
	slog.InfoContext(ctx, "measurements_imported", "format", file.format, "dry_run", response.DryRun,
		"created", response.Counts.Created, "refused", response.Counts.Refused)
	return api.ImportMeasurements200JSONResponse(response), nil
}

// importZone returns the zone of times without an offset: the requested one, or that of the profile.
func (h *Handlers) importZone(ctx context.Context, requested *string) (*time.Location, error) {
	if requested != nil {
		return zone.Load(*requested)
	}
	me, err := h.db.GetMe(ctx, db.IdentityFrom(ctx).UserID)
	if err != nil {
		return nil, problem.IfNoRows(err, problem.NotFound)
	}
	local, err := zone.Load(me.Timezone)
	if err != nil {
		return time.UTC, nil //nolint:nilerr // the zone was valid when it was stored; an older zone database must not break an import
	}
	return local, nil
}

// readWeights reads the whole file before anything is stored.
func (h *Handlers) readWeights(
	ctx context.Context,
	body io.Reader,
	p api.ImportMeasurementsParams,
	local *time.Location,
) (*weightsFile, error) {
	file := &weightsFile{records: []api.ImportedMeasurement{}, seen: map[string]bool{}, values: map[string][]time.Time{}}
	o := weightfile.Options{
		Zone: local, MaxBytes: maxImportBytes, Pounds: p.Unit != nil && *p.Unit == api.ImportMeasurementsParamsUnitLb,
		DateOrder: weightfile.DateOrder(optional.OrZero(p.DateOrder)),
	}
	var err error
	file.format, err = weightfile.Read(ctx, body, o, func(row weightfile.Row) error {
		if len(file.records) == maxImportRecords {
			return problem.Unprocessable(tooManyRecords.At(""))
		}
		file.add(row, optional.OrZero(p.App), h.now())
		return nil
	})
	switch {
	case errors.Is(err, weightfile.ErrUnknownFormat):
		return nil, problem.New(weightsUnknown)
	case errors.Is(err, weightfile.ErrDamaged):
		return nil, problem.New(weightsDamaged)
	case errors.Is(err, weightfile.ErrTooLarge):
		return nil, problem.New(weightsTooLarge)
	case err != nil:
		return nil, err
	}
	return file, nil
}

// add notes a record of the file, and keeps it when it is usable.
func (f *weightsFile) add(row weightfile.Row, app string, now time.Time) {
	record := api.ImportedMeasurement{Place: row.Place, Status: api.ImportedMeasurementStatusRefused}
	code := row.Refused
	if code == "" {
		code = outOfRange(row, now)
	}
	if code != "" {
		record.Code, record.Message = new(api.ImportedMeasurementCode(code)), new(refusals[code])
		f.records = append(f.records, record)
		return
	}
	at := row.At.UTC().Truncate(time.Microsecond)
	record.MeasuredAt = &at
	m := imported{
		Place:      row.Place,
		ID:         uuid.New(),
		MeasuredAt: at,
		WeightKg:   rounded(row.WeightKg, weightDigits),
		BodyFatPct: rounded(row.BodyFatPct, bodyFatDigits),
		Girths:     row.Girths,
		Notes:      textOf(row.Notes, maxNotes),
		SourceApp: shortened(
			firstOf(row.App, app, string(f.format), "file"),
			maxSourceName,
		),
		SourceDevice:    textOf(row.Device, maxSourceName),
		ExternalID:      shortened(firstOf(row.ID, externalID(row, at)), maxExternalID),
		ExternalVersion: row.Version,
	}
	for name, cm := range m.Girths {
		m.Girths[name] = *rounded(&cm, girthDigits)
	}
	if f.isRepeated(m) {
		record.Status = api.ImportedMeasurementStatusExists
	} else {
		f.usable = append(f.usable, m)
	}
	f.records = append(f.records, record)
}

// sameMoment is how far apart the same values are one measurement, for example when two apps have it from one scale. The function
// private.import_measurements has it too.
const sameMoment = 30 * time.Second

// isRepeated reports whether the file had the same record before, or one of another source with the same values at the same time.
func (f *weightsFile) isRepeated(m imported) bool {
	key := m.SourceApp + "\x00" + m.ExternalID
	values := fmt.Sprint(optional.OrZero(m.WeightKg), optional.OrZero(m.BodyFatPct), m.Girths)
	same := slices.ContainsFunc(f.values[values], func(at time.Time) bool { return at.Sub(m.MeasuredAt).Abs() <= sameMoment })
	if f.seen[key] || same {
		return true
	}
	f.seen[key] = true
	f.values[values] = append(f.values[values], m.MeasuredAt)
	return false
}

// Lengths of texts, as the columns have them.
const (
	maxNotes      = 2000
	maxSourceName = 100
	maxExternalID = 200
)

// refusals are the sentences for the codes of refused records.
var refusals = map[string]string{
	"bad_time":          "The time is not one that is understood; date_order says whether 03/04/2026 is in March or in April.",
	"bad_number":        "A value is not a number.",
	"bad_columns":       "The line has more columns than headings: a decimal comma between commas, for example.",
	"unknown_unit":      "The unit is not known.",
	"no_value":          "There is no weight, body fat or girth.",
	"out_of_range":      "A value is outside of what a body can have: 30 to 300 kg, 2 to 75 % body fat, 10 to 300 cm.",
	"time_out_of_range": "The time is before the year 2000 or more than a day ahead.",
}

// outOfRange returns why a record is not plausible, or "". The ranges are those of the contract's MeasurementCreate.
func outOfRange(row weightfile.Row, now time.Time) string {
	outside := func(v *float64, least, most float64) bool { return v != nil && (*v < least || *v > most) }
	wrong := outside(row.WeightKg, 30, 300) || outside(row.BodyFatPct, 2, 75)
	for _, cm := range row.Girths {
		wrong = wrong || outside(&cm, 10, 300)
	}
	switch {
	case wrong:
		return "out_of_range"
	case row.At.Year() < 2000 || row.At.After(now.Add(24*time.Hour)):
		return "time_out_of_range"
	}
	return ""
}

// externalID is the name of a record that has none: what it measures, and when.
func externalID(row weightfile.Row, at time.Time) string {
	kinds := ""
	if row.WeightKg != nil {
		kinds += "weight "
	}
	if row.BodyFatPct != nil {
		kinds += "fat "
	}
	if row.Girths != nil {
		kinds += "girths "
	}
	return kinds + at.Format(time.RFC3339Nano)
}

// storeWeights stores the usable records and writes their status into the report.
func (h *Handlers) storeWeights(ctx context.Context, file *weightsFile, zone *string, dryRun bool) (change *api.TargetsChange, err error) {
	entries, err := json.Marshal(file.usable)
	if err != nil {
		return nil, fmt.Errorf("encode an import: %w", err)
	}
	user := db.IdentityFrom(ctx).UserID
	err = h.db.Tx(ctx, func(ctx context.Context) error {
		if err := h.db.LockProfile(db.Queued(ctx), user); err != nil {
			return err
		}
		row, err := h.db.GetWeightState(ctx, queries.GetWeightStateParams{UserID: user, Now: h.now()})
		if err != nil {
			return problem.IfNoRows(err, problem.NotFound) // the account was deleted during the request
		}
		stored, err := h.db.ImportMeasurements(ctx, queries.ImportMeasurementsParams{
			UserID: user, Entries: entries, Timezone: zone, DryRun: dryRun,
		})
		if err != nil {
			return err
		}
		newest := file.report(stored)
		if dryRun || newest == nil {
			return nil
		}
		state := weightState{row.Profile, weightsOf(row.NewestIds, row.NewestTimes, row.NewestWeights)}
		change, err = h.store(ctx, state, newest.id, newest, func(context.Context) error { return nil })
		return err
	})
	return change, err
}

// report writes what became of the records, and returns the newest weight among those that were written.
func (f *weightsFile) report(stored []queries.ImportMeasurementsRow) (newest *weight) {
	for _, s := range stored {
		i, found := slices.BinarySearchFunc(
			f.records,
			int(s.Place),
			func(r api.ImportedMeasurement, place int) int { return r.Place - place },
		)
		if !found {
			continue
		}
		f.records[i].Status, f.records[i].ID = api.ImportedMeasurementStatus(s.Status), &s.ID
		j, found := slices.BinarySearchFunc(f.usable, int(s.Place), func(m imported, place int) int { return m.Place - place })
		written := s.Status == string(api.ImportedMeasurementStatusCreated) || s.Status == string(api.ImportedMeasurementStatusUpdated)
		if m := f.usable[j]; found && written && m.WeightKg != nil {
			if w := (weight{s.ID, m.MeasuredAt, *m.WeightKg}); newest == nil || w.newer(*newest) {
				newest = &w
			}
		}
	}
	return newest
}

// firstOf returns the first text that is not empty.
func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// shortened returns at most so many characters of a text, without U+0000, which Postgres cannot store.
func shortened(text string, most int) string {
	characters := slices.DeleteFunc([]rune(text), func(r rune) bool { return r == 0 })
	return string(characters[:min(len(characters), most)])
}

// textOf is shortened; nil for no text.
func textOf(text string, most int) *string {
	if text = shortened(text, most); text == "" {
		return nil
	}
	return &text
}

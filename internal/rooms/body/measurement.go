package body

import (
	"context"
	"encoding/json"
	"log/slog"
	"math"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/etag"
	"github.com/ultimatecoach/api/internal/tools/optional"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// Values are rounded to 1/digits, as the columns store them.
const (
	weightDigits  = 10_000
	bodyFatDigits = 1000
	girthDigits   = 100
)

// restorable is for how long a deleted measurement can be restored; then the purge job erases it.
const restorable = 30 * 24 * time.Hour

// ListMeasurements returns a page of measurements, the newest first.
func (h *Handlers) ListMeasurements(
	ctx context.Context,
	r api.ListMeasurementsRequestObject,
) (api.ListMeasurementsResponseObject, error) {
	window, err := h.cursors.Newest("listMeasurements", r.Params.Limit, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	p := queries.ListMeasurementsParams{
		UserID:   db.IdentityFrom(ctx).UserID,
		From:     optional.Date(r.Params.From),
		To:       optional.Date(r.Params.To),
		BeforeAt: window.BeforeAt,
		BeforeID: window.BeforeID,
		PageSize: window.Size,
	}
	var fields validation.Errors
	fields.Range(p.From, p.To)
	if err := fields.Err(); err != nil {
		return nil, err
	}
	rows, err := h.db.ListMeasurements(ctx, p)
	if err != nil {
		return nil, err
	}
	rows, next, err := page.Rows(window, rows, func(row queries.BodyMeasurement) page.Key {
		return page.Key{At: row.MeasuredAt, ID: row.ID}
	})
	if err != nil {
		return nil, err
	}
	response := api.MeasurementPage{Data: make([]api.Measurement, len(rows)), NextCursor: next}
	for i, row := range rows {
		response.Data[i] = measurementOf(row)
	}
	return api.ListMeasurements200JSONResponse(response), nil
}

// CreateMeasurement stores a measurement. A record of another app that is stored already is returned, or replaced by a higher version.
func (h *Handlers) CreateMeasurement(
	ctx context.Context,
	r api.CreateMeasurementRequestObject,
) (api.CreateMeasurementResponseObject, error) {
	w, err := h.log(ctx, *r.Body)
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "measurement_created", "measurement_id", w.ID, "targets_changed", w.TargetsChange != nil)
	return w, nil
}

// LogMeasurement stores a measurement and returns its id and ETag.
func (h *Handlers) LogMeasurement(ctx context.Context, b api.MeasurementCreate) (uuid.UUID, string, error) {
	w, err := h.log(ctx, b)
	return w.ID, w.etag, err
}

func (h *Handlers) log(ctx context.Context, b api.MeasurementCreate) (w written, err error) {
	m, err := h.newMeasurement(b)
	if err != nil {
		return w, err
	}
	err = h.db.Tx(ctx, func(ctx context.Context) error {
		if m.ExternalID != nil {
			found, err := h.storeExternal(ctx, m, b.Timezone, &w)
			if found || err != nil {
				return err
			}
		}
		w.status = http.StatusCreated
		return h.insert(ctx, m, b.Timezone, &w)
	})
	return w, err
}

// GetMeasurement returns one measurement.
func (h *Handlers) GetMeasurement(ctx context.Context, r api.GetMeasurementRequestObject) (api.GetMeasurementResponseObject, error) {
	row, err := h.db.GetMeasurement(ctx, queries.GetMeasurementParams{UserID: db.IdentityFrom(ctx).UserID, MeasurementID: r.ID})
	if err != nil {
		return nil, problem.IfNoRows(err, measurementNotFound)
	}
	tag := etag.Of(row.Version)
	if etag.NotModified(r.Params.IfNoneMatch, tag) {
		return api.GetMeasurement304Response{Headers: api.GetMeasurement304ResponseHeaders{ETag: &tag}}, nil
	}
	return api.GetMeasurement200JSONResponse{Body: measurementOf(row), Headers: api.GetMeasurement200ResponseHeaders{ETag: &tag}}, nil
}

// UpdateMeasurement merges a patch into the measurement.
func (h *Handlers) UpdateMeasurement(
	ctx context.Context,
	r api.UpdateMeasurementRequestObject,
) (api.UpdateMeasurementResponseObject, error) {
	var fields validation.Errors
	fields.Zone("timezone", r.Body.Timezone)
	fields.Moment("measured_at", r.Body.MeasuredAt, h.now())
	if err := fields.Err(); err != nil {
		return nil, err
	}
	w := written{status: http.StatusOK}
	err := h.db.Tx(ctx, func(ctx context.Context) error {
		state, m, err := h.lockMeasurement(ctx, r.ID, r.Params.IfMatch)
		if err != nil {
			return err
		}
		before := m
		if err := merge(&m, *r.Body); err != nil {
			return err
		}
		if sameValues(before, m) && r.Body.Timezone == nil {
			w.Measurement, w.etag = measurementOf(before), etag.Of(before.Version)
			return nil
		}
		moves := r.Body.MeasuredAt != nil || r.Body.Timezone != nil
		return h.replace(ctx, state, m, moves, new(optional.Or(r.Body.Timezone, m.Timezone)), &w)
	})
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "measurement_updated", "measurement_id", w.ID, "targets_changed", w.TargetsChange != nil)
	return w, nil
}

// DeleteMeasurement soft-deletes the measurement; RestoreMeasurement restores it.
func (h *Handlers) DeleteMeasurement(
	ctx context.Context,
	r api.DeleteMeasurementRequestObject,
) (api.DeleteMeasurementResponseObject, error) {
	err := h.db.Tx(ctx, func(ctx context.Context) error {
		state, m, err := h.lockMeasurement(ctx, r.ID, r.Params.IfMatch)
		if err != nil {
			return err
		}
		_, err = h.store(ctx, state, m.ID, nil, func(ctx context.Context) error {
			return h.db.DeleteMeasurement(ctx, queries.DeleteMeasurementParams{UserID: m.UserID, MeasurementID: m.ID})
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "measurement_deleted", "measurement_id", r.ID)
	return api.DeleteMeasurement204Response{}, nil
}

// RestoreMeasurement undoes DeleteMeasurement. It changes nothing when the measurement is not deleted.
func (h *Handlers) RestoreMeasurement(
	ctx context.Context,
	r api.RestoreMeasurementRequestObject,
) (api.RestoreMeasurementResponseObject, error) {
	w := written{status: http.StatusOK}
	err := h.db.Tx(ctx, func(ctx context.Context) error {
		state, m, err := h.stored(ctx, queries.GetMeasurementForUpdateParams{MeasurementID: r.ID})
		switch {
		case err != nil:
			return problem.IfNoRows(err, measurementNotFound)
		case m.DeletedAt == nil:
			w.Measurement, w.etag = measurementOf(m), etag.Of(m.Version)
			return nil
		case h.now().Sub(*m.DeletedAt) > restorable:
			return problem.New(measurementNotFound)
		}
		return h.replace(ctx, state, m, false, nil, &w)
	})
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "measurement_restored", "measurement_id", r.ID, "targets_changed", w.TargetsChange != nil)
	return w, nil
}

// newMeasurement checks a request and returns the row that it describes, without its day and zone.
func (h *Handlers) newMeasurement(b api.MeasurementCreate) (queries.BodyMeasurement, error) {
	m := queries.BodyMeasurement{
		ID: uuid.New(), MeasuredAt: h.now(), WeightKg: rounded(b.WeightKg, weightDigits), BodyFatPct: rounded(b.BodyFatPct, bodyFatDigits),
		Notes: b.Notes, SourceKind: string(api.MeasurementSourceKindManual), SourceRecorded: string(api.MeasurementSourceRecordedManual),
	}
	if b.ID != nil {
		m.ID = *b.ID
	}
	if b.MeasuredAt != nil {
		m.MeasuredAt = *b.MeasuredAt
	}
	m.MeasuredAt = m.MeasuredAt.Truncate(time.Microsecond)
	var fields validation.Errors
	fields.Zone("timezone", b.Timezone)
	fields.Moment("measured_at", b.MeasuredAt, h.now())
	if s := b.Source; s != nil {
		m.SourceKind, m.SourceApp, m.SourceDevice = string(s.Kind), s.App, s.Device
		m.ExternalID, m.ExternalVersion = s.ExternalID, converted[int64](s.ExternalVersion)
		switch {
		case s.Recorded != nil:
			m.SourceRecorded = string(*s.Recorded)
		case s.Kind != api.MeasurementSourceKindManual:
			m.SourceRecorded = string(api.MeasurementSourceRecordedUnknown)
		}
		fields.AddIf(s.ExternalVersion != nil && s.ExternalID == nil, "source.external_version", validation.NeedsExternalID)
	}
	var err error
	if m.Girths, err = mergeGirths(nil, b.Girths); err != nil {
		return m, err
	}
	fields.AddIf(isEmpty(m), "", nothingMeasured)
	return m, fields.Err()
}

// insert stores a new measurement.
func (h *Handlers) insert(ctx context.Context, m queries.BodyMeasurement, zone *string, w *written) error {
	user := db.IdentityFrom(ctx).UserID
	if err := h.db.LockProfile(db.Queued(ctx), user); err != nil {
		return err
	}
	row, err := h.db.GetWeightState(ctx, queries.GetWeightStateParams{UserID: user, Now: h.now()})
	if err != nil {
		return problem.IfNoRows(err, problem.NotFound) // the account was deleted during the request
	}
	state := weightState{row.Profile, weightsOf(row.NewestIds, row.NewestTimes, row.NewestWeights)}
	girths, err := girthsJSON(m.Girths)
	if err != nil {
		return err
	}
	w.TargetsChange, err = h.store(ctx, state, m.ID, weightOf(m), func(ctx context.Context) error {
		return h.db.CreateMeasurement(ctx, queries.CreateMeasurementParams{
			UserID: user, ID: m.ID, MeasuredAt: m.MeasuredAt, Timezone: zone, WeightKg: m.WeightKg, BodyFatPct: m.BodyFatPct,
			Girths: girths, Notes: m.Notes, SourceKind: m.SourceKind, SourceApp: m.SourceApp, SourceDevice: m.SourceDevice,
			SourceRecorded: m.SourceRecorded, ExternalID: m.ExternalID, ExternalVersion: m.ExternalVersion,
		})
	})
	if err != nil {
		return err
	}
	return h.readBack(ctx, m.ID, w)
}

// readBack reads the measurement as it was stored, and commits.
func (h *Handlers) readBack(ctx context.Context, id uuid.UUID, w *written) error {
	p := queries.GetMeasurementParams{UserID: db.IdentityFrom(ctx).UserID, MeasurementID: id}
	stored, err := h.db.GetMeasurement(db.AndCommit(ctx), p)
	w.Measurement, w.etag = measurementOf(stored), etag.Of(stored.Version)
	return err
}

// storeExternal looks for the record of another app. found is false when it is not stored yet. Otherwise it replaces the measurement when
// the new version is higher, and keeps it when not.
func (h *Handlers) storeExternal(ctx context.Context, m queries.BodyMeasurement, zone *string, w *written) (found bool, err error) {
	state, stored, err := h.stored(ctx, queries.GetMeasurementForUpdateParams{
		ExternalID: m.ExternalID, SourceKind: m.SourceKind, SourceApp: optional.OrZero(m.SourceApp),
	})
	if db.IsNoRows(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	w.status = http.StatusOK
	higher := optional.OrZero(m.ExternalVersion) > optional.OrZero(stored.ExternalVersion)
	switch {
	case !higher && stored.DeletedAt != nil:
		return true, problem.New(problem.Conflict)
	case !higher:
		w.Measurement, w.etag = measurementOf(stored), etag.Of(stored.Version)
		return true, nil
	}
	m.ID = stored.ID
	return true, h.replace(ctx, state, m, true, zone, w)
}

// lockMeasurement reads a measurement that If-Match allows to change, and what depends on its weight.
func (h *Handlers) lockMeasurement(ctx context.Context, id uuid.UUID, ifMatch *string) (weightState, queries.BodyMeasurement, error) {
	state, m, err := h.stored(ctx, queries.GetMeasurementForUpdateParams{MeasurementID: id})
	switch {
	case err != nil:
		return state, m, problem.IfNoRows(err, measurementNotFound)
	case m.DeletedAt != nil:
		return state, m, problem.New(measurementNotFound)
	case !etag.Matches(ifMatch, etag.Of(m.Version)):
		return state, m, problem.New(problem.PreconditionFailed)
	}
	return state, m, nil
}

// stored reads a measurement, deleted or not, and what depends on its weight, after the person's other writes of weights. The error is
// db.IsNoRows when it does not exist.
func (h *Handlers) stored(
	ctx context.Context,
	p queries.GetMeasurementForUpdateParams,
) (state weightState, m queries.BodyMeasurement, err error) {
	p.UserID, p.Now = db.IdentityFrom(ctx).UserID, h.now()
	if err := h.db.LockProfile(db.Queued(ctx), p.UserID); err != nil {
		return state, m, err
	}
	row, err := h.db.GetMeasurementForUpdate(ctx, p)
	return weightState{row.Profile, weightsOf(row.NewestIds, row.NewestTimes, row.NewestWeights)}, row.BodyMeasurement, err
}

// replace writes all values of a stored measurement. moves says that its day is computed again.
func (h *Handlers) replace(
	ctx context.Context,
	state weightState,
	m queries.BodyMeasurement,
	moves bool,
	zone *string,
	w *written,
) (err error) {
	girths, err := girthsJSON(m.Girths)
	if err != nil {
		return err
	}
	w.TargetsChange, err = h.store(ctx, state, m.ID, weightOf(m), func(ctx context.Context) error {
		return h.db.UpdateMeasurement(ctx, queries.UpdateMeasurementParams{
			UserID: state.profile.ID, MeasurementID: m.ID, MeasuredAt: m.MeasuredAt, Moves: moves, Timezone: zone,
			WeightKg: m.WeightKg, BodyFatPct: m.BodyFatPct, Girths: girths, Notes: m.Notes,
			SourceDevice: m.SourceDevice, SourceRecorded: m.SourceRecorded, ExternalVersion: m.ExternalVersion,
		})
	})
	if err != nil {
		return err
	}
	return h.readBack(ctx, m.ID, w)
}

// girthsJSON returns nil for no girths.
func girthsJSON(girths *api.Girths) ([]byte, error) {
	if girths == nil {
		return nil, nil
	}
	return json.Marshal(girths)
}

// merge applies a JSON merge patch to a row.
func merge(m *queries.BodyMeasurement, patch api.MeasurementPatch) (err error) {
	if patch.MeasuredAt != nil {
		m.MeasuredAt = patch.MeasuredAt.Truncate(time.Microsecond)
	}
	setRounded(&m.WeightKg, patch.WeightKg, weightDigits)
	setRounded(&m.BodyFatPct, patch.BodyFatPct, bodyFatDigits)
	if patch.Notes.IsSpecified() {
		m.Notes = optional.Value(patch.Notes)
	}
	if patch.Girths.IsNull() {
		m.Girths = nil
	} else if changes, err := patch.Girths.Get(); err == nil {
		if m.Girths, err = mergeGirths(m.Girths, changes); err != nil {
			return err
		}
	}
	if isEmpty(*m) {
		return problem.Unprocessable(nothingMeasured.At(""))
	}
	return nil
}

// mergeGirths merges changes, a schema of the contract, into girths as JSON, so that the list of girths is only in the contract. It
// returns nil when none is left.
func mergeGirths(girths *api.Girths, changes any) (*api.Girths, error) {
	merged := map[string]*float64{}
	for _, part := range []any{girths, changes} {
		text, err := json.Marshal(part)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(text, &merged); err != nil {
			return nil, err
		}
		if merged == nil { // the part was nil
			merged = map[string]*float64{}
		}
	}
	return girthsOf(merged)
}

func girthsOf(values map[string]*float64) (*api.Girths, error) {
	for name, cm := range values {
		if cm == nil {
			delete(values, name)
			continue
		}
		values[name] = rounded(cm, girthDigits)
	}
	if len(values) == 0 {
		return nil, nil
	}
	text, err := json.Marshal(values)
	if err != nil {
		return nil, err
	}
	girths := &api.Girths{}
	return girths, json.Unmarshal(text, girths)
}

func isEmpty(m queries.BodyMeasurement) bool {
	return m.WeightKg == nil && m.BodyFatPct == nil && m.Girths == nil
}

// sameValues reports whether a patch changed nothing, so that the version stays.
func sameValues(a, b queries.BodyMeasurement) bool {
	one, err1 := json.Marshal(a)
	two, err2 := json.Marshal(b)
	return err1 == nil && err2 == nil && string(one) == string(two)
}

func measurementOf(m queries.BodyMeasurement) api.Measurement {
	return api.Measurement{
		ID: m.ID, MeasuredAt: m.MeasuredAt.UTC(), LocalDate: openapi_types.Date{Time: m.LocalDate}, Timezone: m.Timezone,
		WeightKg: m.WeightKg, BodyFatPct: m.BodyFatPct, Girths: m.Girths, Notes: m.Notes,
		Source: api.MeasurementSource{
			Kind:            api.MeasurementSourceKind(m.SourceKind),
			App:             m.SourceApp,
			Device:          m.SourceDevice,
			ExternalID:      m.ExternalID,
			ExternalVersion: converted[int](m.ExternalVersion),
			Recorded:        new(api.MeasurementSourceRecorded(m.SourceRecorded)),
		},
		CreatedAt: m.CreatedAt.UTC(), UpdatedAt: m.UpdatedAt.UTC(),
	}
}

// written is the response of a write: the measurement plus the change of targets. The generated types would repeat every field.
type written struct {
	api.Measurement
	TargetsChange *api.TargetsChange `json:"targets_change,omitempty"`
	etag          string
	status        int
}

// VisitCreateMeasurementResponse writes the response.
func (w written) VisitCreateMeasurementResponse(out http.ResponseWriter) error { return w.write(out) }

// VisitUpdateMeasurementResponse writes the response.
func (w written) VisitUpdateMeasurementResponse(out http.ResponseWriter) error { return w.write(out) }

// VisitRestoreMeasurementResponse writes the response.
func (w written) VisitRestoreMeasurementResponse(out http.ResponseWriter) error { return w.write(out) }

func (w written) write(out http.ResponseWriter) error {
	body, err := json.Marshal(w)
	if err != nil {
		return err
	}
	out.Header().Set("Content-Type", "application/json")
	out.Header().Set("ETag", w.etag)
	out.WriteHeader(w.status)
	_, err = out.Write(append(body, '\n'))
	return err
}

func converted[To, From int | int16 | int32 | int64](n *From) *To {
	if n == nil {
		return nil
	}
	return new(To(*n))
}

// truncated returns the time with the precision that columns store.
func truncated(at *time.Time) *time.Time {
	if at == nil {
		return nil
	}
	return new(at.Truncate(time.Microsecond))
}

// rounded returns the value with the precision that the column stores: 1/digits.
func rounded(value *float64, digits float64) *float64 {
	if value == nil {
		return nil
	}
	return new(math.Round(*value*digits) / digits)
}

// setRounded writes a patched value into a column.
func setRounded(column **float64, value nullable.Nullable[float64], digits float64) {
	if value.IsSpecified() {
		*column = rounded(optional.Value(value), digits)
	}
}

package activities

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/optional"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// recordOf returns the row that a request makes, without what follows from the profile.
func recordOf(b api.ActivityCreate, now time.Time) (*record, error) {
	var fields validation.Errors
	r := &record{
		ID: optional.Or(b.ID, uuid.New()), ParentID: b.ParentID, LegIndex: b.LegIndex, Name: fields.OptionalText("name", b.Name),
		RPE: b.Rpe, Notes: b.Notes, Counting: string(optional.Or(b.Counting, api.ActivityCountingAutomatic)),
		UserKcal: tenths(b.Kcal), DeviceKcal: tenths(b.DeviceKcal), DeviceRestingKcal: tenths(b.DeviceRestingKcal),
	}
	r.Category = string(optional.OrZero(b.Category))
	r.setActivity(&fields, b.Activity)
	if r.Category == "" && len(fields) == 0 {
		fields.AddMessage("category", problem.Required, "is required, unless activity is a key or a name: a code has no category")
	}
	r.setHeartRateZones(b.HeartRateZones)
	fields.AddIf(b.ParentID == nil && b.LegIndex != nil, "leg_index", notALeg)
	if b.ParentID != nil && b.LegIndex == nil {
		fields.AddMessage("leg_index", problem.Required, "is required with parent_id")
	}
	fields.Zone("timezone", b.Timezone)
	if b.Timezone != nil {
		r.Timezone, r.Zone = *b.Timezone, string(api.ZoneSourceRequest)
	}
	fields.Moment("started_at", &b.StartedAt, now)
	r.setLength(&fields, length{started: b.StartedAt, ended: b.EndedAt, elapsed: b.ElapsedS, timer: b.TimerS, moving: b.MovingS})
	if err := r.setMetrics(&fields, b.Metrics); err != nil {
		return nil, err
	}
	r.setSource(&fields, optional.Or(b.Source, api.ActivitySource{Kind: api.ActivitySourceKindManual}))
	fields.AddIf(r.ExternalVersion != nil && r.ExternalID == nil, "source.external_version", validation.NeedsExternalID)
	r.checkKind(&fields)
	return r, fields.Err()
}

// merge applies a JSON merge patch to the row: an absent field is kept, null clears, a value sets.
func (h *Handlers) merge(ctx context.Context, r *record, b api.ActivityPatch) error {
	var fields validation.Errors
	if err := h.mergeMetrics(ctx, &fields, r, b); err != nil {
		return err
	}
	r.mergeFields(&fields, b, h.now())
	r.checkKind(&fields)
	return fields.Err()
}

func (r *record) mergeFields(fields *validation.Errors, b api.ActivityPatch, now time.Time) {
	if b.LegIndex != nil {
		fields.AddIf(r.ParentID == nil, "leg_index", notALeg)
		r.LegIndex = b.LegIndex
	}
	if b.Name.IsSpecified() {
		r.Name = fields.OptionalText("name", optional.Value(b.Name))
	}
	r.Category = string(optional.Or(b.Category, api.ActivityCategory(r.Category)))
	if b.Activity.IsSpecified() {
		r.setActivity(fields, optional.Value(b.Activity))
	}
	r.Counting = string(optional.Or(b.Counting, api.ActivityCounting(r.Counting)))
	setTenths(&r.UserKcal, b.Kcal)
	setTenths(&r.DeviceKcal, b.DeviceKcal)
	setTenths(&r.DeviceRestingKcal, b.DeviceRestingKcal)
	if b.HeartRateZones.IsSpecified() {
		r.setHeartRateZones(optional.Value(b.HeartRateZones))
	}
	if b.Rpe.IsSpecified() {
		r.RPE = optional.Value(b.Rpe)
	}
	if b.Notes.IsSpecified() {
		r.Notes = optional.Value(b.Notes)
	}
	fields.Zone("timezone", b.Timezone)
	if b.Timezone != nil {
		r.Timezone, r.Zone = *b.Timezone, string(api.ZoneSourceRequest)
	}
	fields.Moment("started_at", b.StartedAt, now)
	r.mergeLength(fields, b)
	if b.Source != nil {
		external := r.ExternalID
		r.setSource(fields, *b.Source)
		r.ExternalID = external // it names the record for the app that sent it
	}
}

// mergeLength applies the times of a patch.
func (r *record) mergeLength(fields *validation.Errors, b api.ActivityPatch) {
	l := length{
		started: optional.Or(b.StartedAt, r.StartedAt), ended: b.EndedAt, elapsed: b.ElapsedS, timer: b.TimerS, moving: r.MovingS,
		keptTimer: b.TimerS == nil, keptMoving: !b.MovingS.IsSpecified(), sent: "elapsed_s",
	}
	if b.EndedAt != nil {
		l.sent = "ended_at"
	}
	if b.EndedAt == nil && b.ElapsedS == nil {
		l.ended, l.elapsed = new(l.started.Add(r.EndedAt.Sub(r.StartedAt))), &r.ElapsedS
	}
	if b.TimerS == nil && r.TimerS != r.ElapsedS {
		l.timer = &r.TimerS
	}
	if b.MovingS.IsSpecified() {
		l.moving = optional.Value(b.MovingS)
	}
	r.setLength(fields, l)
}

func (r *record) setLength(fields *validation.Errors, l length) {
	before := len(*fields)
	l.complete(fields)
	if len(*fields) > before {
		return
	}
	r.StartedAt, r.EndedAt = l.started.UTC().Truncate(time.Microsecond), l.ended.UTC().Truncate(time.Microsecond)
	r.ElapsedS, r.TimerS, r.MovingS = *l.elapsed, *l.timer, l.moving
}

// setMetrics stores the client's own JSON, so that decimals are not rounded.
func (r *record) setMetrics(fields *validation.Errors, m *api.ActivityMetrics) error {
	r.Metrics = nil
	if m == nil {
		return nil
	}
	var err error
	if r.Metrics, err = m.MarshalJSON(); err != nil {
		return err
	}
	return checkMetrics(fields, m)
}

// mergeMetrics applies the metrics of a patch. Metrics that stay the same keep their stored bytes.
func (h *Handlers) mergeMetrics(ctx context.Context, fields *validation.Errors, r *record, b api.ActivityPatch) error {
	if patch := optional.Value(b.Metrics); patch != nil {
		merged, err := h.mergedMetrics(ctx, r.Metrics, *patch)
		if err != nil {
			return err
		}
		stored := r.Metrics
		if err := r.setMetrics(fields, merged); err != nil {
			return err
		}
		if sameJSON(stored, r.Metrics) {
			r.Metrics = stored
		}
	} else if b.Metrics.IsNull() {
		r.Metrics = nil
	}
	return nil
}

// checkKind refuses metrics that contradict the category. It requires the energy of the active energy of a day: there is nothing to
// compute it from.
func (r *record) checkKind(fields *validation.Errors) {
	m, err := measuredOf(r.Metrics)
	if err != nil {
		return
	}
	fields.AddIf(!fitsCategory(m.Kind, api.ActivityCategory(r.Category)), "metrics", wrongKind)
	if m.Kind == dayTotal && r.DeviceKcal == nil {
		fields.AddMessage("device_kcal", problem.Required, "is required with metrics of the kind day_total")
	}
}

func (r *record) setSource(fields *validation.Errors, s api.ActivitySource) {
	r.SourceKind = string(s.Kind)
	r.SourceApp, r.SourceDevice = fields.OptionalText("source.app", s.App), fields.OptionalText("source.device", s.Device)
	r.ExternalID, r.ExternalVersion = s.ExternalID, s.ExternalVersion
	r.Recorded = string(api.ActivityRecordedUnknown)
	switch {
	case s.Recorded != nil:
		r.Recorded = string(*s.Recorded)
	case s.Kind == api.ActivitySourceKindManual:
		r.Recorded = string(api.ActivityRecordedManual)
	}
}

// sourceName is what makes external ids unique: the app, or else the kind of source.
func (r *record) sourceName() *string {
	if r.SourceApp != nil {
		return r.SourceApp
	}
	return &r.SourceKind
}

// checkParent refuses a leg whose whole does not exist or is a leg itself.
func (r *record) checkParent(parent *record) error {
	switch {
	case r.ParentID == nil:
		return nil
	case parent == nil:
		return problem.New(activityNotFound).With(problem.InvalidValue.WithMessage("parent_id", "there is no such activity"))
	case parent.ParentID != nil:
		return problem.Unprocessable(notALeg.WithMessage("parent_id", "is a leg itself"))
	}
	return nil
}

// keep takes over what people add to a record here, where the newer version does not have it.
func (r *record) keep(stored *record) {
	r.Counting = stored.Counting
	r.Name, r.Notes, r.RPE = cmp.Or(r.Name, stored.Name), cmp.Or(r.Notes, stored.Notes), cmp.Or(r.RPE, stored.RPE)
	r.UserKcal, r.Activity = cmp.Or(r.UserKcal, stored.UserKcal), cmp.Or(r.Activity, stored.Activity)
	r.ContentSHA256 = cmp.Or(r.ContentSHA256, stored.ContentSHA256)
}

// complete fills in what follows from the profile: the zone, and the energy when something that it follows from has changed.
func (r *record) complete(in *inputs) error {
	if r.Timezone == "" {
		r.Timezone, r.Zone = in.Timezone, string(api.ZoneSourceProfile)
	}
	return r.computeEnergy(in)
}

// equal reports whether two records have the same columns.
func (r *record) equal(other *record) (bool, error) {
	a, errA := r.columns()
	b, errB := other.columns()
	return bytes.Equal(a, b), errors.Join(errA, errB)
}

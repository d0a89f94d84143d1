// Package users handles the profile of the signed-in user and the daily targets computed from it.
package users

import (
	"context"
	"encoding/json"
	"log/slog"
	"math"
	"net/http"
	"reflect"
	"time"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/etag"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/jobs"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/room"
	"github.com/ultimatecoach/api/internal/tools/session"
	"github.com/ultimatecoach/api/internal/tools/validation"
	"github.com/ultimatecoach/api/internal/tools/zone"
)

// Handlers implements the operations of this room.
type Handlers struct {
	db   *db.DB
	auth *gotrue.Client
	now  func() time.Time
	// addJob adds a background job.
	addJob func(context.Context, jobs.Args) error
}

// New returns the handlers.
func New(d room.Deps) *Handlers {
	return &Handlers{d.DB, d.Auth, d.Now, d.AddJob}
}

// GetMe returns the profile.
func (h *Handlers) GetMe(ctx context.Context, r api.GetMeRequestObject) (api.GetMeResponseObject, error) {
	row, err := h.db.GetMe(ctx, db.IdentityFrom(ctx).UserID)
	if err != nil {
		return nil, err
	}
	me := h.profile(row)
	tag := me.etag()
	if etag.NotModified(r.Params.IfNoneMatch, tag) {
		return api.GetMe304Response{Headers: api.GetMe304ResponseHeaders{ETag: &tag}}, nil
	}
	return api.GetMe200JSONResponse{Body: me.me(), Headers: api.GetMe200ResponseHeaders{ETag: &tag}}, nil
}

// UpdateMe merges a patch into the locked profile row, so that concurrent patches never overwrite each other.
func (h *Handlers) UpdateMe(ctx context.Context, r api.UpdateMeRequestObject) (api.UpdateMeResponseObject, error) {
	var after *profile
	var change *api.TargetsChange
	err := h.db.Tx(ctx, func(ctx context.Context) error {
		row, err := h.db.GetMeForUpdate(ctx, db.IdentityFrom(ctx).UserID)
		if err != nil {
			return err
		}
		before := h.profile(row)
		if !etag.Matches(r.Params.IfMatch, before.etag()) {
			return problem.New(problem.PreconditionFailed)
		}
		changed := *before
		if err := changed.merge(*r.Body, h.now()); err != nil {
			return err
		}
		change = updateTargets(before, &changed, r.Body)
		row, err = h.db.UpdateMe(ctx, changed.update())
		after = h.profile(row)
		return err
	})
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "profile_updated", "targets_changed", change != nil)
	return updated{Me: after.me(), TargetsChange: change, etag: after.etag()}, nil
}

// DeleteMe deletes the account in Supabase Auth. All rows of the user are deleted by cascade in the same transaction; every token
// stops working because its session is deleted.
func (h *Handlers) DeleteMe(ctx context.Context, r api.DeleteMeRequestObject) (api.DeleteMeResponseObject, error) {
	row, err := h.db.GetMe(ctx, db.IdentityFrom(ctx).UserID)
	if err != nil {
		return nil, err
	}
	if !etag.Matches(r.Params.IfMatch, h.profile(row).etag()) {
		return nil, problem.New(problem.PreconditionFailed)
	}
	if err := h.auth.AdminDeleteUser(
		ctx,
		row.ID,
	); err != nil &&
		gotrue.CodeOf(err) != gotrue.CodeUserNotFound { // deleted by a second request at the same time
		return nil, err
	}
	session.SignOut(ctx)
	slog.InfoContext(ctx, "user_deleted")
	// The account is gone whatever becomes of the job, so the response is a success.
	if err := h.addJob(context.WithoutCancel(ctx), eraseAuditLog{row.ID, row.Email}); err != nil {
		slog.ErrorContext(ctx, "audit_log_erase_failed", "error", err)
	}
	return api.DeleteMe204Response{}, nil
}

// PreviewTargets computes targets and stores nothing.
func (h *Handlers) PreviewTargets(ctx context.Context, r api.PreviewTargetsRequestObject) (api.PreviewTargetsResponseObject, error) {
	row, err := h.db.GetMe(ctx, db.IdentityFrom(ctx).UserID)
	if err != nil {
		return nil, err
	}
	me := h.profile(row)
	in := me.inputs()
	if r.Body.BirthDate != nil {
		var fields validation.Errors
		checkBirthDate(&fields, r.Body.BirthDate.Time, me.today)
		if err := fields.Err(); err != nil {
			return nil, err
		}
		in.BirthDate = &r.Body.BirthDate.Time
	}
	setIfPresent(&in.BiologicalSex, r.Body.BiologicalSex)
	setIfPresent(&in.HeightCm, rounded(r.Body.HeightCm, heightDigits))
	setIfPresent(&in.WeightKg, rounded(r.Body.CurrentWeightKg, weightDigits))
	setIfPresent(&in.Goal, r.Body.PrimaryGoal)
	setIfPresent(&in.ActivityLevel, r.Body.ActivityLevel)
	response := api.TargetsPreview{Missing: in.Missing()}
	if len(response.Missing) == 0 {
		response.Targets = new(Compute(in, me.today))
	}
	return api.PreviewTargets200JSONResponse{Body: response}, nil
}

func (h *Handlers) profile(row queries.Profile) *profile {
	local, err := zone.Load(row.Timezone)
	if err != nil {
		local = time.UTC // the zone was valid when it was stored; an older zone database must not break reading
	}
	return &profile{row, dateIn(h.now(), local)}
}

// updateTargets recomputes the targets of the changed profile when one of their inputs was edited, and returns what changed or
// nil. Nothing else changes targets: no birthday, no new release.
func updateTargets(before, changed *profile, patch *api.MePatch) *api.TargetsChange {
	reasons := changedInputs(before.inputs(), changed.inputs())
	custom := optional(patch.CustomTargets)
	switch {
	case custom != nil:
		reasons.add("custom_targets_set", "You set your targets by hand.")
	case patch.CustomTargets.IsNull() && before.isCustom():
		reasons.add("custom_targets_cleared", "You returned to computed targets.")
	case len(reasons) == 0:
		return nil
	case before.isCustom(): // targets set by hand are kept
		t := before.targets()
		custom = &api.CustomTargets{Calories: t.Calories, ProteinG: t.ProteinG, CarbsG: t.CarbsG, FatG: t.FatG}
	}
	in := changed.inputs()
	var targets *api.Targets
	switch {
	case custom != nil:
		targets = new(Custom(*custom, in, changed.today))
	case len(in.Missing()) == 0:
		targets = new(Compute(in, changed.today))
	}
	changed.setTargets(targets)
	if reflect.DeepEqual(before.targets(), changed.targets()) {
		return nil
	}
	return &api.TargetsChange{Before: before.targets(), After: changed.targets(), Reasons: reasons}
}

func (p *profile) isCustom() bool {
	return p.TargetSource != nil && *p.TargetSource == string(api.TargetsSourceCustom)
}

// changedInputs returns a reason for each input that differs.
func changedInputs(before, after Inputs) targetReasons {
	var changes targetReasons
	for _, field := range []struct {
		name, label   string
		before, after any
	}{
		{"birth_date", "birth date", before.BirthDate, after.BirthDate},
		{"biological_sex", "biological sex", before.BiologicalSex, after.BiologicalSex},
		{"height_cm", "height", before.HeightCm, after.HeightCm},
		{"current_weight_kg", "current weight", before.WeightKg, after.WeightKg},
		{"primary_goal", "primary goal", before.Goal, after.Goal},
		{"activity_level", "activity level", before.ActivityLevel, after.ActivityLevel},
	} {
		if !reflect.DeepEqual(field.before, field.after) {
			changes.add(field.name+"_changed", "Your %s changed.", field.label)
		}
	}
	return changes
}

// update returns the parameters that write the whole row.
func (p *profile) update() queries.UpdateMeParams {
	return queries.UpdateMeParams{
		UserID: p.ID, FullName: p.FullName, BirthDate: p.BirthDate, BiologicalSex: p.BiologicalSex,
		HeightCm: p.HeightCm, CurrentWeightKg: p.CurrentWeightKg, GoalWeightKg: p.GoalWeightKg,
		PrimaryGoal: p.PrimaryGoal, SecondaryGoal: p.SecondaryGoal, ExperienceLevel: p.ExperienceLevel,
		ActivityLevel: p.ActivityLevel, WorkoutFrequency: p.WorkoutFrequency, DietaryPreference: p.DietaryPreference,
		FoodAllergies: p.FoodAllergies, FoodsToAvoid: p.FoodsToAvoid, MealsPerDay: p.MealsPerDay,
		CooksRegularly: p.CooksRegularly, SleepHours: p.SleepHours, StressLevel: p.StressLevel,
		FitnessNotes: p.FitnessNotes, UnitSystem: p.UnitSystem, Timezone: p.Timezone, Language: p.Language,
		TargetSource: p.TargetSource, TargetCalories: p.TargetCalories, TargetProteinG: p.TargetProteinG,
		TargetCarbsG: p.TargetCarbsG, TargetFatG: p.TargetFatG, TargetBMR: p.TargetBMR, TargetTDEE: p.TargetTDEE,
		TargetExplanation: p.TargetExplanation,
	}
}

// updated is the response of UpdateMe: Me plus the change of targets. The generated type would repeat every field of Me.
type updated struct {
	api.Me
	TargetsChange *api.TargetsChange `json:"targets_change,omitempty"`
	etag          string
}

// VisitUpdateMeResponse writes the response.
func (u updated) VisitUpdateMeResponse(w http.ResponseWriter) error {
	body, err := json.Marshal(u)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("ETag", u.etag)
	_, err = w.Write(append(body, '\n'))
	return err
}

// rounded returns the value with the precision that the column stores: 1/digits.
func rounded(value *float64, digits float64) *float64 {
	if value == nil {
		return nil
	}
	return new(math.Round(*value*digits) / digits)
}

func setIfPresent[T any](target **T, value *T) {
	if value != nil {
		*target = value
	}
}

// Package users is the signed-in person: their profile, and the daily targets that follow from it.
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
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/room"
	"github.com/ultimatecoach/api/internal/tools/session"
	"github.com/ultimatecoach/api/internal/tools/validation"
	"github.com/ultimatecoach/api/internal/tools/zone"
)

// Handlers are the operations of the room.
type Handlers struct {
	db   *db.DB
	auth *gotrue.Client
	now  func() time.Time
}

// New makes the room.
func New(d room.Deps) *Handlers {
	return &Handlers{d.DB, d.Auth, d.Now}
}

// GetMe reads the profile.
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

// UpdateMe merges a patch into the profile under a lock, so that two patches never undo each other.
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
		change = retarget(before, &changed, r.Body)
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

// DeleteMe erases the account where it lives, in Supabase Auth; every row that belongs to it goes by cascade, in the same
// transaction, and with the sessions every token.
func (h *Handlers) DeleteMe(ctx context.Context, r api.DeleteMeRequestObject) (api.DeleteMeResponseObject, error) {
	row, err := h.db.GetMe(ctx, db.IdentityFrom(ctx).UserID)
	if err != nil {
		return nil, err
	}
	if !etag.Matches(r.Params.IfMatch, h.profile(row).etag()) {
		return nil, problem.New(problem.PreconditionFailed)
	}
	if err := h.auth.AdminDeleteUser(ctx, row.ID); err != nil && gotrue.CodeOf(err) != gotrue.CodeUserNotFound { // asked for twice at once
		return nil, err
	}
	session.SignOut(ctx)
	slog.InfoContext(ctx, "user_deleted")
	return api.DeleteMe204Response{}, nil
}

// PreviewTargets computes and stores nothing.
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
	overlay(&in.BiologicalSex, r.Body.BiologicalSex)
	overlay(&in.HeightCm, rounded(r.Body.HeightCm, heightDigits))
	overlay(&in.WeightKg, rounded(r.Body.CurrentWeightKg, weightDigits))
	overlay(&in.Goal, r.Body.PrimaryGoal)
	overlay(&in.ActivityLevel, r.Body.ActivityLevel)
	answer := api.TargetsPreview{Missing: in.Missing()}
	if len(answer.Missing) == 0 {
		answer.Targets = new(Compute(in, me.today))
	}
	return api.PreviewTargets200JSONResponse{Body: answer}, nil
}

func (h *Handlers) profile(row queries.Profile) *profile {
	local, err := zone.Load(row.Timezone)
	if err != nil {
		local = time.UTC // the zone was checked when it was written; a smaller zone database must not break reading
	}
	return &profile{row, dateIn(h.now(), local)}
}

// retarget brings the targets of the changed profile up to date when something they follow from was edited, and tells
// what moved. Nothing else ever moves them: not a birthday, not a new release.
func retarget(before, changed *profile, patch *api.MePatch) *api.TargetsChange {
	why := edits(before.inputs(), changed.inputs())
	custom := optional(patch.CustomTargets)
	switch {
	case custom != nil:
		why.add("custom_targets_set", "You set your targets by hand.")
	case patch.CustomTargets.IsNull() && before.isCustom():
		why.add("custom_targets_cleared", "You returned to computed targets.")
	case len(why) == 0:
		return nil
	case before.isCustom(): // by hand stays by hand
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
	return &api.TargetsChange{Before: before.targets(), After: changed.targets(), Reasons: why}
}

func (p *profile) isCustom() bool {
	return p.TargetSource != nil && *p.TargetSource == string(api.TargetsSourceCustom)
}

// edits names the inputs that differ.
func edits(before, after Inputs) reasons {
	var why reasons
	for _, field := range []struct {
		name, spoken  string
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
			why.add(field.name+"_changed", "Your %s changed.", field.spoken)
		}
	}
	return why
}

// update is the whole row, as it is written.
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

// updated is Me with what moved beside it; the generated type would repeat every field of Me.
type updated struct {
	api.Me
	TargetsChange *api.TargetsChange `json:"targets_change,omitempty"`
	etag          string
}

// VisitUpdateMeResponse writes the answer.
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

// rounded keeps as many digits as an update would.
func rounded(value *float64, digits float64) *float64 {
	if value == nil {
		return nil
	}
	return new(math.Round(*value*digits) / digits)
}

func overlay[T any](onto **T, value *T) {
	if value != nil {
		*onto = value
	}
}

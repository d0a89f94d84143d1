// Package users handles the profile of the signed-in user and the daily targets computed from it.
package users

import (
	"context"
	"encoding/json"
	"log/slog"
	"math"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/etag"
	"github.com/ultimatecoach/api/internal/tools/expenditure"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/jobs"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/room"
	"github.com/ultimatecoach/api/internal/tools/session"
	"github.com/ultimatecoach/api/internal/tools/targets"
	"github.com/ultimatecoach/api/internal/tools/validation"
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
	_, after, change, err := h.change(ctx, *r.Body, r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "profile_updated", "targets_changed", change != nil)
	return updated{Me: after.me(), TargetsChange: change, etag: after.etag()}, nil
}

// ChangeProfile merges a patch into the profile, where its ETag matches, and returns the profile before and after.
func (h *Handlers) ChangeProfile(ctx context.Context, patch api.MePatch, ifMatch *string) (before, after api.Me, err error) {
	was, is, _, err := h.change(ctx, patch, ifMatch)
	if err != nil {
		return before, after, err
	}
	return was.me(), is.me(), nil
}

func (h *Handlers) change(
	ctx context.Context,
	patch api.MePatch,
	ifMatch *string,
) (before, after *profile, change *api.TargetsChange, err error) {
	err = h.db.Tx(ctx, func(ctx context.Context) error {
		row, err := h.db.GetMeForUpdate(ctx, db.IdentityFrom(ctx).UserID)
		if err != nil {
			return err
		}
		before = h.profile(row)
		if !etag.Matches(ifMatch, before.etag()) {
			return problem.New(problem.PreconditionFailed)
		}
		changed := *before
		if err := changed.merge(patch, h.now()); err != nil {
			return err
		}
		if changed.AdaptiveTargets != before.AdaptiveTargets {
			energy, err := expenditure.Load(ctx, h.db, row.ID, h.now())
			if err != nil {
				return err
			}
			energy.Learn(&changed.Profile)
		}
		change = targets.Update(&before.Profile, &changed.Profile, patch.CustomTargets)
		row, err = h.db.UpdateMe(ctx, changed.update())
		after = h.profile(row)
		return err
	})
	return before, after, change, err
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
	err = h.deleteAccount(ctx, row.ID)
	if err != nil && gotrue.CodeOf(err) != gotrue.CodeUserNotFound { // deleted by a second request at the same time
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

// deleteTries is how often deleting an account is tried; a deadlock takes a second.
const deleteTries = 3

// deleteAccount tries again when Supabase Auth fails: deleting locks the account before the rows of the person, a worker that is replying to
// the person has locked a row before, and Postgres ends the one or the other.
func (h *Handlers) deleteAccount(ctx context.Context, id uuid.UUID) (err error) {
	for range deleteTries {
		if err = h.auth.AdminDeleteUser(ctx, id); gotrue.CodeOf(err) != gotrue.CodeUnexpectedFailure {
			return err
		}
	}
	return err
}

// PreviewTargets computes targets and stores nothing.
func (h *Handlers) PreviewTargets(ctx context.Context, r api.PreviewTargetsRequestObject) (api.PreviewTargetsResponseObject, error) {
	row, err := h.db.GetMe(ctx, db.IdentityFrom(ctx).UserID)
	if err != nil {
		return nil, err
	}
	me := h.profile(row)
	in := me.Inputs()
	if r.Body.BirthDate != nil {
		var fields validation.Errors
		checkBirthDate(&fields, r.Body.BirthDate.Time, me.Today)
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
		response.Targets = new(targets.Compute(in, me.Today))
	}
	return api.PreviewTargets200JSONResponse(response), nil
}

func (h *Handlers) profile(row queries.Profile) *profile {
	return &profile{targets.ProfileAt(row, h.now())}
}

// update returns the parameters that write the whole row.
func (p *profile) update() queries.UpdateMeParams {
	return queries.UpdateMeParams{
		UserID: p.ID, FullName: p.FullName, BirthDate: p.BirthDate, BiologicalSex: p.BiologicalSex,
		HeightCm: p.HeightCm, CurrentWeightKg: p.CurrentWeightKg, CurrentWeightAt: p.CurrentWeightAt, GoalWeightKg: p.GoalWeightKg,
		PrimaryGoal: p.PrimaryGoal, SecondaryGoal: p.SecondaryGoal, ExperienceLevel: p.ExperienceLevel,
		ActivityLevel: p.ActivityLevel, WorkoutFrequency: p.WorkoutFrequency, DietaryPreference: p.DietaryPreference,
		FoodAllergies: p.FoodAllergies, FoodsToAvoid: p.FoodsToAvoid, MealsPerDay: p.MealsPerDay,
		CooksRegularly: p.CooksRegularly, SleepHours: p.SleepHours, StressLevel: p.StressLevel,
		FitnessNotes: p.FitnessNotes, UnitSystem: p.UnitSystem, Timezone: p.Timezone, Language: p.Language,
		TargetSource: p.TargetSource, TargetCalories: p.TargetCalories, TargetProteinG: p.TargetProteinG,
		TargetCarbsG: p.TargetCarbsG, TargetFatG: p.TargetFatG, TargetBMR: p.TargetBMR, TargetTDEE: p.TargetTDEE,
		TargetExplanation: p.TargetExplanation, TargetStepOn: p.TargetStepOn,
		AdaptiveTargets: p.AdaptiveTargets, AdaptiveTDEE: p.AdaptiveTDEE, AdaptiveTDEEOn: p.AdaptiveTDEEOn,
		ExerciseCalories: p.ExerciseCalories,
		PrivacyRadiusM:   p.PrivacyRadiusM,
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

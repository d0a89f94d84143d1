package coach

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/nutrient"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/safety"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// written is what confirming a draft wrote.
type written struct {
	// etag is that of the meal or measurement, or activityTag of the activity: undoing compares it.
	etag string
	// before and after are the fields of the profile that changed.
	before, after json.RawMessage
	preview       api.ProposalPreview
}

// write writes a draft with the functions of its room, in the transaction of ctx. What it writes has the id of the proposal.
func (h *Handlers) write(ctx context.Context, id uuid.UUID, draft api.ProposalDraft) (written, error) {
	value, err := draft.ValueByDiscriminator()
	if err != nil {
		return written{}, fmt.Errorf("read the draft of proposal %s: %w", id, err)
	}
	var w written
	if err := refuseFixed(value); err != nil {
		return written{}, inDraft(err, value)
	}
	switch d := value.(type) {
	case api.MealDraft:
		w, err = h.writeMeal(ctx, id, d.Meal)
	case api.ActivityDraft:
		w, err = h.writeActivity(ctx, id, d.Activity)
	case api.MeasurementDraft:
		w, err = h.writeMeasurement(ctx, id, d.Measurement)
	case api.TargetsDraft:
		patch := api.MePatch{}
		patch.CustomTargets.Set(d.Targets)
		w, err = h.writeProfile(ctx, patch)
	case api.ProfileDraft:
		w, err = h.writeProfile(ctx, d.Profile)
	default:
		err = fmt.Errorf("a draft of type %T", value)
	}
	return w, inDraft(err, value)
}

// refuseFixed refuses the fields that a draft cannot decide: what is written has the id of the proposal, and a source would name a record
// of another app, which may be stored already.
func refuseFixed(draft any) error {
	var fields validation.Errors
	switch d := draft.(type) {
	case api.MealDraft:
		fields.AddIf(d.Meal.ID != nil, "id", notInDraft)
	case api.ActivityDraft:
		fields.AddIf(d.Activity.ID != nil, "id", notInDraft)
		fields.AddIf(d.Activity.Source != nil, "source", notInDraft)
	case api.MeasurementDraft:
		fields.AddIf(d.Measurement.ID != nil, "id", notInDraft)
		fields.AddIf(d.Measurement.Source != nil, "source", notInDraft)
	}
	return fields.Err()
}

func (h *Handlers) writeMeal(ctx context.Context, id uuid.UUID, meal api.MealCreate) (written, error) {
	meal.ID = &id
	m, tag, err := h.rooms.Nutrition.LogMeal(ctx, meal, api.MealSourceCoach)
	if err != nil {
		return written{}, err
	}
	return written{etag: *tag, preview: previewOfMeal(*m)}, nil
}

func (h *Handlers) writeActivity(ctx context.Context, id uuid.UUID, activity api.ActivityCreate) (written, error) {
	activity.ID = &id
	a, _, _, err := h.rooms.Activities.LogActivity(ctx, activity)
	if err != nil {
		return written{}, err
	}
	w := written{}
	if w.etag, err = activityTag(*a); err != nil {
		return written{}, err
	}
	if a.Energy != nil {
		w.preview.Calories = &a.Energy.Kcal
	}
	return w, nil
}

// writeMeasurement keeps the weight of the profile, which a new weight replaces, and which the person may have typed.
func (h *Handlers) writeMeasurement(ctx context.Context, id uuid.UUID, m api.MeasurementCreate) (w written, err error) {
	if m.WeightKg == nil {
		m.ID = &id
		_, w.etag, err = h.rooms.Body.LogMeasurement(ctx, m)
		return w, err
	}
	fields := []string{"current_weight_kg"}
	before, err := h.me(ctx)
	if err != nil {
		return w, err
	}
	m.ID = &id
	if _, w.etag, err = h.rooms.Body.LogMeasurement(ctx, m); err != nil {
		return w, err
	}
	after, err := h.me(ctx)
	if err != nil {
		return w, err
	}
	if w.before, err = profileFields(before.Body, fields); err != nil {
		return w, err
	}
	w.after, err = profileFields(after.Body, fields)
	return w, err
}

// me returns the profile with its ETag.
func (h *Handlers) me(ctx context.Context) (api.GetMe200JSONResponse, error) {
	r, err := h.rooms.Users.GetMe(ctx, api.GetMeRequestObject{})
	if err != nil {
		return api.GetMe200JSONResponse{}, err
	}
	me, ok := r.(api.GetMe200JSONResponse)
	if !ok {
		return me, fmt.Errorf("a profile of type %T", r)
	}
	return me, nil
}

// writeProfile changes the profile, unless the coach may not propose such targets.
func (h *Handlers) writeProfile(ctx context.Context, patch api.MePatch) (written, error) {
	before, after, err := h.rooms.Users.ChangeProfile(ctx, patch, nil)
	if err != nil {
		return written{}, err
	}
	fields, err := fieldsOf(patch)
	if err != nil {
		return written{}, err
	}
	if err := checkTargets(before, after, fields); err != nil {
		return written{}, err
	}
	var w written
	if w.before, err = profileFields(before, fields); err != nil {
		return w, err
	}
	w.after, err = profileFields(after, fields)
	return w, err
}

// checkTargets refuses targets that the change made lower than is safe. Low targets that the person chose before are not the coach's
// business, so that other fields of the profile can still be proposed.
func checkTargets(before, after api.Me, changed []string) error {
	if after.Targets == nil || before.Targets != nil && after.Targets.Calories >= before.Targets.Calories {
		return nil
	}
	allowed, floor := safety.CheckTarget(float64(after.Targets.Calories), personOf(after))
	if allowed {
		return nil
	}
	field := "" // computed from several fields
	if slices.Contains(changed, customTargets) {
		field = customTargets + ".calories"
	}
	return problem.Unprocessable(
		belowSafeMinimum.WithMessage(field, "leads to less than %.0f kcal a day, which is as low as is safe without medical advice", floor))
}

// personOf returns what the guard knows of a person from the profile.
func personOf(me api.Me) safety.Person {
	p := safety.Person{
		Age:          me.Age,
		HeightCm:     me.HeightCm,
		WeightKg:     me.CurrentWeightKg,
		GoalWeightKg: me.GoalWeightKg,
		Allergies:    me.FoodAllergies,
	}
	if me.Targets != nil && me.Targets.BMR != nil {
		p.BMR = new(float64(*me.Targets.BMR))
	}
	if me.FitnessNotes != nil {
		p.Notes = []string{*me.FitnessNotes}
	}
	return p
}

// fieldsOf returns the fields that a patch names.
func fieldsOf(patch api.MePatch) ([]string, error) {
	var values map[string]json.RawMessage
	if err := remarshal(patch, &values); err != nil {
		return nil, err
	}
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	return names, nil
}

// customTargets is the field of a patch that a profile shows in another place.
const customTargets = "custom_targets"

// profileFields returns fields of a profile as a patch that sets them to what they are.
func profileFields(me api.Me, fields []string) (json.RawMessage, error) {
	var values map[string]any
	if err := remarshal(me, &values); err != nil {
		return nil, err
	}
	out := map[string]any{}
	for _, name := range fields {
		out[name] = values[name] // null where it is absent
	}
	if _, ok := out[customTargets]; ok && me.Targets != nil && me.Targets.Source == api.TargetsSourceCustom {
		t := me.Targets
		out[customTargets] = api.CustomTargets{Calories: t.Calories, ProteinG: t.ProteinG, CarbsG: t.CarbsG, FatG: t.FatG}
	}
	return json.Marshal(out)
}

// takeBack undoes what confirming wrote. It returns changedSince when it was changed meanwhile; what is gone already stays gone.
func (h *Handlers) takeBack(ctx context.Context, id uuid.UUID, kind api.ProposalKind, w written) error {
	remove := map[api.ProposalKind]func(context.Context, uuid.UUID, string) error{
		api.ProposalKindMeal: h.removeMeal, api.ProposalKindActivity: h.removeActivity, api.ProposalKindMeasurement: h.removeMeasurement,
	}[kind]
	if remove == nil {
		return h.restoreProfile(ctx, w)
	}
	switch err := remove(ctx, id, w.etag); {
	case statusOf(err) == http.StatusNotFound:
		return nil
	case statusOf(err) == http.StatusPreconditionFailed:
		return problem.New(changedSince)
	case err != nil || w.after == nil:
		return err
	}
	// Of a measurement: the weight that the profile had, unless another one took its place.
	if err := h.restoreProfile(ctx, w); statusOf(err) != http.StatusConflict {
		return err
	}
	return nil
}

// The reads come first because an operation that fails ends the transaction.

func (h *Handlers) removeMeal(ctx context.Context, id uuid.UUID, tag string) error {
	if _, err := h.rooms.Nutrition.GetMeal(ctx, api.GetMealRequestObject{ID: id}); err != nil {
		return err
	}
	_, err := h.rooms.Nutrition.DeleteMeal(ctx, api.DeleteMealRequestObject{ID: id, Params: api.DeleteMealParams{IfMatch: &tag}})
	return err
}

func (h *Handlers) removeActivity(ctx context.Context, id uuid.UUID, tag string) error {
	r, err := h.rooms.Activities.GetActivity(ctx, api.GetActivityRequestObject{ID: id})
	if err != nil {
		return err
	}
	found, ok := r.(api.GetActivity200JSONResponse)
	if !ok {
		return fmt.Errorf("an activity of type %T", r)
	}
	now, err := activityTag(found.Body)
	if err != nil {
		return err
	}
	if now != tag {
		return problem.New(changedSince)
	}
	_, err = h.rooms.Activities.DeleteActivity(
		ctx,
		api.DeleteActivityRequestObject{ID: id, Params: api.DeleteActivityParams{IfMatch: found.Headers.ETag}},
	)
	return err
}

// activityTag changes when the person changes the activity. Its ETag also does when another record of the same time is stored or deleted,
// for example when the watch sends the run that the person told the coach about.
func activityTag(a api.Activity) (string, error) {
	a.CountedShare, a.Overlaps, a.Strength, a.UpdatedAt = 0, nil, nil, time.Time{}
	raw, err := json.Marshal(a)
	if err != nil {
		return "", fmt.Errorf("write an activity: %w", err)
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}

func (h *Handlers) removeMeasurement(ctx context.Context, id uuid.UUID, tag string) error {
	if _, err := h.rooms.Body.GetMeasurement(ctx, api.GetMeasurementRequestObject{ID: id}); err != nil {
		return err
	}
	_, err := h.rooms.Body.DeleteMeasurement(
		ctx,
		api.DeleteMeasurementRequestObject{ID: id, Params: api.DeleteMeasurementParams{IfMatch: &tag}},
	)
	return err
}

// statusOf returns the HTTP status of a problem; 0 for other errors.
func statusOf(err error) int {
	var p *problem.Problem
	if errors.As(err, &p) {
		return p.Type.Status
	}
	return 0
}

// restoreProfile sets the fields of the profile to what they were, if they are still what the proposal made of them.
func (h *Handlers) restoreProfile(ctx context.Context, w written) error {
	me, err := h.me(ctx)
	if err != nil {
		return err
	}
	var was, is map[string]any
	if err := json.Unmarshal(w.after, &was); err != nil {
		return fmt.Errorf("read the changed profile: %w", err)
	}
	names := make([]string, 0, len(was))
	for name := range was {
		names = append(names, name)
	}
	now, err := profileFields(me.Body, names)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(now, &is); err != nil {
		return fmt.Errorf("read the profile: %w", err)
	}
	if !reflect.DeepEqual(was, is) {
		return problem.New(changedSince)
	}
	var patch api.MePatch
	if err := json.Unmarshal(w.before, &patch); err != nil {
		return fmt.Errorf("read the former profile: %w", err)
	}
	_, _, err = h.rooms.Users.ChangeProfile(ctx, patch, me.Headers.ETag)
	if statusOf(err) == http.StatusPreconditionFailed {
		return problem.New(changedSince)
	}
	return err
}

// errDryRun ends the transaction of a dry run.
var errDryRun = errors.New("nothing is to be written")

// check writes a draft in a transaction that is rolled back, so that it is refused as it would be when it is confirmed.
func (h *Handlers) check(ctx context.Context, draft api.ProposalDraft) (api.ProposalPreview, error) {
	var w written
	err := h.db.Tx(ctx, func(ctx context.Context) (err error) {
		if w, err = h.write(ctx, uuid.New(), draft); err != nil {
			return err
		}
		return errDryRun
	})
	if !errors.Is(err, errDryRun) {
		return api.ProposalPreview{}, err
	}
	return w.preview, nil
}

// inDraft names the fields of a room's problem as fields of the draft.
func inDraft(err error, draft any) error {
	var p *problem.Problem
	if !errors.As(err, &p) || len(p.Errors) == 0 {
		return err
	}
	kind := kindOf(draft)
	for i, f := range p.Errors {
		path := f.Field
		if kind == string(api.ProposalKindTargets) { // the draft is what the room has in this field
			path = strings.TrimPrefix(strings.TrimPrefix(path, customTargets), ".")
		}
		p.Errors[i].Field = strings.TrimSuffix("draft."+kind+"."+path, ".")
	}
	return p
}

// kindOf returns the kind of a draft, which is also the name of its field.
func kindOf(draft any) string {
	switch draft.(type) {
	case api.MealDraft:
		return string(api.ProposalKindMeal)
	case api.ActivityDraft:
		return string(api.ProposalKindActivity)
	case api.MeasurementDraft:
		return string(api.ProposalKindMeasurement)
	case api.TargetsDraft:
		return string(api.ProposalKindTargets)
	}
	return string(api.ProposalKindProfile)
}

func previewOfMeal(m api.Meal) api.ProposalPreview {
	items := make([]api.ProposalPreviewItem, len(m.Items))
	for i, item := range m.Items {
		items[i] = api.ProposalPreviewItem{Name: item.Name, Grams: item.Grams, Calories: amount(&item.Nutrients, nutrient.Calories)}
	}
	totals := &m.Totals.Values
	return api.ProposalPreview{
		Items: items, Calories: amount(totals, nutrient.Calories), ProteinG: amount(totals, nutrient.Protein),
		CarbsG: amount(totals, nutrient.Carbs), FatG: amount(totals, nutrient.Fat),
	}
}

// amount returns nil when it is not known.
func amount(v *nutrient.Values, id nutrient.ID) *float64 {
	n, known := v.Get(id)
	if !known {
		return nil
	}
	return &n
}

func remarshal(from, to any) error {
	raw, err := json.Marshal(from)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, to)
}

// identity returns the person that ctx acts for.
func identity(ctx context.Context) uuid.UUID { return db.IdentityFrom(ctx).UserID }

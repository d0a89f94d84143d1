package coach

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/contract"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

// proposalTools are the tools that make proposals. Each takes fields of the body of the operation that confirming runs.
var proposalTools = []struct {
	name        string
	kind        api.ProposalKind
	operation   string
	takes       []string
	description string
}{
	{
		"propose_meal",
		api.ProposalKindMeal,
		"createMeal",
		[]string{"name", "meal_type", "eaten_at", "items"},
		"Proposes a meal, which the person confirms. Use ids of foods and servings from search_foods or list_recent_foods, never invented " +
			"ones. Use kind quick only when the person names the energy, or when no food fits and you estimate.",
	},
	{
		"propose_activity", api.ProposalKindActivity, "createActivity",
		[]string{"activity", "category", "name", "started_at", "elapsed_s", "rpe", "kcal"},
		"Proposes an activity. The key of the activity comes from search_activity_catalogue. Name no kcal unless the person did.",
	},
	{
		"propose_measurement", api.ProposalKindMeasurement, "createMeasurement", []string{"measured_at", "weight_kg", "body_fat_pct"},
		"Proposes a weight or a body fat percentage that the person has measured.",
	},
	{
		"propose_targets", api.ProposalKindTargets, "updateMe", []string{"custom_targets"},
		"Proposes targets of the day. Usually the computed ones are better: see get_profile.",
	},
	{
		"propose_profile",
		api.ProposalKindProfile,
		"updateMe",
		[]string{
			"primary_goal",
			"secondary_goal",
			"goal_weight_kg",
			"activity_level",
			"workout_frequency",
			"dietary_preference",
			"food_allergies",
			"foods_to_avoid",
			"meals_per_day",
			"sleep_hours",
			"stress_level",
			"fitness_notes",
		},
		"Proposes a change of the profile, such as a goal or an allergy that the person has told. Lists are replaced whole.",
	},
}

// proposalFields are what each of the tools takes beside the fields of its operation.
var proposalFields = []struct {
	name     string
	required bool
	schema   map[string]any
}{
	{"confidence", true, map[string]any{
		"type": "number", "minimum": 0, "maximum": 1,
		"description": "How sure you are of the weakest of food, amount and day. Below 0.6 ask instead.",
	}},
	{"estimated", false, map[string]any{"type": "boolean", "description": "Whether a value is your guess."}},
	{
		"corrects_last",
		false,
		map[string]any{"type": "boolean", "description": "Whether this replaces what you proposed in your last reply."},
	},
}

// makeProposalArguments returns the arguments of the tools that make proposals, by name.
func makeProposalArguments(schemas *contract.Schemas) (map[string]*contract.Arguments, error) {
	all := map[string]*contract.Arguments{}
	for _, p := range proposalTools {
		arguments, err := schemas.Body(p.operation, p.takes...)
		for _, f := range proposalFields {
			if err == nil {
				arguments, err = arguments.With(f.name, f.required, f.schema)
			}
		}
		if err != nil {
			return nil, err
		}
		all[p.name] = arguments
	}
	return all, nil
}

// proposers returns the tools that make proposals in a turn.
func (h *Handlers) proposers(t turn, s *speaker, arguments map[string]*contract.Arguments) []tool {
	tools := make([]tool, len(proposalTools))
	for i, p := range proposalTools {
		tools[i] = tool{
			Name: p.name, Description: p.description, Arguments: arguments[p.name],
			Run: func(ctx context.Context, raw []byte) (found, error) { return h.runProposer(ctx, t, s, p.kind, raw) },
		}
	}
	return tools
}

func (h *Handlers) runProposer(ctx context.Context, t turn, s *speaker, kind api.ProposalKind, raw []byte) (found, error) {
	made, err := suggestionOf(t, kind, raw)
	if err != nil {
		return found{}, err
	}
	p, err := h.propose(ctx, t, made, s.emit)
	if errors.Is(err, errTooUnsure) {
		return found{Data: map[string]any{"proposed": false, "detail": "You are not sure enough. Ask the person what is unclear."}}, nil
	}
	if err != nil {
		return found{}, err
	}
	return found{Data: map[string]any{
		"proposed": true, "preview": p.Preview, "detail": "The app shows the proposal. Nothing is written until the person confirms it.",
	}}, nil
}

// suggestionOf reads the arguments of a tool that makes proposals.
func suggestionOf(t turn, kind api.ProposalKind, raw []byte) (suggestion, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return suggestion{}, problem.Invalid(problem.Malformed.At("")).Wrap(err)
	}
	var s suggestion
	var corrects bool
	for name, to := range map[string]any{"confidence": &s.Confidence, "estimated": &s.Estimated, "corrects_last": &corrects} {
		if value, ok := fields[name]; ok {
			if err := json.Unmarshal(value, to); err != nil {
				return s, problem.Invalid(problem.WrongType.At(name)).Wrap(err)
			}
		}
		delete(fields, name)
	}
	if corrects {
		s.Replaces = t.lastReply()
	}
	if kind == api.ProposalKindMeal || kind == api.ProposalKindActivity || kind == api.ProposalKindMeasurement {
		zone, err := json.Marshal(t.Person.ZoneName) // of the device: it decides the local day
		if err != nil {
			return s, fmt.Errorf("write the zone: %w", err)
		}
		fields["timezone"] = zone
	}
	var inner any = fields
	if kind == api.ProposalKindTargets {
		inner = fields["custom_targets"]
	}
	draft, err := json.Marshal(map[string]any{"kind": kind, string(kind): inner})
	if err != nil {
		return s, fmt.Errorf("write a draft: %w", err)
	}
	if err := s.Draft.UnmarshalJSON(draft); err != nil {
		return s, fmt.Errorf("read a draft: %w", err)
	}
	return s, nil
}

// lastReply returns the reply before this one, or nil.
func (t turn) lastReply() *uuid.UUID {
	for _, m := range slices.Backward(t.History) {
		if m.Role == roleAssistant {
			return &m.ID
		}
	}
	return nil
}

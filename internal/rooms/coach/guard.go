package coach

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/oapi-codegen/nullable"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/embed"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/safety"
	"github.com/ultimatecoach/api/internal/tools/sense"
)

// guardName is the model that replies with reviewed texts take the place of.
const guardName = "guard"

// guard replies with a reviewed text where nobody else may: to signs of suicide, emergencies and eating disorders. It needs no provider.
type guard struct{ h *Handlers }

func (guard) name() (provider, model string) { return localName, guardName }

func (g guard) respond(ctx context.Context, t turn, s *speaker) (outcome, error) {
	slog.WarnContext(ctx, "coach_guard_replied", "reply_id", t.ReplyID, "kind", t.Finding.Kind, "rule", t.Finding.Rule)
	text, err := g.h.warn(t, s)
	if err != nil {
		return outcome{}, err
	}
	return outcome{Finish: api.FinishReasonStop}, s.say(text)
}

// guide says the reviewed text that comes before what others say.
func (h *Handlers) guide(t turn, s *speaker) error {
	text, err := h.warn(t, s)
	if err != nil {
		return err
	}
	return s.say(text + "\n\n")
}

// warn emits the event that names who helps, and returns the reviewed text.
func (h *Handlers) warn(t turn, s *speaker) (text string, err error) {
	response := safety.Respond(t.Finding, t.Person.Region, h.now())
	resources := make([]api.CoachResource, len(response.Resources))
	for i, r := range response.Resources {
		resources[i] = api.CoachResource{Name: r.Name, Region: t.Person.Region}
		if r.Phone != "" {
			resources[i].Phone = &r.Phone
		}
	}
	return response.Text, s.emit("safety", map[string]any{"kind": t.Finding.Kind, "resources": resources})
}

// examine returns the turn with its person and what the guard found in the message.
func (h *Handlers) examine(ctx context.Context, t turn) (turn, error) {
	var err error
	if t.Person, err = h.loadPerson(ctx, t); err != nil {
		return t, err
	}
	t.Finding = safety.Check(safety.Input{Text: t.Text, Language: t.Person.Profile.Language, Person: t.Person.Safety})
	if t.Finding.Kind == safety.None { // the vectors take some 5 ms a sentence
		t.Finding = h.byMeaning(ctx, t.Text).Refine(t.Finding)
	}
	t.Person.Language = t.Finding.Language
	return t, nil
}

// senseTimeout is how long a reply waits for the meaning of its message before the rules alone decide.
const senseTimeout = 2 * time.Second

// byMeaning returns what a message is about by its meaning: harmless without the local model.
func (h *Handlers) byMeaning(ctx context.Context, text string) sense.Guess {
	unknown := sense.Guess{Label: sense.Harmless, Margin: -1}
	if h.embedder == nil || h.embedder.Model() != embed.LocalModel {
		return unknown
	}
	limited, cancel := context.WithTimeout(ctx, senseTimeout)
	defer cancel()
	vectors, err := h.embedder.Embed(limited, sense.Texts(text))
	switch {
	case errors.Is(err, embed.ErrAbsent):
		h.sayAbsent(ctx)
		return unknown
	case err != nil:
		slog.WarnContext(ctx, "message_embed_failed", "model", h.embedder.Model(), "error", err)
		return unknown
	}
	return sense.Load().GuessAll(vectors)
}

// responderTo returns who replies to a turn that was examined.
func (h *Handlers) responderTo(t turn) responder {
	if t.Finding.Action == safety.ActionReply {
		return guard{h}
	}
	return h.responder()
}

// permit returns a problem for a draft that would make a person eat less who must not.
func (t turn) permit(draft api.ProposalDraft) error {
	if !slices.Contains(t.Finding.Limits, safety.NoDeficit) {
		return nil
	}
	value, err := draft.ValueByDiscriminator()
	if err != nil {
		return fmt.Errorf("read a draft: %w", err)
	}
	switch d := value.(type) {
	case api.TargetsDraft:
		_, tdee, known := t.Person.Profile.Formula()
		if !known || float64(d.Targets.Calories) < tdee {
			return problem.Unprocessable(noDeficit.At("draft.targets.calories"))
		}
	case api.ProfileDraft:
		for name, goal := range map[string]*api.Goal{"primary_goal": valueOf(d.Profile.PrimaryGoal), "secondary_goal": valueOf(d.Profile.SecondaryGoal)} {
			if goal != nil && *goal == api.GoalLoseWeight {
				return problem.Unprocessable(noDeficit.At("draft.profile." + name))
			}
		}
		goal, weight := valueOf(d.Profile.GoalWeightKg), t.Person.Profile.CurrentWeightKg
		if goal != nil && (weight == nil || *goal < *weight) {
			return problem.Unprocessable(noDeficit.At("draft.profile.goal_weight_kg"))
		}
	}
	return nil
}

// valueOf returns the value of a field of a patch; nil when it is absent or null.
func valueOf[T any](n nullable.Nullable[T]) *T {
	if v, err := n.Get(); err == nil {
		return &v
	}
	return nil
}

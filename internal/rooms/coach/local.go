package coach

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	openapi_types "github.com/oapi-codegen/runtime/types"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/intent"
	"github.com/ultimatecoach/api/internal/tools/safety"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// localCoach replies without a language model and without a network: rules understand the message, the other rooms have the numbers, and
// the files in texts have the sentences.
type localCoach struct{ h *Handlers }

// localName is the name of the local coach as provider and as model.
const localName = "local"

func (localCoach) name() (provider, model string) { return localName, localName }

func (c localCoach) respond(ctx context.Context, t turn, s *speaker) (outcome, error) {
	r := c.h.newLocalReply(ctx, t)
	r.emit, r.say = s.emit, newPacer(s, c.h.coach.LocalPause).speak
	return r.make()
}

// localReply is one reply of the local coach while it is made.
type localReply struct {
	h   *Handlers
	ctx context.Context //nolint:containedctx // it lives as long as one reply
	t   turn
	u   intent.Utterance
	w   *writer
	// say adds text to the reply, emit other events.
	say     func(text string) error
	emit    func(kind string, data any) error
	spoken  bool
	sources []api.CoachSource
	// before is what the reply before left open, and after what this one leaves open.
	before, after openTalk
	// replacing is true when what the reply before proposed is replaced.
	replacing bool
}

func (h *Handlers) newLocalReply(ctx context.Context, t turn) *localReply {
	p := t.Person
	u := intent.Parse(t.Text, intent.Context{Today: p.Profile.Today, Language: t.languageBefore()})
	return &localReply{h: h, ctx: ctx, t: t, u: u, w: newWriter(u.Language, p.Profile.Today), before: t.openTalk()}
}

// languageBefore returns the language of the messages before, for a message whose words do not show it ("no, 3"); that of the profile when
// there are none.
func (t turn) languageBefore() string {
	language := t.Person.Language
	for _, m := range t.History {
		if m.Role == roleUser {
			language = safety.DetectLanguage(m.Content, language)
		}
	}
	return language
}

// answers has the function for each intent.
var answers = map[intent.Intent]func(*localReply) error{
	intent.Log:             (*localReply).logMeal,
	intent.Quick:           (*localReply).logQuick,
	intent.Activity:        (*localReply).logActivity,
	intent.Weight:          (*localReply).logWeight,
	intent.Copy:            (*localReply).copyMeal,
	intent.Correct:         (*localReply).correct,
	intent.Choose:          (*localReply).choose,
	intent.Yes:             (*localReply).agree,
	intent.No:              (*localReply).decline,
	intent.TakeBack:        (*localReply).takeBack,
	intent.SetTarget:       (*localReply).changeTargets,
	intent.SetProfile:      (*localReply).changeProfile,
	intent.None:            (*localReply).logNothing,
	intent.Skip:            (*localReply).skipMeal,
	intent.Remaining:       (*localReply).remaining,
	intent.DayTotal:        (*localReply).dayTotal,
	intent.RangeSummary:    (*localReply).rangeSummary,
	intent.MealsList:       (*localReply).listMeals,
	intent.Frequency:       (*localReply).frequency,
	intent.Targets:         (*localReply).targets,
	intent.WeightTrend:     (*localReply).weightTrend,
	intent.ActivitySummary: (*localReply).activitySummary,
	intent.EnergyEstimate:  (*localReply).energyEstimate,
	intent.SuggestFood:     (*localReply).suggestFood,
	intent.FoodFacts:       (*localReply).foodFacts,
	intent.Advice:          (*localReply).advise,
	intent.Help:            (*localReply).help,
	intent.Thanks:          (*localReply).thank,
	intent.Greeting:        (*localReply).greet,
	intent.Cannot:          (*localReply).refuse,
}

// make says the reply.
func (r *localReply) make() (outcome, error) {
	if err := r.answer(); err != nil {
		return outcome{}, err
	}
	if r.w.err != nil {
		return outcome{}, r.w.err
	}
	if r.after.isEmpty() && !slices.Contains(closing, r.u.Intent) {
		r.after = r.before // a question in between changes nothing
	}
	native, err := r.after.native()
	return outcome{Finish: api.FinishReasonStop, Sources: r.sources, Native: native}, err
}

// lookups are intents that only read the person's data. They make no plan and propose nothing.
var lookups = []intent.Intent{
	intent.Remaining, intent.DayTotal, intent.RangeSummary, intent.MealsList, intent.Frequency, intent.Targets, intent.WeightTrend,
	intent.ActivitySummary, intent.FoodFacts, intent.Advice,
}

func (r *localReply) answer() error {
	if r.t.Finding.Action != safety.ActionGuide {
		if handled, err := r.resume(); handled || err != nil {
			return err
		}
	}
	for _, u := range append([]intent.Utterance{r.u}, r.u.Also...) {
		r.u = u
		if err := r.answerOne(); err != nil {
			return err
		}
	}
	return nil
}

// answerOne replies to one statement of the message.
func (r *localReply) answerOne() error {
	answer, ok := answers[r.u.Intent]
	switch {
	case r.t.Finding.Action == safety.ActionGuide && !slices.Contains(lookups, r.u.Intent):
		return nil // the reviewed text was the reply: nothing is proposed beside it
	case !ok:
		answer = (*localReply).admit
	case r.u.Compares && slices.Contains(compared, r.u.Intent):
		return r.bothTimes(answer)
	}
	return answer(r)
}

// tell says a sentence.
func (r *localReply) tell(id string, v values) error { return r.tellText(" ", r.w.sentence(id, v)) }

// tellLine says a sentence on a line of its own.
func (r *localReply) tellLine(id string, v values) error {
	return r.tellText("\n", r.w.sentence(id, v))
}

func (r *localReply) tellText(before, text string) error {
	if r.w.err != nil {
		return r.w.err
	}
	if r.spoken {
		text = before + text
	}
	r.spoken = true
	return r.say(text)
}

// cite adds records that the reply is made from.
func (r *localReply) cite(sources ...api.CoachSource) { r.sources = addSources(r.sources, sources) }

func (r *localReply) today() time.Time { return r.t.Person.Profile.Today }

// day returns the day that the message names, or today.
func (r *localReply) day() time.Time {
	if r.u.From.IsZero() {
		return r.today()
	}
	return r.u.From
}

// isRange is true when the message names more than one day.
func (r *localReply) isRange() bool { return r.u.To.After(r.u.From) }

// span returns the days that the message names, or the last so many days.
func (r *localReply) span(days int) (from, to time.Time) {
	if r.u.From.IsZero() {
		return r.today().AddDate(0, 0, 1-days), r.today()
	}
	from, to = r.u.From, r.u.To
	if to.Before(from) {
		to = from
	}
	if first := to.AddDate(0, 0, 1-validation.MaxDays); from.Before(first) {
		from = first
	}
	return from, to
}

func dateOf(day time.Time) openapi_types.Date { return openapi_types.Date{Time: day} }

func (r *localReply) help() error {
	return r.tell("help", values{
		"log": r.w.example("log"), "activity": r.w.example("activity"), "question": r.w.example("question"),
		"range": r.w.example("range"), "suggest": r.w.example("suggest"),
	})
}

func (r *localReply) thank() error { return r.tell("thanks", nil) }

func (r *localReply) greet() error {
	return r.tell("greeting", values{"question": r.w.example("question")})
}

func (r *localReply) logNothing() error { return r.tell("none", nil) }

// admit says that the message was not understood.
func (r *localReply) admit() error { return r.tell("unknown", r.twoExamples()) }

// twoExamples returns what to write instead: something to log while nothing is logged today, otherwise questions.
func (r *localReply) twoExamples() values {
	if r.t.Person.Eaten.Items() == 0 {
		return values{"first": r.w.example("log"), "second": r.w.example("suggest")}
	}
	return values{"first": r.w.example("question"), "second": r.w.example("range")}
}

// openTalk is what a reply leaves open for the next message: what it proposed, and what it asked.
type openTalk struct {
	Proposed []draftedMeal `json:"proposed,omitempty"`
	// DidPropose is true when there was a proposal of any kind.
	DidPropose bool `json:"did_propose,omitempty"`
	// Reply is the reply that made the proposals, when it is not the last one.
	Reply *uuid.UUID `json:"reply,omitempty"`
	Asked *askedFood `json:"asked,omitempty"`
	// AskedFor is the intent whose missing part the reply asked for.
	AskedFor *intent.Utterance `json:"asked_for,omitempty"`
}

// localNative is how openTalk is stored with its message.
type localNative struct {
	Local *openTalk `json:"local"`
}

func (o openTalk) isEmpty() bool { return !o.DidPropose && o.Asked == nil && o.AskedFor == nil }

// closing are intents after which nothing is open.
var closing = []intent.Intent{intent.No, intent.TakeBack, intent.None, intent.Log, intent.Quick}

func (o openTalk) native() (json.RawMessage, error) {
	if o.isEmpty() {
		return nil, nil
	}
	raw, err := json.Marshal(localNative{&o})
	if err != nil {
		return nil, fmt.Errorf("write what is open: %w", err)
	}
	return raw, nil
}

// openTalk returns what the reply before left open; nothing when a language model made it.
func (t turn) openTalk() openTalk {
	for i := len(t.History) - 1; i >= 0; i-- {
		if t.History[i].Role != roleAssistant {
			continue
		}
		var n localNative
		if json.Unmarshal(t.History[i].Native, &n) != nil || n.Local == nil {
			return openTalk{}
		}
		if n.Local.Reply == nil {
			n.Local.Reply = &t.History[i].ID
		}
		return *n.Local
	}
	return openTalk{}
}

// okOr returns what an operation found, or its error. Operations return one type for each status.
func okOr[OK any](response any, err error) (OK, error) {
	ok, is := response.(OK)
	if err == nil && !is {
		err = fmt.Errorf("a response of type %T", response)
	}
	return ok, err
}

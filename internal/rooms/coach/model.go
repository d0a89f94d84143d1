package coach

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"unicode/utf8"

	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/llm"
	"github.com/ultimatecoach/api/internal/tools/safety"
)

const (
	// maxRounds is how often a model may look something up for one reply.
	maxRounds = 8
	// maxCalls is how many tools it may call at once.
	maxCalls = 8
	// maxReplyBytes ends a reply of a provider that ignores maxReplyTokens.
	maxReplyBytes = 64 << 10
	// maxNativeBytes is the largest record of a turn that is kept for the next one; a longer turn is remembered by its text alone.
	maxNativeBytes = 64 << 10
)

// responder returns who makes the replies of this process.
func (h *Handlers) responder() responder {
	if h.coach.Provider == nil {
		return localCoach{h}
	}
	return modelCoach{h}
}

// modelCoach replies with a language model, which looks up what it needs with tools that cannot write.
type modelCoach struct{ h *Handlers }

func (m modelCoach) name() (provider, model string) { return m.h.coach.Name, m.h.coach.Model }

func (m modelCoach) respond(ctx context.Context, t turn, s *speaker) (outcome, error) {
	if err := m.h.checkBudget(ctx, t.UserID); err != nil {
		return outcome{}, err
	}
	r, err := m.h.newModelReply(ctx, t, s)
	if err != nil {
		return outcome{}, err
	}
	guided := s.said // by the reviewed text
	s.said = false
	o, err := r.run(ctx)
	begun := s.said
	s.said = begun || guided
	if err == nil || begun || ctx.Err() != nil || !m.h.coach.Local || errors.Is(err, llm.ErrRefused) {
		return o, err
	}
	slog.WarnContext(ctx, "coach_fell_back_to_local", "reply_id", t.ReplyID, "error", err)
	local := localCoach(m)
	s.provider, s.model = local.name()
	used := o.Usage
	o, err = local.respond(ctx, t, s)
	o.Usage = used
	return o, err
}

// modelReply is one reply while it is made.
type modelReply struct {
	h       *Handlers
	t       turn
	s       *speaker
	request llm.Request
	// history is how many of the request's messages are of earlier turns.
	history int
	// leftOut is how many messages of the conversation the model does not see, and toldLeftOut how many of them are in an event.
	leftOut, toldLeftOut int
	checked              *safety.Stream
	numbers              safety.Numbers
	size                 int
	usage                llm.Usage
	used                 bool
	tools                *toolbox
}

func (h *Handlers) newModelReply(ctx context.Context, t turn, s *speaker) (*modelReply, error) {
	tools, err := h.newToolbox(t, s)
	if err != nil {
		return nil, err
	}
	r := &modelReply{h: h, t: t, s: s, tools: tools, leftOut: t.LeftOut}
	proposals, err := h.db.ListProposals(ctx, queries.ListProposalsParams{
		UserID: t.UserID, ConversationID: &t.ConversationID, Now: h.now(), PageSize: maxProposalsShown,
	})
	if err != nil {
		return nil, fmt.Errorf("list proposals: %w", err)
	}
	r.checked = safety.NewStream(safety.ReplyContext{
		Finding: t.Finding, Person: t.Person.Safety, Confirmed: t.confirmedBefore(proposals), Numbers: &r.numbers,
	})
	behind := background{proposals: h.shown(proposals)}
	behind.recalled, tools.sources = h.recalledFor(ctx, t)
	if r.request, err = requestOf(t, behind, tools); err != nil {
		return nil, err
	}
	r.history = len(r.request.Messages) - 1
	r.numbers.AddData(r.request.Context)
	for _, m := range r.request.Messages {
		if m.Role == llm.RoleTool {
			r.numbers.AddData(m.Text)
		} else {
			r.numbers.AddText(m.Text)
		}
	}
	if h.coach.ContextTokens > 0 {
		r.request.MaxTokens = min(maxReplyTokens, h.coach.ContextTokens/4)
	}
	return r, nil
}

// run lets the model reply, round by round, until it calls no more tools.
func (r *modelReply) run(ctx context.Context) (outcome, error) {
	if err := r.fit(); err != nil {
		return outcome{}, err
	}
	for round := range maxRounds + 1 {
		reply, err := r.round(ctx)
		if err != nil {
			return r.cut(err)
		}
		if reply.End == nil { // it was longer than maxReplyBytes
			return r.flush(api.FinishReasonLength)
		}
		r.s.provider, r.s.model = reply.End.Provider, clip(reply.End.Model, maxModelName)
		r.request.Messages = append(r.request.Messages, reply.Message())
		if reply.End.Reason != llm.ReasonToolCalls {
			return r.finish(reply)
		}
		if round == maxRounds {
			break
		}
		if err := r.call(ctx, reply.ToolCalls(), round == maxRounds-1); err != nil {
			return r.cut(err)
		}
		if err := r.fit(); err != nil {
			return r.cut(err)
		}
	}
	o, err := r.flush(api.FinishReasonInterrupted)
	if err == nil && !r.s.said {
		err = errors.New("the model only calls tools")
	}
	return o, err
}

// round sends the request and says what the model says. When the request is too long for the model, it is shortened and sent again.
func (r *modelReply) round(ctx context.Context) (*llm.Reply, error) {
	for {
		reply, err := r.send(ctx)
		if err == nil || !errors.Is(err, llm.ErrContextTooLong) || reply.Usage != nil {
			return reply, err
		}
		before := r.leftOut
		r.dropHistory((r.history + 1) / 2)
		if r.leftOut == before {
			return reply, err
		}
		if err := r.tellLeftOut(); err != nil {
			return reply, err
		}
	}
}

func (r *modelReply) send(ctx context.Context) (*llm.Reply, error) {
	reply := new(llm.Reply)
	defer func() { r.count(reply.Usage) }()
	for chunk, err := range r.h.coach.Provider.Stream(ctx, r.request) {
		if err != nil {
			return reply, err
		}
		reply.Add(chunk)
		if chunk.Text == "" {
			continue
		}
		if r.size += len(chunk.Text); r.size > maxReplyBytes {
			reply.End = nil
			return reply, nil
		}
		if err := r.say(chunk.Text); err != nil {
			return reply, err
		}
	}
	return reply, nil
}

// say passes on what the guard lets through.
func (r *modelReply) say(text string) error {
	return r.s.say(withoutInstructions(r.checked.Write(strings.ReplaceAll(text, "\x00", "")))) // Postgres stores no U+0000
}

// flush says the rest of the text and ends the reply. Where the model proposed too little energy, the reviewed text says why there is no
// proposal, whatever the model says.
func (r *modelReply) flush(reason api.FinishReason) (outcome, error) {
	rest := withoutInstructions(r.checked.Close())
	if r.tools.tooLow && r.t.Finding.Kind != safety.MinimumIntake {
		why := safety.Finding{Kind: safety.MinimumIntake, Topic: "general", Action: safety.ActionGuide, Language: r.t.Person.Language}
		rest = strings.TrimSpace(rest + "\n\n" + safety.Respond(why, r.t.Person.Region, r.h.now()).Text)
		if r.s.said {
			rest = "\n\n" + rest
		}
	}
	err := r.s.say(rest)
	return r.end(reason), err
}

// cut says what the guard has not let through yet, up to where the reply broke off, and returns why it did.
func (r *modelReply) cut(cause error) (outcome, error) {
	if r.size == 0 || r.s.ctx.Err() != nil {
		return r.end(api.FinishReasonInterrupted), cause
	}
	o, err := r.flush(api.FinishReasonInterrupted)
	return o, errors.Join(cause, err)
}

// finish ends a reply that the provider ended.
func (r *modelReply) finish(last *llm.Reply) (outcome, error) {
	reason, ok := finishReasons[last.End.Reason]
	if !ok {
		reason = api.FinishReasonInterrupted
	}
	o, err := r.flush(reason)
	if err != nil {
		return o, err
	}
	switch {
	case !r.s.said && reason == api.FinishReasonFiltered:
		return o, r.s.say(cmp.Or(filteredTexts[r.t.Person.Language], filteredTexts["en"]))
	case !r.s.said:
		return o, fmt.Errorf("the model said nothing (%s)", last.End.ProviderReason)
	case reason == api.FinishReasonStop && len(r.checked.Changes()) == 0:
		o.Native, err = nativeOf(r.request.Messages[r.history+1:])
	}
	return o, err
}

// finishReasons are the ends of replies that are not cut off.
var finishReasons = map[llm.Reason]api.FinishReason{
	llm.ReasonStop:     api.FinishReasonStop,
	llm.ReasonLength:   api.FinishReasonLength,
	llm.ReasonFiltered: api.FinishReasonFiltered,
}

// end returns the outcome so far.
func (r *modelReply) end(reason api.FinishReason) outcome {
	for _, change := range r.checked.Changes() {
		slog.WarnContext(r.s.ctx, "coach_text_changed", "reply_id", r.t.ReplyID, "reason", change.Reason)
	}
	o := outcome{Finish: reason, Sources: r.tools.sources}
	if r.used {
		o.Usage = &api.CoachUsage{
			InputTokens: r.usage.Input + r.usage.Cached + r.usage.CacheWrite, OutputTokens: r.usage.Output, CachedTokens: &r.usage.Cached,
		}
		if r.usage.Cost != nil {
			o.Usage.CostUsd = new(float64(*r.usage.Cost) / 1e9)
		}
	}
	return o
}

// count adds the use of one round.
func (r *modelReply) count(u *llm.Usage) {
	if u == nil {
		return
	}
	r.usage.Input += u.Input
	r.usage.Cached += u.Cached
	r.usage.CacheWrite += u.CacheWrite
	r.usage.Output += u.Output
	switch {
	case u.Cost == nil:
	case r.usage.Cost == nil:
		r.usage.Cost = new(*u.Cost)
	default:
		*r.usage.Cost += *u.Cost
	}
	r.used = true
}

// call runs the tools that the model asked for and adds their results to the request. last says that no further call is possible.
func (r *modelReply) call(ctx context.Context, calls []llm.ToolCall, last bool) error {
	if err := r.separate(); err != nil {
		return err
	}
	for i, c := range calls {
		var result toolResult
		switch {
		case i >= maxCalls:
			result = failedCall("Too many calls at once. This one was not made.")
		default:
			var err error
			if result, err = r.tools.call(ctx, c); err != nil {
				return err
			}
		}
		if last {
			result.text += "\nThis was the last lookup. Reply to the person now with what you know."
		}
		r.numbers.AddData(result.text)
		r.request.Messages = append(r.request.Messages, llm.Message{
			Role: llm.RoleTool, ToolCallID: c.ID, Text: result.text, ToolFailed: result.failed,
		})
	}
	return nil
}

// separate begins a new paragraph, so that what the model says before and after a lookup is not one word.
func (r *modelReply) separate() error {
	if r.size == 0 {
		return nil
	}
	return r.say("\n\n")
}

// clip returns at most n characters of a text.
func clip(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n])
}

// maxModelName is how long the name of a model may be, in the contract and in the database.
const maxModelName = 200

// filteredTexts are said when the provider stopped a reply before its first word.
var filteredTexts = map[string]string{
	"en": "The language model does not reply to this message. Please ask in other words.",
	"de": "Das Sprachmodell antwortet auf diese Nachricht nicht. Bitte frag mit anderen Worten.",
	"fr": "Le modèle de langage ne répond pas à ce message. Pose ta question avec d'autres mots.",
	"es": "El modelo de lenguaje no responde a este mensaje. Pregunta con otras palabras.",
	"pt": "O modelo de linguagem não responde a esta mensagem. Pergunte com outras palavras.",
}

// storedMessage is a message of a turn as it is kept for the next one. A test compares it with llm.Message.
type storedMessage struct {
	Role       llm.Role       `json:"role"`
	Text       string         `json:"text,omitempty"`
	ToolCalls  []llm.ToolCall `json:"tool_calls,omitempty"`
	ToolCallID string         `json:"tool_call_id,omitempty"`
	ToolFailed bool           `json:"tool_failed,omitempty"`
	Native     *llm.Native    `json:"native,omitempty"`
}

// nativeOf returns the messages of a turn for the next one, or nil when they are too long. It is a JSON text within JSON, because the
// database would change the order of keys, and providers find a request in their cache only when it has the same bytes.
func nativeOf(messages []llm.Message) (json.RawMessage, error) {
	stored := make([]storedMessage, len(messages))
	for i, m := range messages {
		stored[i] = storedMessage(m)
	}
	inner, err := json.Marshal(stored)
	if err != nil {
		return nil, fmt.Errorf("store the turn: %w", err)
	}
	if len(inner) > maxNativeBytes || strings.Contains(string(inner), `\u0000`) {
		return nil, nil
	}
	return json.Marshal(string(inner))
}

// messagesOf reads what nativeOf wrote; nil when there is nothing.
func messagesOf(native json.RawMessage) []llm.Message {
	var inner string
	var stored []storedMessage
	if len(native) == 0 || json.Unmarshal(native, &inner) != nil || json.Unmarshal([]byte(inner), &stored) != nil {
		return nil
	}
	messages := make([]llm.Message, len(stored))
	for i, m := range stored {
		messages[i] = llm.Message(m)
	}
	return messages
}

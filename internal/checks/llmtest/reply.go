package llmtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ultimatecoach/api/internal/tools/llm"
)

// Variant is a way in which a server departs from the format, or a part of the format that not every reply has.
type Variant string

// Variants of chat completions.
const (
	EmptyIDs        Variant = "empty chunk ids"
	ChangingIDs     Variant = "another chunk id in each chunk"
	WholeCalls      Variant = "each tool call whole in one chunk"
	SameIndex       Variant = "whole tool calls that all have index 0"
	NegativeIndex   Variant = "tool calls with index -1"
	NoIndex         Variant = "tool calls without index"
	NoCallIDs       Variant = "tool calls without id"
	RepeatedNames   Variant = "id and name in each piece of a tool call"
	ObjectArguments Variant = "arguments as an object, whole"
	StopBesideCalls Variant = "finish_reason stop beside tool calls"
	NoUsage         Variant = "no usage"
	NoDone          Variant = "no [DONE]"
	Comments        Variant = "comments of OpenRouter"
	ContentParts    Variant = "content as a list of parts"
	NotStreamed     Variant = "one JSON object instead of a stream"
)

// Variants of both formats.
const (
	CRLF Variant = "lines end with CR LF"
	Ping Variant = "pings" // events of Anthropic, comments in chat completions
)

// VariantsOf returns the variants of a format.
func VariantsOf(f llm.Format) []Variant {
	if f == llm.AnthropicMessages {
		return []Variant{CRLF, Ping, NoUsage, WholeCalls}
	}
	return []Variant{
		EmptyIDs, ChangingIDs, WholeCalls, SameIndex, NegativeIndex, NoIndex, NoCallIDs, RepeatedNames, ObjectArguments, StopBesideCalls,
		NoUsage, NoDone, Comments, ContentParts, NotStreamed, CRLF, Ping,
	}
}

// Reply is what the server sends. The zero value is an empty text that ends cleanly.
type Reply struct {
	Text      []string // one event for each piece
	Thinking  string   // reasoning_content in chat completions
	Signature string   // of the thinking; Anthropic only
	Calls     []Call
	Reason    string // the provider's word for the end; chosen by the content when empty
	Usage     Usage
	Variants  []Variant

	// Raw is sent instead of all of the above.
	Raw string

	// Failure is sent instead of a stream.
	Failure *Failure
	Header  map[string]string // of the response
	// ErrorAfter events of the stream, Error is sent and the response ends.
	ErrorAfter int
	Error      *Failure

	Delay time.Duration // before the response
	Pause time.Duration // between events
	Cut   bool          // the response ends after CutAt bytes, as if it were complete
	CutAt int
	// After the events, or at the cut: Endless is repeated, Hang sends nothing more, Reset breaks the connection, EndDelay passes before
	// the response ends.
	Endless  string
	Hang     bool
	Reset    bool
	EndDelay time.Duration
}

// Call is a tool call; each piece of its arguments has an event of its own.
type Call struct {
	ID, Name  string
	Arguments []string
}

// Usage counts tokens; Input includes Cached.
type Usage struct{ Input, Cached, Output int }

// Failure is an error as the provider writes it. Status is ignored within a stream.
type Failure struct {
	Status              int
	Type, Code, Message string
	Raw                 *string // the body instead of the provider's form
}

func (f Failure) body(format llm.Format) string {
	if f.Raw != nil {
		return *f.Raw
	}
	if format == llm.AnthropicMessages {
		return encode(object{"type": "error", "error": object{"type": f.Type, "message": f.Message}, "request_id": "req_1"})
	}
	e := object{"message": f.Message, "type": f.Type, "param": nil, "code": nil}
	if f.Code != "" {
		e["code"] = f.Code
	}
	return encode(object{"error": e})
}

func (r Reply) has(v Variant) bool { return slices.Contains(r.Variants, v) }

func (r Reply) reason(calls, stop string) string {
	switch {
	case r.Reason != "":
		return r.Reason
	case len(r.Calls) > 0 && !r.has(StopBesideCalls):
		return calls
	}
	return stop
}

// CutAfter returns the reply cut after the first event that contains text.
func (r Reply) CutAfter(f llm.Format, text string) Reply {
	length := 0
	for _, event := range r.Events(f) {
		length += len(event)
		if strings.Contains(event, text) {
			r.Cut, r.CutAt = true, length
			return r
		}
	}
	panic("llmtest: no event contains " + text)
}

// Transcript returns all bytes of the stream.
func (r Reply) Transcript(f llm.Format) string { return strings.Join(r.Events(f), "") }

// Events returns the events of the stream, with their ends.
func (r Reply) Events(f llm.Format) []string {
	if r.Raw != "" {
		return []string{r.Raw}
	}
	var events []string
	if f == llm.AnthropicMessages {
		events = r.anthropicEvents()
	} else {
		events = r.chatEvents()
	}
	if r.Error != nil {
		events = events[:min(r.ErrorAfter, len(events))]
		if f == llm.AnthropicMessages {
			events = append(events, "event: error\ndata: "+r.Error.body(f)+"\n\n")
		} else {
			events = append(events, data(r.Error.body(f)))
		}
	}
	if r.has(CRLF) {
		for i := range events {
			events[i] = strings.ReplaceAll(events[i], "\n", "\r\n")
		}
	}
	return events
}

type object = map[string]any

func encode(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func data(json string) string { return "data: " + json + "\n\n" }

func (r Reply) chatEvents() []string {
	var chunks []object
	add := func(delta object, reason any) {
		choice := object{"index": 0, "delta": delta, "finish_reason": reason}
		chunks = append(chunks, object{"choices": []object{choice}, "usage": nil})
	}
	add(object{"role": "assistant", "content": ""}, nil)
	if r.Thinking != "" {
		add(object{"reasoning_content": r.Thinking}, nil)
	}
	for _, piece := range r.Text {
		content := any(piece)
		if r.has(ContentParts) {
			content = []object{{"type": "text", "text": piece}}
		}
		add(object{"content": content}, nil)
	}
	for i, call := range r.Calls {
		for _, piece := range r.callPieces(i, call) {
			add(object{"tool_calls": []object{piece}}, nil)
		}
	}
	add(object{}, r.reason("tool_calls", "stop"))
	if !r.has(NoUsage) {
		chunks = append(chunks, object{"choices": []object{}, "usage": r.chatUsage()})
	}
	if r.has(NotStreamed) {
		return []string{r.chatWhole()}
	}
	var events []string
	for i, chunk := range chunks {
		chunk["id"], chunk["object"], chunk["model"] = "chatcmpl-1", "chat.completion.chunk", "scripted-model"
		switch {
		case r.has(EmptyIDs):
			chunk["id"] = ""
		case r.has(ChangingIDs):
			chunk["id"] = fmt.Sprintf("chatcmpl-%d", i)
		}
		if r.has(Comments) {
			events = append(events, ": OPENROUTER PROCESSING\n\n")
		}
		if r.has(Ping) {
			events = append(events, ": keep-alive\n\n")
		}
		events = append(events, data(encode(chunk)))
	}
	if !r.has(NoDone) {
		events = append(events, data("[DONE]"))
	}
	return events
}

func (r Reply) chatUsage() object {
	return object{
		"prompt_tokens": r.Usage.Input, "completion_tokens": r.Usage.Output,
		"prompt_tokens_details": object{"cached_tokens": r.Usage.Cached},
	}
}

// callPieces returns the values of tool_calls[0] in the deltas of one call.
func (r Reply) callPieces(i int, call Call) []object {
	pieces := append([]string{""}, call.Arguments...)
	if r.has(WholeCalls) || r.has(SameIndex) || r.has(ObjectArguments) {
		pieces = []string{strings.Join(call.Arguments, "")}
	}
	var out []object
	for n, piece := range pieces {
		function := object{"arguments": piece}
		if r.has(ObjectArguments) {
			function["arguments"] = json.RawMessage(piece)
		}
		c := object{"index": i, "function": function}
		if n == 0 || r.has(RepeatedNames) {
			c["type"], c["id"], function["name"] = "function", call.ID, call.Name
		}
		switch {
		case r.has(NoIndex):
			delete(c, "index")
		case r.has(NegativeIndex):
			c["index"] = -1
		case r.has(SameIndex):
			c["index"] = 0
		}
		if r.has(NoCallIDs) {
			delete(c, "id")
		}
		out = append(out, c)
	}
	return out
}

// chatWhole returns the response of a server that does not stream.
func (r Reply) chatWhole() string {
	calls := []object{}
	for _, call := range r.Calls {
		calls = append(calls, object{
			"id": call.ID, "type": "function",
			"function": object{"name": call.Name, "arguments": strings.Join(call.Arguments, "")},
		})
	}
	message := object{"role": "assistant", "content": strings.Join(r.Text, ""), "tool_calls": calls}
	choice := object{"index": 0, "message": message, "finish_reason": r.reason("tool_calls", "stop")}
	whole := object{"object": "chat.completion", "model": "scripted-model", "choices": []object{choice}}
	if !r.has(NoUsage) {
		whole["usage"] = r.chatUsage()
	}
	return encode(whole)
}

func (r Reply) anthropicEvents() []string {
	var events []string
	add := func(kind string, fields object) {
		fields["type"] = kind
		events = append(events, "event: "+kind+"\n"+data(encode(fields)))
		if r.has(Ping) {
			events = append(events, "event: ping\n"+data(`{"type":"ping"}`))
		}
	}
	message := object{"id": "msg_1", "type": "message", "role": "assistant", "model": "scripted-model", "content": []object{}}
	end := object{"delta": object{"stop_reason": r.reason("tool_use", "end_turn"), "stop_sequence": nil}}
	if !r.has(NoUsage) {
		message["usage"] = object{
			"input_tokens": r.Usage.Input - r.Usage.Cached, "cache_read_input_tokens": r.Usage.Cached,
			"cache_creation_input_tokens": 0, "output_tokens": 1,
		}
		end["usage"] = object{"output_tokens": r.Usage.Output}
	}
	add("message_start", object{"message": message})
	index := 0
	block := func(start object, deltas ...object) {
		add("content_block_start", object{"index": index, "content_block": start})
		for _, delta := range deltas {
			add("content_block_delta", object{"index": index, "delta": delta})
		}
		add("content_block_stop", object{"index": index})
		index++
	}
	if r.Thinking != "" {
		block(
			object{"type": "thinking", "thinking": "", "signature": ""},
			object{"type": "thinking_delta", "thinking": r.Thinking},
			object{"type": "signature_delta", "signature": r.Signature},
		)
	}
	if len(r.Text) > 0 {
		var deltas []object
		for _, piece := range r.Text {
			deltas = append(deltas, object{"type": "text_delta", "text": piece})
		}
		block(object{"type": "text", "text": ""}, deltas...)
	}
	for _, call := range r.Calls {
		start := object{"type": "tool_use", "id": call.ID, "name": call.Name, "input": object{}}
		var deltas []object
		if r.has(WholeCalls) {
			start["input"] = json.RawMessage(strings.Join(call.Arguments, ""))
		} else {
			for _, piece := range append([]string{""}, call.Arguments...) {
				deltas = append(deltas, object{"type": "input_json_delta", "partial_json": piece})
			}
		}
		block(start, deltas...)
	}
	add("message_delta", end)
	add("message_stop", object{})
	return events
}

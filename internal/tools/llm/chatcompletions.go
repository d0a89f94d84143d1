package llm

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// chatFormat is the format of OpenAI's chat completions, which most servers speak, each a little differently.
type chatFormat struct{}

func (chatFormat) path() string { return "/chat/completions" }

func (chatFormat) authorize(header http.Header, key string) {
	header.Set("Authorization", "Bearer "+key)
}

type chatRequest struct {
	Model               string        `json:"model"`
	Stream              bool          `json:"stream"`
	StreamOptions       streamOptions `json:"stream_options"`
	MaxTokens           int           `json:"max_tokens,omitempty"`
	MaxCompletionTokens int           `json:"max_completion_tokens,omitempty"`
	PromptCacheKey      string        `json:"prompt_cache_key,omitempty"`
	Tools               []chatTool    `json:"tools,omitempty"`
	Messages            []chatMessage `json:"messages"` // last, so that the bytes before the newest message stay the same
}

type streamOptions struct {
	IncludeUsage       bool  `json:"include_usage"`
	IncludeObfuscation *bool `json:"include_obfuscation,omitempty"`
}

type chatTool struct {
	Type     string       `json:"type"`
	Function chatFunction `json:"function"`
}

type chatFunction struct {
	Name        string          `json:"name"`
	Description string          `json:"description,omitempty"`
	Parameters  json.RawMessage `json:"parameters"`
}

type chatMessage struct {
	Role       string     `json:"role"`
	Content    *string    `json:"content"` // null beside tool calls
	ToolCalls  []chatCall `json:"tool_calls,omitempty"`
	ToolCallID string     `json:"tool_call_id,omitempty"`
}

type chatCall struct {
	ID       string `json:"id"`
	Type     string `json:"type"`
	Function struct {
		Name      string `json:"name"`
		Arguments string `json:"arguments"`
	} `json:"function"`
}

func (chatFormat) encode(c Config, r Request) ([]byte, error) {
	request := chatRequest{Model: c.Model, Stream: true, StreamOptions: streamOptions{IncludeUsage: true}, MaxTokens: r.MaxTokens}
	if c.OpenAIFields {
		request.MaxTokens, request.MaxCompletionTokens = 0, r.MaxTokens
		request.PromptCacheKey = r.CacheKey
		request.StreamOptions.IncludeObfuscation = new(false)
	}
	for _, t := range r.Tools {
		request.Tools = append(request.Tools, chatTool{"function", chatFunction{t.Name, t.Description, t.Schema}})
	}
	if r.System != "" {
		request.Messages = append(request.Messages, chatMessage{Role: "system", Content: &r.System})
	}
	newest := lastOf(r.Messages, RoleUser)
	for i, m := range r.Messages {
		if i == newest {
			m.Text = withContext(r, m.Text)
		}
		if m.Text == "" && m.Role == RoleAssistant && len(m.ToolCalls) == 0 {
			continue // a reply that was cancelled before its first word
		}
		request.Messages = append(request.Messages, chatMessageOf(m))
	}
	return marshal(request)
}

func chatMessageOf(m Message) chatMessage {
	message := chatMessage{Role: string(m.Role), ToolCallID: m.ToolCallID}
	if m.Text != "" || m.Role != RoleAssistant {
		message.Content = &m.Text
	}
	if m.Role == RoleTool && m.ToolFailed {
		message.Content = new("Error: " + m.Text)
	}
	for _, call := range m.ToolCalls {
		c := chatCall{ID: call.ID, Type: "function"}
		c.Function.Name, c.Function.Arguments = call.Name, string(argumentsObject(call.Arguments))
		message.ToolCalls = append(message.ToolCalls, c)
	}
	return message
}

type chatChunk struct {
	Model   string `json:"model"`
	Choices []struct {
		Index        int        `json:"index"`
		Delta        *chatDelta `json:"delta"`
		Message      *chatDelta `json:"message"` // of a server that does not stream
		FinishReason string     `json:"finish_reason"`
	} `json:"choices"`
	Usage *chatUsage      `json:"usage"`
	Error json.RawMessage `json:"error"`
}

type chatDelta struct {
	Content          json.RawMessage `json:"content"`
	Refusal          string          `json:"refusal"`
	Reasoning        string          `json:"reasoning"`         // OpenRouter, vLLM
	ReasoningContent string          `json:"reasoning_content"` // DeepSeek, older vLLM
	ToolCalls        []chatCallPart  `json:"tool_calls"`
}

type chatCallPart struct {
	Index    *int   `json:"index"`
	ID       string `json:"id"`
	Function struct {
		Name      string          `json:"name"`
		Arguments json.RawMessage `json:"arguments"`
	} `json:"function"`
}

type chatUsage struct {
	PromptTokens        int `json:"prompt_tokens"`
	CompletionTokens    int `json:"completion_tokens"`
	PromptTokensDetails struct {
		CachedTokens     int `json:"cached_tokens"`
		CacheWriteTokens int `json:"cache_write_tokens"`
	} `json:"prompt_tokens_details"`
}

func (u chatUsage) usage() *Usage {
	details := u.PromptTokensDetails
	return &Usage{
		Input:  max(u.PromptTokens-details.CachedTokens-details.CacheWriteTokens, 0),
		Cached: details.CachedTokens, CacheWrite: details.CacheWriteTokens, Output: u.CompletionTokens,
	}
}

type chatDecoder struct {
	client *Client
	state  progress
	calls  []chatCallState
}

// chatCallState is a tool call whose pieces are arriving.
type chatCallState struct {
	index     *int         // as the server numbers it; nil when it does not
	id        string       // as the server sent it
	part      ToolCallPart // without arguments
	arguments []byte
	sent      int // bytes of arguments that were yielded; none are while the name is missing
}

// hasWholeArguments reports whether the arguments are complete.
func (c *chatCallState) hasWholeArguments() bool { return json.Valid(c.arguments) }

func (chatFormat) newDecoder(c *Client) decoder { return &chatDecoder{client: c} }

func (d *chatDecoder) progress() *progress { return &d.state }

func (d *chatDecoder) decode(event []byte) ([]Chunk, error) {
	if string(bytes.TrimSpace(event)) == "[DONE]" {
		d.state.noMoreEvents = true
		return nil, d.finish()
	}
	var chunk chatChunk
	if err := json.Unmarshal(event, &chunk); err != nil {
		return nil, d.client.failure(ErrMalformed, "decode an event: %v", err)
	}
	if isSet(chunk.Error) {
		return nil, d.client.streamError(chunk.Error)
	}
	if chunk.Model != "" {
		d.state.model = chunk.Model
	}
	if u := chunk.Usage; u != nil && u.PromptTokens+u.CompletionTokens > 0 {
		d.state.usage = u.usage()
	}
	var chunks []Chunk
	for _, choice := range chunk.Choices {
		if choice.Index != 0 {
			continue // we never ask for a second one
		}
		for _, delta := range []*chatDelta{choice.Delta, choice.Message} {
			if delta == nil {
				continue
			}
			more, err := d.delta(*delta)
			chunks = append(chunks, more...)
			if err != nil {
				return chunks, err
			}
		}
		if choice.FinishReason != "" {
			d.state.reason = choice.FinishReason
			if err := d.finish(); err != nil {
				return chunks, err
			}
		}
	}
	return chunks, nil
}

// finish is called at the finish_reason and at [DONE]. The reply is complete when there was a finish_reason that is no error.
func (d *chatDecoder) finish() error {
	switch d.state.reason {
	case "":
		return d.client.failure(ErrCut, "[DONE] without finish_reason")
	case "error", "abort", "cancelled": // OpenRouter, vLLM
		return d.client.failure(ErrCut, "finish_reason is %s", d.state.reason)
	}
	for _, call := range d.calls {
		if call.part.Name == "" {
			return d.client.failure(ErrMalformed, "a tool call has no name")
		}
	}
	d.state.complete = true
	return nil
}

func (d *chatDecoder) delta(delta chatDelta) ([]Chunk, error) {
	text, thinking, err := contentText(delta.Content)
	if err != nil {
		return nil, d.client.failure(ErrMalformed, "decode the content: %v", err)
	}
	thinking += delta.Reasoning + delta.ReasoningContent
	d.state.refused = d.state.refused || delta.Refusal != ""
	text += delta.Refusal
	d.state.size += len(text) + len(thinking)
	d.state.output.add(thinking)
	d.state.hasOutput = d.state.hasOutput || text != "" || thinking != "" || len(delta.ToolCalls) > 0
	var chunks []Chunk
	if text != "" {
		chunks = append(chunks, Chunk{Text: text})
	}
	for _, part := range delta.ToolCalls {
		chunk, err := d.callPart(part)
		if err != nil {
			return chunks, err
		}
		if chunk != nil {
			chunks = append(chunks, Chunk{ToolCall: chunk})
		}
	}
	return chunks, nil
}

// contentText returns the text and the thinking of a content: a string, null, or a list of parts (Mistral).
func contentText(raw json.RawMessage) (text, thinking string, err error) {
	if !isSet(raw) {
		return "", "", nil
	}
	if raw[0] != '[' {
		return text, "", json.Unmarshal(raw, &text)
	}
	var parts []struct {
		Type     string          `json:"type"`
		Text     string          `json:"text"`
		Thinking json.RawMessage `json:"thinking"`
	}
	err = json.Unmarshal(raw, &parts)
	for _, part := range parts {
		if part.Type == "text" {
			text += part.Text
		}
		thinking += string(part.Thinking)
	}
	return text, thinking, err
}

// callPart returns the next piece of a tool call, or nil when nothing can be said yet because its name is missing.
func (d *chatDecoder) callPart(part chatCallPart) (*ToolCallPart, error) {
	arguments, err := argumentsText(part.Function.Arguments)
	if err != nil {
		return nil, d.client.failure(ErrMalformed, "decode the arguments of a tool call: %v", err)
	}
	d.state.size += len(arguments) + len(part.Function.Name) + len(part.ID)
	call := d.find(part)
	if call == nil {
		d.calls = append(d.calls, chatCallState{index: part.Index, id: part.ID})
		d.state.calls = len(d.calls)
		call = &d.calls[len(d.calls)-1]
		call.part = ToolCallPart{Index: len(d.calls) - 1, ID: part.ID}
		if call.part.ID == "" {
			call.part.ID = "call_" + rand.Text() // some servers send none; results must name one
		}
	}
	call.arguments = append(call.arguments, arguments...)
	if call.part.Name == "" {
		call.part.Name = part.Function.Name
	}
	if call.part.Name == "" {
		return nil, nil
	}
	next := call.part
	next.Arguments = string(call.arguments[call.sent:])
	call.sent = len(call.arguments)
	return &next, nil
}

// find returns the call that a piece belongs to, nil for a new one. Servers number the calls from 0, or give all of them the number 0, or
// -1, or none. They send the id and the name once, or in each piece, and some send no id.
func (d *chatDecoder) find(part chatCallPart) *chatCallState {
	named := part.Function.Name != ""
	numbered := part.Index != nil && *part.Index >= 0
	for i := len(d.calls) - 1; i >= 0; i-- {
		call := &d.calls[i]
		switch {
		case numbered && (call.index == nil || *call.index != *part.Index):
			continue
		case part.ID != "" && part.ID == call.id:
			return call
		case !numbered && part.ID != "":
			continue
		case !named || call.part.Name == "":
			return call
		case call.hasWholeArguments(), part.ID != "" && call.id != "" && len(call.arguments) == 0: // another call with the same number
			return nil
		default: // the name is repeated in each piece
			return call
		}
	}
	return nil
}

// argumentsText returns the arguments as JSON text. Some servers send them as an object instead of a string.
func argumentsText(raw json.RawMessage) (string, error) {
	if !isSet(raw) {
		return "", nil
	}
	if raw[0] != '"' {
		return strings.TrimSpace(string(raw)), nil
	}
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return "", fmt.Errorf("a string: %w", err)
	}
	return text, nil
}

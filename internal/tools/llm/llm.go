// Package llm streams replies from providers of language models. It speaks two wire formats: chat completions (OpenAI, OpenRouter,
// vLLM, Ollama and others) and Anthropic messages.
//
// A reply ends cleanly only when the provider said how it ended. Everything else is an error, so that half a sentence is never shown
// as a whole one. The official client libraries report a lost connection in the middle of a reply as a clean end, and their
// dependencies add minutes to a build; that is why this package uses net/http alone.
package llm

import (
	"context"
	"encoding/json"
	"iter"
)

// Provider streams replies of a language model.
type Provider interface {
	// Stream sends the request when the sequence is ranged over. The sequence ends with a chunk that has an End, or with an error.
	// A chunk with Usage comes before either of them, when any output was received. Ending the loop early, or cancelling ctx, closes the
	// connection at once.
	Stream(ctx context.Context, r Request) iter.Seq2[Chunk, error]
}

// Request is everything that a provider needs for one reply. Providers cache the beginning of a request that they have seen before, so
// what changes least comes first: tools, system text, messages.
type Request struct {
	// System holds the instructions. It must be the same bytes for all turns of all people: no clock, no name.
	System string
	// Context holds what changes from turn to turn: the profile and the day. It is sent in front of the text of the last message of the
	// user, after the whole history, so that a change does not make the cached history useless.
	Context string
	// Messages is the conversation, oldest first.
	Messages []Message
	// Tools may be in any order; they are sent sorted by name.
	Tools []Tool
	// MaxTokens is the longest reply.
	MaxTokens int
	// CacheKey is equal for the requests of one conversation. It helps OpenAI to route them to the same cache.
	CacheKey string
}

// Role says who wrote a message.
type Role string

// Roles of messages.
const (
	RoleUser      Role = "user"
	RoleAssistant Role = "assistant"
	RoleTool      Role = "tool" // the result of a tool call
)

// Message is one message of a conversation.
type Message struct {
	Role Role
	Text string
	// ToolCalls are the calls of an assistant's message.
	ToolCalls []ToolCall
	// ToolCallID names the call whose result this is; ToolFailed says that Text is an error. Only for messages of a tool.
	ToolCallID string
	ToolFailed bool
	// Native is the End.Native of the reply that this assistant's message was made of.
	Native *Native
}

// Native is the content of a reply in the provider's own form. It goes back unchanged to the provider that wrote it, because signed
// thinking blocks must; other providers get Text and ToolCalls instead.
type Native struct {
	Provider string          `json:"provider"` // Config.Name
	Content  json.RawMessage `json:"content"`
}

// Tool is a function that the model may call.
type Tool struct {
	Name        string // letters, digits, _ and -, at most 64
	Description string
	Schema      json.RawMessage // JSON schema of the arguments, an object
}

// ToolCall is a call that the model asks for.
type ToolCall struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Arguments string `json:"arguments"` // JSON as the model wrote it: it may be invalid; empty means no arguments
}

// Chunk is a piece of a reply. Exactly one of its fields is set.
type Chunk struct {
	Text     string
	ToolCall *ToolCallPart
	Usage    *Usage
	End      *End
}

// ToolCallPart is a piece of a tool call.
type ToolCallPart struct {
	Index     int // position of the call in the reply, from 0
	ID        string
	Name      string
	Arguments string // the next piece of the arguments
}

// Usage counts the tokens of one reply. Input, Cached and CacheWrite do not overlap; their sum is the length of the request.
type Usage struct {
	Input      int // input tokens at the full price
	Cached     int // input tokens read from the provider's cache
	CacheWrite int // input tokens written to the provider's cache
	Output     int // includes thinking
	// Estimated says that the provider sent no usage, or that the reply broke off before it did. See [EstimateTokens].
	Estimated bool
	// Cost is in billionths of a dollar; nil when the prices are not configured.
	Cost *int64
}

// End is the last chunk of a complete reply.
type End struct {
	Reason Reason
	// ProviderReason is the provider's own word for Reason.
	ProviderReason string
	Provider       string // Config.Name
	Model          string // as the provider reports it, else as configured
	RequestID      string // of the provider, for its support
	// Native must be stored with the assistant's message and sent back. It is nil when Text and ToolCalls are enough.
	Native *Native
}

// Reason says why a reply ended.
type Reason string

// Reasons of ends.
const (
	ReasonStop      Reason = "stop"       // the model had finished
	ReasonLength    Reason = "length"     // MaxTokens or the context window was reached; the last tool call may be incomplete
	ReasonToolCalls Reason = "tool_calls" // the model waits for results of tools
	ReasonFiltered  Reason = "filtered"   // the provider or the model refused to go on
	ReasonOther     Reason = "other"      // the provider used a word that this package does not know; treat the reply as incomplete
)

// reasons maps the words of all providers. A word that is missing here is ReasonOther, and never a clean ReasonStop.
var reasons = map[string]Reason{
	"stop": ReasonStop, "end_turn": ReasonStop, "stop_sequence": ReasonStop, "eos": ReasonStop, "eos_token": ReasonStop,
	"length": ReasonLength, "max_tokens": ReasonLength, "model_length": ReasonLength, "model_context_window_exceeded": ReasonLength,
	"tool_calls": ReasonToolCalls, "function_call": ReasonToolCalls, "tool_use": ReasonToolCalls,
	"content_filter": ReasonFiltered, "refusal": ReasonFiltered,
}

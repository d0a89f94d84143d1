package llm

import (
	"iter"
	"strings"
)

// Reply collects the chunks of a reply. The zero value is empty. It must not be copied.
type Reply struct {
	Usage *Usage
	End   *End // nil until the reply is complete

	text  strings.Builder
	calls []*collectedCall
}

type collectedCall struct {
	id, name  string
	arguments strings.Builder
}

// Add adds the next chunk.
func (r *Reply) Add(c Chunk) {
	r.text.WriteString(c.Text)
	if part := c.ToolCall; part != nil {
		for len(r.calls) <= part.Index {
			r.calls = append(r.calls, &collectedCall{})
		}
		call := r.calls[part.Index]
		call.id, call.name = part.ID, part.Name
		call.arguments.WriteString(part.Arguments)
	}
	if c.Usage != nil {
		r.Usage = c.Usage
	}
	if c.End != nil {
		r.End = c.End
	}
}

// Text returns the text so far.
func (r *Reply) Text() string { return r.text.String() }

// ToolCalls returns the tool calls so far; the last one may be incomplete until there is an End.
func (r *Reply) ToolCalls() []ToolCall {
	var calls []ToolCall
	for _, c := range r.calls {
		calls = append(calls, ToolCall{ID: c.id, Name: c.name, Arguments: c.arguments.String()})
	}
	return calls
}

// Message returns the reply as a message for the next request.
func (r *Reply) Message() Message {
	m := Message{Role: RoleAssistant, Text: r.Text(), ToolCalls: r.ToolCalls()}
	if r.End != nil {
		m.Native = r.End.Native
	}
	return m
}

// Collect reads a whole stream. With an error it also returns what came before it.
func Collect(stream iter.Seq2[Chunk, error]) (*Reply, error) {
	r := &Reply{}
	for chunk, err := range stream {
		if err != nil {
			return r, err
		}
		r.Add(chunk)
	}
	return r, nil
}

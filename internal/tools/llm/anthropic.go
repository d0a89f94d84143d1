package llm

import (
	"encoding/json"
	"net/http"
)

// anthropicFormat is the format of Anthropic's messages.
type anthropicFormat struct{}

// anthropicVersion is the only version since 2023; new features are added to it.
const anthropicVersion = "2023-06-01"

func (anthropicFormat) path() string { return "/messages" }

func (anthropicFormat) authorize(header http.Header, key string) {
	header.Set("X-Api-Key", key)
	header.Set("Anthropic-Version", anthropicVersion)
}

type anthropicRequest struct {
	Model     string             `json:"model"`
	MaxTokens int                `json:"max_tokens"`
	Stream    bool               `json:"stream"`
	Tools     []anthropicTool    `json:"tools,omitempty"`
	System    []contentBlock     `json:"system,omitempty"`
	Messages  []anthropicMessage `json:"messages"` // last, so that the bytes before the newest message stay the same
}

type anthropicTool struct {
	Name        string          `json:"name"`
	Description string          `json:"description,omitempty"`
	InputSchema json.RawMessage `json:"input_schema"`
}

type anthropicMessage struct {
	Role    string            `json:"role"`
	Content []json.RawMessage `json:"content"`
}

// contentBlock is a block that we write. Blocks of a reply go back as they came, see [Native].
type contentBlock struct {
	Type         string          `json:"type"`
	Text         string          `json:"text,omitempty"`
	ID           string          `json:"id,omitempty"`
	Name         string          `json:"name,omitempty"`
	Input        json.RawMessage `json:"input,omitempty"`
	ToolUseID    string          `json:"tool_use_id,omitempty"`
	Content      string          `json:"content,omitempty"`
	IsError      bool            `json:"is_error,omitempty"`
	CacheControl json.RawMessage `json:"cache_control,omitempty"`
}

// cacheMark asks the provider to cache everything up to the block that has it, for five minutes since the last use.
const cacheMark = `{"type":"ephemeral"}`

func (anthropicFormat) encode(c Config, r Request) ([]byte, error) {
	request := anthropicRequest{Model: c.Model, MaxTokens: r.MaxTokens, Stream: true}
	for _, t := range r.Tools {
		request.Tools = append(request.Tools, anthropicTool{t.Name, t.Description, t.Schema})
	}
	if r.System != "" {
		request.System = []contentBlock{{Type: "text", Text: r.System, CacheControl: json.RawMessage(cacheMark)}}
	}
	newest := lastOf(r.Messages, RoleUser)
	for i, m := range r.Messages {
		if i == newest {
			// The context changes with each turn. This mark ends before it, so that the next turn finds the history in the cache.
			markLast(request.Messages)
			m.Text = withContext(r, m.Text)
		}
		if err := request.add(c, m); err != nil {
			return nil, err
		}
	}
	markLast(request.Messages) // for the next round of tools in this turn
	return marshal(request)
}

// add appends a message. The results of the calls of one message are sent in one message, as the provider demands.
func (r *anthropicRequest) add(c Config, m Message) error {
	blocks, err := blocksOf(c, m)
	if err != nil || len(blocks) == 0 { // a reply that was cancelled before its first word has no blocks
		return err
	}
	role := "user"
	if m.Role == RoleAssistant {
		role = "assistant"
	}
	if n := len(r.Messages); n > 0 && r.Messages[n-1].Role == role {
		r.Messages[n-1].Content = append(r.Messages[n-1].Content, blocks...)
		return nil
	}
	r.Messages = append(r.Messages, anthropicMessage{Role: role, Content: blocks})
	return nil
}

func blocksOf(c Config, m Message) ([]json.RawMessage, error) {
	if m.Native != nil && m.Native.Provider == c.Name && m.Role == RoleAssistant {
		var blocks []json.RawMessage
		err := json.Unmarshal(m.Native.Content, &blocks)
		return blocks, err
	}
	var blocks []contentBlock
	if m.Role == RoleTool {
		blocks = append(blocks, contentBlock{Type: "tool_result", ToolUseID: m.ToolCallID, Content: m.Text, IsError: m.ToolFailed})
	} else if m.Text != "" {
		blocks = append(blocks, contentBlock{Type: "text", Text: m.Text})
	}
	for _, call := range m.ToolCalls {
		blocks = append(blocks, contentBlock{Type: "tool_use", ID: call.ID, Name: call.Name, Input: argumentsObject(call.Arguments)})
	}
	var encoded []json.RawMessage
	for _, block := range blocks {
		b, err := marshal(block)
		if err != nil {
			return nil, err
		}
		encoded = append(encoded, b)
	}
	return encoded, nil
}

// markLast sets a cache mark on the last block. Thinking blocks cannot have one.
func markLast(messages []anthropicMessage) {
	if len(messages) == 0 {
		return
	}
	content := messages[len(messages)-1].Content
	block := content[len(content)-1]
	var kind struct {
		Type string `json:"type"`
	}
	if json.Unmarshal(block, &kind) != nil || kind.Type != "text" && kind.Type != "tool_use" && kind.Type != "tool_result" {
		return
	}
	marked := append([]byte(nil), block[:len(block)-1]...) // without its closing brace
	content[len(content)-1] = append(marked, `,"cache_control":`+cacheMark+`}`...)
}

type anthropicEvent struct {
	Type    string `json:"type"`
	Message *struct {
		Model string         `json:"model"`
		Usage anthropicUsage `json:"usage"`
	} `json:"message"`
	Index        int             `json:"index"`
	ContentBlock json.RawMessage `json:"content_block"`
	Delta        struct {
		Type        string `json:"type"`
		Text        string `json:"text"`
		PartialJSON string `json:"partial_json"`
		Thinking    string `json:"thinking"`
		Signature   string `json:"signature"`
		StopReason  string `json:"stop_reason"`
	} `json:"delta"`
	Usage *anthropicUsage `json:"usage"`
	Error json.RawMessage `json:"error"`
}

// anthropicUsage has pointers because the later events repeat only some counts. All counts are cumulative.
type anthropicUsage struct {
	InputTokens              *int `json:"input_tokens"`
	CacheReadInputTokens     *int `json:"cache_read_input_tokens"`
	CacheCreationInputTokens *int `json:"cache_creation_input_tokens"`
	OutputTokens             *int `json:"output_tokens"`
}

type anthropicDecoder struct {
	client *Client
	state  progress
	blocks []*replyBlock // in the order in which they began
	native bool          // there are blocks that must go back unchanged
}

// replyBlock is a block of the reply whose pieces are arriving.
type replyBlock struct {
	index     int
	kind      string
	raw       json.RawMessage // as it began; a block of an unknown kind goes back like this
	text      []byte          // text, thinking or arguments
	signature []byte          // of thinking
	call      ToolCallPart
	closed    bool
}

func (anthropicFormat) newDecoder(c *Client) decoder { return &anthropicDecoder{client: c} }

func (d *anthropicDecoder) progress() *progress { return &d.state }

func (d *anthropicDecoder) decode(data []byte) ([]Chunk, error) {
	var event anthropicEvent
	if err := json.Unmarshal(data, &event); err != nil {
		return nil, d.client.failure(ErrMalformed, "decode an event: %v", err)
	}
	switch event.Type {
	case "message_start":
		if event.Message != nil {
			d.state.model = event.Message.Model
			d.count(event.Message.Usage)
		}
	case "content_block_start":
		return d.start(event)
	case "content_block_delta":
		return d.delta(event)
	case "content_block_stop":
		if block := d.find(event.Index); block != nil {
			block.closed = true
		}
	case "message_delta":
		if event.Delta.StopReason != "" {
			d.state.reason = event.Delta.StopReason
		}
		if event.Usage != nil {
			d.count(*event.Usage)
		}
	case "message_stop":
		return nil, d.finish()
	case "error":
		return nil, d.client.streamError(event.Error)
	}
	return nil, nil // ping, and events of the future
}

func (d *anthropicDecoder) count(u anthropicUsage) {
	if d.state.usage == nil {
		d.state.usage = &Usage{}
	}
	total := d.state.usage
	for _, n := range []struct {
		to   *int
		from *int
	}{
		{&total.Input, u.InputTokens},
		{&total.Cached, u.CacheReadInputTokens},
		{&total.CacheWrite, u.CacheCreationInputTokens},
		{&total.Output, u.OutputTokens},
	} {
		if n.from != nil {
			*n.to = max(*n.from, 0)
		}
	}
}

// find returns the open block with this index, or nil.
func (d *anthropicDecoder) find(index int) *replyBlock {
	for _, b := range d.blocks {
		if b.index == index && !b.closed {
			return b
		}
	}
	return nil
}

func (d *anthropicDecoder) start(event anthropicEvent) ([]Chunk, error) {
	var content struct {
		Type      string          `json:"type"`
		Text      string          `json:"text"`
		Thinking  string          `json:"thinking"`
		Signature string          `json:"signature"`
		ID        string          `json:"id"`
		Name      string          `json:"name"`
		Input     json.RawMessage `json:"input"`
	}
	if err := json.Unmarshal(event.ContentBlock, &content); err != nil {
		return nil, d.client.failure(ErrMalformed, "decode a content block: %v", err)
	}
	block := &replyBlock{index: event.Index, kind: content.Type, raw: event.ContentBlock, signature: []byte(content.Signature)}
	d.blocks = append(d.blocks, block)
	d.state.hasOutput = true
	d.state.size += len(event.ContentBlock)
	switch content.Type {
	case "text":
		return d.text(block, content.Text), nil
	case "thinking":
		d.native = true
		block.text = []byte(content.Thinking)
		return nil, nil
	case "tool_use":
		if content.ID == "" || content.Name == "" {
			return nil, d.client.failure(ErrMalformed, "a tool call has no id or no name")
		}
		block.call = ToolCallPart{Index: d.state.calls, ID: content.ID, Name: content.Name}
		d.state.calls++
		if input := string(content.Input); isSet(content.Input) && input != "{}" {
			return d.arguments(block, input), nil // a server that does not send pieces
		}
		return []Chunk{{ToolCall: new(block.call)}}, nil
	default:
		d.native = true
		return nil, nil
	}
}

func (d *anthropicDecoder) delta(event anthropicEvent) ([]Chunk, error) {
	block := d.find(event.Index)
	if block == nil {
		return nil, d.client.failure(ErrMalformed, "a delta belongs to no block")
	}
	delta := event.Delta
	d.state.size += len(delta.Text) + len(delta.PartialJSON) + len(delta.Thinking) + len(delta.Signature)
	switch {
	case delta.Type == "text_delta" && block.kind == "text":
		return d.text(block, delta.Text), nil
	case delta.Type == "input_json_delta" && block.kind == "tool_use":
		return d.arguments(block, delta.PartialJSON), nil
	case delta.Type == "thinking_delta":
		block.text = append(block.text, delta.Thinking...)
		d.state.output.add(delta.Thinking)
	case delta.Type == "signature_delta":
		block.signature = append(block.signature, delta.Signature...)
	}
	return nil, nil // citations, and deltas of the future
}

func (d *anthropicDecoder) text(block *replyBlock, text string) []Chunk {
	if text == "" {
		return nil
	}
	block.text = append(block.text, text...)
	return []Chunk{{Text: text}}
}

func (d *anthropicDecoder) arguments(block *replyBlock, piece string) []Chunk {
	if piece == "" {
		return nil
	}
	block.text = append(block.text, piece...)
	part := block.call
	part.Arguments = piece
	return []Chunk{{ToolCall: &part}}
}

func (d *anthropicDecoder) finish() error {
	if d.state.reason == "" {
		return d.client.failure(ErrCut, "message_stop without stop_reason")
	}
	d.state.complete, d.state.noMoreEvents = true, true
	if !d.native {
		return nil
	}
	content := []json.RawMessage{}
	for _, block := range d.blocks {
		encoded, err := block.encode()
		if err != nil {
			return d.client.failure(ErrMalformed, "encode the reply for the next request: %v", err)
		}
		if encoded != nil {
			content = append(content, encoded)
		}
	}
	all, err := marshal(content)
	if err != nil {
		return d.client.failure(ErrMalformed, "encode the reply for the next request: %v", err)
	}
	d.state.native = &Native{Provider: d.client.config.Name, Content: all}
	return nil
}

// encode returns the block as it must go back; nil for an empty text, which the provider refuses.
func (b *replyBlock) encode() (json.RawMessage, error) {
	switch b.kind {
	case "text":
		if len(b.text) == 0 {
			return nil, nil
		}
		return marshal(contentBlock{Type: "text", Text: string(b.text)})
	case "tool_use":
		return marshal(contentBlock{Type: "tool_use", ID: b.call.ID, Name: b.call.Name, Input: argumentsObject(string(b.text))})
	case "thinking":
		return marshal(struct {
			Type      string `json:"type"`
			Thinking  string `json:"thinking"`
			Signature string `json:"signature"`
		}{"thinking", string(b.text), string(b.signature)})
	default:
		return b.raw, nil
	}
}

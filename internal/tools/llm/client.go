package llm

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/sony/gobreaker/v2"

	"github.com/ultimatecoach/api/internal/tools/sleep"
)

// Client streams replies from one provider. It is safe for concurrent use.
type Client struct {
	config  Config
	format  format
	http    *http.Client
	breaker *gobreaker.TwoStepCircuitBreaker[struct{}]
}

// format is a wire format.
type format interface {
	path() string
	authorize(header http.Header, key string)
	// encode returns the body of a request: the same bytes for the same request, with the messages last.
	encode(c Config, r Request) ([]byte, error)
	newDecoder(c *Client) decoder
}

// decoder turns the events of one response into chunks.
type decoder interface {
	decode(event []byte) ([]Chunk, error)
	progress() *progress
}

var formats = map[Format]format{
	ChatCompletions:   chatFormat{},
	AnthropicMessages: anthropicFormat{},
}

const (
	// The circuit opens after breakerFailures failures in a row, or when half of at least breakerRequests requests of one
	// breakerInterval failed. The second rule is for a provider whose replies begin and then break off.
	breakerFailures = 5
	breakerRequests = 20
	breakerInterval = time.Minute

	// maxIdleConns keeps connections open for the next replies; one reply uses one connection.
	maxIdleConns = 32
	// maxHeader in bytes is far above the headers of every provider.
	maxHeader = 64 << 10
)

// NewClient returns a client. It does not use the network.
func NewClient(config Config) (*Client, error) {
	if err := config.Check(); err != nil {
		return nil, err
	}
	config = config.withDefaults()
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DisableCompression = true // compressed streams arrive in large pieces
	transport.MaxIdleConnsPerHost = maxIdleConns
	// Without pings a connection that has died would take new requests until their timeouts.
	transport.HTTP2 = &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 5 * time.Second}
	transport.MaxResponseHeaderBytes = maxHeader
	return &Client{
		config: config,
		format: formats[config.Format],
		http: &http.Client{
			Transport: transport,
			// A redirect would send the key and what people wrote to another address.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		breaker: gobreaker.NewTwoStepCircuitBreaker[struct{}](gobreaker.Settings{
			Name: config.Name, Timeout: config.BreakerPause, Interval: breakerInterval,
			IsExcluded: func(err error) bool { return err != nil && !isOutage(err) },
			ReadyToTrip: func(c gobreaker.Counts) bool {
				return c.ConsecutiveFailures >= breakerFailures || c.Requests >= breakerRequests && c.TotalFailures*2 >= c.Requests
			},
			OnStateChange: func(name string, from, to gobreaker.State) {
				slog.Warn("provider_circuit_changed", "provider", name, "from", from.String(), "to", to.String())
			},
		}),
	}, nil
}

// Stream implements [Provider]. Only this method retries, and only before it has yielded the first chunk.
func (c *Client) Stream(ctx context.Context, r Request) iter.Seq2[Chunk, error] {
	return func(yield func(Chunk, error) bool) {
		body, input, err := c.prepare(r)
		if err != nil {
			yield(Chunk{}, err)
			return
		}
		limit := c.config.TotalTimeout
		ctx, cancel := context.WithTimeoutCause(ctx, limit, c.timeout("the reply took longer than %s", limit))
		defer cancel()
		out := &consumer{yield: yield, input: input}
		for try := 1; ; try++ {
			err := c.try(ctx, body, out)
			if err == nil || out.stopped {
				return
			}
			wait, retry := c.retryWait(try, err, jitter())
			retry = retry && c.breaker.State() != gobreaker.StateOpen
			if out.started || !retry {
				yield(Chunk{}, err)
				return
			}
			slog.WarnContext(ctx, "provider_try_failed", failureAttr(err), slog.Int("try", try), slog.Duration("wait", wait))
			if sleep.For(ctx, wait) != nil {
				yield(Chunk{}, context.Cause(ctx))
				return
			}
		}
	}
}

// consumer is the loop that ranges over the chunks.
type consumer struct {
	yield   func(Chunk, error) bool
	onStart func() // called before the first chunk
	started bool   // a chunk was yielded
	stopped bool   // the loop has ended; yield must not be called again
	input   int    // estimated tokens of the request
}

// send yields a chunk and reports whether the loop goes on.
func (c *consumer) send(chunk Chunk) bool {
	if !c.started {
		c.started = true
		c.onStart()
	}
	c.stopped = !c.yield(chunk, nil)
	return !c.stopped
}

// try sends the request once, unless the circuit is open.
func (c *Client) try(ctx context.Context, body []byte, out *consumer) error {
	done, err := c.breaker.Allow()
	if err != nil {
		return c.failure(ErrUnavailable, "no request is sent for up to %s after many failures", c.config.BreakerPause)
	}
	reported := false
	report := func(err error) {
		if !reported {
			reported = true
			done(err)
		}
	}
	defer report(context.Canceled) // after a panic: an unreported test request would keep the circuit half-open for ever
	// The first chunk counts as a success at once: a test request in the half-open state must not block all others for as long as its
	// reply lasts.
	out.onStart = func() { report(nil) }
	err = c.exchange(ctx, body, out)
	switch {
	case !out.started:
		report(err)
	case err != nil && isOutage(err):
		if report, openErr := c.breaker.Allow(); openErr == nil {
			report(err)
		}
	}
	return err
}

// prepare checks the request and returns its body and the estimated number of its tokens.
func (c *Client) prepare(r Request) (body []byte, tokens int, err error) {
	if err := validate(r); err != nil {
		return nil, 0, c.failure(ErrBadRequest, "%v", err)
	}
	r.Tools = slices.Clone(r.Tools)
	slices.SortFunc(r.Tools, func(a, b Tool) int { return strings.Compare(a.Name, b.Name) })
	tokens = EstimateRequest(r)
	if limit := c.config.ContextTokens; limit > 0 && tokens+r.MaxTokens > limit {
		return nil, 0, c.failure(
			ErrContextTooLong,
			"the request has about %d tokens and keeps %d for the reply; the context window of %s has %d",
			tokens, r.MaxTokens, c.config.Model, limit,
		)
	}
	body, err = c.format.encode(c.config, r)
	if err != nil {
		return nil, 0, c.failure(ErrBadRequest, "encode the request: %v", err)
	}
	return body, tokens, nil
}

var toolName = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,64}$`)

// validate returns an error for requests that every provider refuses.
func validate(r Request) error {
	var errs []error
	if r.MaxTokens < 1 {
		errs = append(errs, errors.New("MaxTokens must be positive"))
	}
	if lastOf(r.Messages, RoleUser) < 0 {
		errs = append(errs, errors.New("there is no message of the user"))
	}
	names := map[string]bool{}
	for _, tool := range r.Tools {
		var object map[string]json.RawMessage
		switch {
		case !toolName.MatchString(tool.Name):
			errs = append(errs, fmt.Errorf("the tool name %q has other characters than letters, digits, _ and -", tool.Name))
		case names[tool.Name]:
			errs = append(errs, fmt.Errorf("there are two tools %s", tool.Name))
		case json.Unmarshal(tool.Schema, &object) != nil:
			errs = append(errs, fmt.Errorf("the schema of the tool %s is not a JSON object", tool.Name))
		}
		names[tool.Name] = true
	}
	for i, m := range r.Messages {
		switch {
		case m.Role == RoleUser && m.Text == "":
			errs = append(errs, fmt.Errorf("message %d has no text", i))
		case m.Role == RoleTool && m.ToolCallID == "":
			errs = append(errs, fmt.Errorf("message %d is the result of no tool call", i))
		}
		if !slices.Contains([]Role{RoleUser, RoleAssistant, RoleTool}, m.Role) {
			errs = append(errs, fmt.Errorf("message %d has the unknown role %q", i, m.Role))
		}
	}
	return errors.Join(errs...)
}

// lastOf returns the position of the last message with this role, -1 when there is none.
func lastOf(messages []Message, role Role) int {
	for i, m := range slices.Backward(messages) {
		if m.Role == role {
			return i
		}
	}
	return -1
}

// withContext returns the text of the last message of the user behind the context.
func withContext(r Request, text string) string {
	if r.Context == "" {
		return text
	}
	return r.Context + "\n\n" + text
}

// marshal returns JSON that is readable for a model: < and & are not escaped.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// argumentsObject returns the arguments of a call as a JSON object. Providers refuse a request whose history has anything else, so what
// the model wrote wrong is wrapped.
func argumentsObject(arguments string) json.RawMessage {
	if strings.TrimSpace(arguments) == "" {
		return json.RawMessage(`{}`)
	}
	var object map[string]json.RawMessage
	if json.Unmarshal([]byte(arguments), &object) == nil && object != nil {
		return json.RawMessage(arguments)
	}
	wrapped, err := marshal(map[string]string{"invalid_json": arguments})
	if err != nil { // a string always has a JSON form
		return json.RawMessage(`{}`)
	}
	return wrapped
}

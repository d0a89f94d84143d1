package llm

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"time"
)

const (
	// maxOutput in bytes of one reply is eight times what 32 000 tokens take.
	maxOutput = 1 << 20
	// maxCalls in one reply: more are a model that repeats itself.
	maxCalls = 64
	// maxErrorBody in bytes of a response that is an error.
	maxErrorBody = 64 << 10
	// endTimeout is how long we wait for the usage and the end of the response, once the provider has said how the reply ended.
	endTimeout = 5 * time.Second
	// drainTimeout is how long we wait for the end of the response after its last event, so that the connection can be used again.
	drainTimeout = 200 * time.Millisecond

	userAgent = "ultimate-coach-api"
)

// progress is what is known of a response so far.
type progress struct {
	model        string
	reason       string // the provider's word for how the reply ended; empty until it says so
	complete     bool   // the provider said how the reply ended
	noMoreEvents bool
	hasOutput    bool   // output, or thinking, was received
	usage        *Usage // nil until the provider sent it
	output       tokenCounter
	size         int // bytes of output and thinking
	calls        int
	refused      bool // the model refused in its own words
	native       *Native
}

// exchange sends the request and yields what comes back.
func (c *Client) exchange(parent context.Context, body []byte, out *consumer) error {
	ctx, cancel := context.WithCancelCause(parent)
	defer cancel(nil)
	first := c.config.FirstTimeout
	timer := newIdleTimer(cancel, first, c.timeout("no output within %s", first))
	defer timer.stop()
	response, err := c.send(ctx, body)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	decoder := c.format.newDecoder(c)
	err = c.read(ctx, response, decoder, timer, out)
	if out.stopped || err != nil && !out.started {
		return err
	}
	p := decoder.progress()
	timer.stop()
	if !out.send(Chunk{Usage: c.usage(p, out.input)}) || err != nil {
		return err
	}
	if out.send(Chunk{End: c.end(p, response)}) && p.noMoreEvents {
		timer.start(drainTimeout, nil)
		_, _ = io.CopyN(io.Discard, response.Body, maxErrorBody) // a response that was not read to its end costs the connection
	}
	return nil
}

// send returns a response with status 200, or an error.
func (c *Client) send(ctx context.Context, body []byte) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.config.BaseURL+c.format.path(), bytes.NewReader(body))
	if err != nil {
		return nil, c.failure(ErrBadRequest, "%v", err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "text/event-stream")
	request.Header.Set("User-Agent", userAgent)
	if key := c.config.Key.Reveal(); key != "" {
		c.format.authorize(request.Header, key)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, c.connectionError(ctx, ErrFailed, err)
	}
	if response.StatusCode == http.StatusOK {
		return response, nil
	}
	defer response.Body.Close()
	explanation, err := io.ReadAll(io.LimitReader(response.Body, maxErrorBody))
	if err != nil && ctx.Err() != nil {
		return nil, c.connectionError(ctx, ErrFailed, err)
	}
	return nil, c.responseError(response, explanation, time.Now())
}

// connectionError returns the error of a failed connection: the reason of ctx's end, when that is what broke it.
func (c *Client) connectionError(ctx context.Context, code Code, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	failure := c.failure(code, "")
	failure.cause = err
	return failure
}

// read yields the chunks of a response. It returns nil when the reply is complete.
func (c *Client) read(ctx context.Context, response *http.Response, decoder decoder, timer *idleTimer, out *consumer) error {
	kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	next := newEventReader(response.Body).next
	switch kind {
	case "application/json": // an error with status 200, or a server that cannot stream
		next = wholeBody(response.Body)
	case "text/html":
		return c.failure(ErrMalformed, "the response is a web page; is the base URL right?")
	}
	p := decoder.progress()
	idle := c.config.IdleTimeout
	silent := c.timeout("no event for %s in the middle of the reply", idle)
	for !p.noMoreEvents {
		wasComplete := p.complete
		event, err := next()
		if err != nil {
			return c.readError(ctx, p, err)
		}
		timer.stop()
		if event != nil {
			if err := c.yieldEvent(event, decoder, out); err != nil || out.stopped {
				return err
			}
		}
		switch {
		case p.complete && !wasComplete:
			timer.start(min(idle, endTimeout), errComplete)
		case p.complete:
			timer.resume()
		case p.hasOutput:
			timer.start(idle, silent)
		default:
			timer.resume()
		}
	}
	return nil
}

// errComplete cancels the request of a complete reply whose connection stays open.
var errComplete = errors.New("the reply is complete")

// readError returns the error of a response that cannot be read on, nil when the reply is complete all the same.
func (c *Client) readError(ctx context.Context, p *progress, err error) error {
	switch {
	case p.complete:
		return nil
	case errors.Is(err, errTooLong):
		return c.failure(ErrMalformed, "a line, an event or the response is %v", err)
	case errors.Is(err, io.EOF):
		return c.connectionError(ctx, ErrCut, fmt.Errorf("the response ended before the reply did: %w", io.ErrUnexpectedEOF))
	default:
		return c.connectionError(ctx, ErrCut, err)
	}
}

// yieldEvent decodes one event and yields its chunks.
func (c *Client) yieldEvent(event []byte, decoder decoder, out *consumer) error {
	chunks, err := decoder.decode(event)
	p := decoder.progress()
	for _, chunk := range chunks {
		p.output.add(chunk.Text)
		if call := chunk.ToolCall; call != nil {
			p.output.add(call.Arguments)
		}
		if !out.send(chunk) {
			return nil
		}
	}
	switch {
	case err != nil:
		return err
	case p.size > maxOutput:
		return c.failure(ErrOutputTooLarge, "the reply has more than %d bytes", maxOutput)
	case p.calls > maxCalls:
		return c.failure(ErrOutputTooLarge, "the reply has more than %d tool calls", maxCalls)
	}
	return nil
}

// wholeBody returns a function that returns the body as one event, then io.EOF.
func wholeBody(body io.Reader) func() ([]byte, error) {
	return func() ([]byte, error) {
		all, err := io.ReadAll(io.LimitReader(body, maxEvent+1))
		switch {
		case err != nil:
			return nil, err
		case len(all) > maxEvent:
			return nil, errTooLong
		case len(all) == 0:
			return nil, io.EOF
		}
		return all, nil
	}
}

// usage returns what the provider counted, or an estimate.
func (c *Client) usage(p *progress, input int) *Usage {
	u := p.usage
	if u == nil || *u == (Usage{}) || !p.complete {
		// A provider counts the output last, so what it said before a cut is too low.
		estimate := &Usage{Input: input, Output: p.output.tokens(), Estimated: true}
		if u != nil {
			estimate.Input, estimate.Cached, estimate.CacheWrite = u.Input, u.Cached, u.CacheWrite
			estimate.Output = max(estimate.Output, u.Output)
		}
		u = estimate
	}
	u.Cost = c.config.Prices.cost(*u)
	return u
}

func (c *Client) end(p *progress, response *http.Response) *End {
	e := &End{
		Reason: ReasonOther, ProviderReason: p.reason, Provider: c.config.Name, Model: p.model,
		RequestID: requestID(response.Header), Native: p.native,
	}
	if reason, ok := reasons[p.reason]; ok {
		e.Reason = reason
	}
	switch {
	case e.Reason == ReasonStop && p.calls > 0: // Ollama says "stop" beside tool calls
		e.Reason = ReasonToolCalls
	case e.Reason == ReasonStop && p.refused:
		e.Reason = ReasonFiltered
	case e.Reason == ReasonToolCalls && p.calls == 0:
		e.Reason = ReasonOther
	}
	if e.Model == "" {
		e.Model = c.config.Model
	}
	return e
}

// idleTimer cancels a request when the provider is silent for too long. The time in which our own side is busy does not count.
type idleTimer struct {
	cancel context.CancelCauseFunc
	timer  *time.Timer
	err    error // the reason of the cancellation
	end    time.Time
}

func newIdleTimer(cancel context.CancelCauseFunc, limit time.Duration, err error) *idleTimer {
	s := &idleTimer{cancel: cancel}
	s.start(limit, err)
	return s
}

// start begins a new limit.
func (s *idleTimer) start(limit time.Duration, err error) {
	s.end = time.Now().Add(limit)
	if s.timer != nil && errors.Is(s.err, err) {
		s.timer.Reset(limit)
		return
	}
	if s.timer != nil {
		s.timer.Stop()
	}
	s.err = err
	s.timer = time.AfterFunc(limit, func() { s.cancel(err) })
}

// resume goes on with the limit that was stopped.
func (s *idleTimer) resume() { s.timer.Reset(max(time.Until(s.end), 0)) }

func (s *idleTimer) stop() { s.timer.Stop() }

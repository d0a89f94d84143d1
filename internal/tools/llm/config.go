package llm

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/ultimatecoach/api/internal/tools/config"
)

// Format is a wire format.
type Format string

// Wire formats.
const (
	ChatCompletions   Format = "chat_completions"
	AnthropicMessages Format = "anthropic_messages"
)

// Config describes one provider.
type Config struct {
	// Name is for logs, errors and stored messages; unique among the providers.
	Name   string
	Format Format
	// BaseURL includes the version: https://api.openai.com/v1, https://api.anthropic.com/v1, http://localhost:11434/v1.
	BaseURL string
	Model   string
	// Key may be empty for local servers.
	Key config.Secret
	// Prices may be nil; then a Usage has no Cost.
	Prices *Prices
	// ContextTokens is the size of the model's context window; 0 means unknown. Set it for Ollama, to its num_ctx: it cuts long requests
	// without saying so.
	ContextTokens int
	// OpenAIFields sends fields that only OpenAI is known to accept: prompt_cache_key, max_completion_tokens, include_obfuscation.
	// It is implied by the address of OpenAI.
	OpenAIFields bool

	// FirstTimeout is how long a try may take to its first output; DefaultFirstTimeout when 0.
	FirstTimeout time.Duration
	// IdleTimeout is the longest silence after the first output; DefaultIdleTimeout when 0.
	IdleTimeout time.Duration
	// TotalTimeout limits a reply with all its tries; DefaultTotalTimeout when 0.
	TotalTimeout time.Duration
	// Tries is how often a request is sent before its first output; DefaultTries when 0.
	Tries int
	// RetryWait is the mean wait before the second try; it doubles for each further one. DefaultRetryWait when 0.
	RetryWait time.Duration
	// BreakerPause is how long no request is sent after many failures; DefaultBreakerPause when 0.
	BreakerPause time.Duration
}

// Defaults of Config.
const (
	DefaultFirstTimeout = time.Minute      // a local server may have to load its model first
	DefaultIdleTimeout  = 30 * time.Second // Anthropic sends a ping, OpenRouter a comment, at least every 15 s
	DefaultTotalTimeout = 5 * time.Minute  // 8 000 tokens at 30 a second
	DefaultTries        = 3
	DefaultRetryWait    = 500 * time.Millisecond
	DefaultBreakerPause = 30 * time.Second
)

// withDefaults returns the config with a value for each limit.
func (c Config) withDefaults() Config {
	c.BaseURL = strings.TrimRight(c.BaseURL, "/")
	if u, err := url.Parse(c.BaseURL); err == nil && u.Hostname() == "api.openai.com" {
		c.OpenAIFields = true
	}
	for _, d := range []struct {
		value        *time.Duration
		defaultValue time.Duration
	}{
		{&c.FirstTimeout, DefaultFirstTimeout},
		{&c.IdleTimeout, DefaultIdleTimeout},
		{&c.TotalTimeout, DefaultTotalTimeout},
		{&c.RetryWait, DefaultRetryWait},
		{&c.BreakerPause, DefaultBreakerPause},
	} {
		if *d.value == 0 {
			*d.value = d.defaultValue
		}
	}
	if c.Tries == 0 {
		c.Tries = DefaultTries
	}
	return c
}

// Check returns an error with one line for each missing or wrong value.
func (c Config) Check() error {
	var errs []error
	refuse := func(when bool, format string, args ...any) {
		if when {
			errs = append(errs, fmt.Errorf("provider %q: "+format, append([]any{c.Name}, args...)...))
		}
	}
	refuse(c.Name == "", "the name is missing")
	_, known := formats[c.Format]
	refuse(!known, "the format must be %s or %s, not %q", ChatCompletions, AnthropicMessages, c.Format)
	u, err := url.Parse(c.BaseURL)
	invalid := err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == ""
	refuse(invalid, "the base URL is not an address such as https://api.openai.com/v1")
	refuse(!invalid && u.User != nil, "the base URL must not contain a password")
	refuse(c.Model == "", "the model is missing")
	refuse(!headerValue.MatchString(c.Key.Reveal()), "the key has characters that no header can carry")
	refuse(c.ContextTokens < 0, "the context window must not be negative")
	refuse(c.Tries < 0, "the tries must not be negative")
	return errors.Join(errs...)
}

var headerValue = regexp.MustCompile(`^[\x21-\x7e]*$`)

// Prices are in dollars per million tokens.
type Prices struct {
	Input, Cached, Output float64
	// CacheWrite is the price of input that the provider stores in its cache; 0 means the price of Input.
	CacheWrite float64
}

// UnmarshalText reads "input/cached/output" or "input/cached/output/cache write" in dollars per million tokens: "3/0.30/15/3.75".
func (p *Prices) UnmarshalText(text []byte) error {
	parts := strings.Split(string(text), "/")
	if len(parts) != 3 && len(parts) != 4 {
		return fmt.Errorf("prices %q: must be input/cached/output in dollars per million tokens, such as 3/0.30/15", text)
	}
	var values [4]float64
	for i, part := range parts {
		v, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || !(v >= 0 && v <= maxPrice) {
			return fmt.Errorf("prices %q: %q is not a price from 0 to %d dollars", text, part, maxPrice)
		}
		values[i] = v
	}
	*p = Prices{Input: values[0], Cached: values[1], Output: values[2], CacheWrite: values[3]}
	return nil
}

// maxPrice in dollars per million tokens is ten times that of the most expensive model of 2026, and keeps costs within int64.
const maxPrice = 10_000

// cost returns the cost of the tokens in billionths of a dollar, nil without prices.
func (p *Prices) cost(u Usage) *int64 {
	if p == nil {
		return nil
	}
	write := p.CacheWrite
	if write == 0 {
		write = p.Input
	}
	dollarsTimesMillion := float64(u.Input)*p.Input + float64(u.Cached)*p.Cached + float64(u.CacheWrite)*write + float64(u.Output)*p.Output
	cost := int64(dollarsTimesMillion*1000 + 0.5)
	return &cost
}

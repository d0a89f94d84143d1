package embed

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-retryablehttp"

	"github.com/ultimatecoach/api/internal/tools/config"
)

// EndpointConfig describes a server with OpenAI's embeddings protocol.
type EndpointConfig struct {
	// BaseURL includes the version: https://api.openai.com/v1, http://localhost:11434/v1.
	BaseURL string
	Model   string
	// Key may be empty for local servers.
	Key config.Secret
	// Timeout is for one try; DefaultTimeout when 0.
	Timeout time.Duration
	// RetryWait is the wait before the second try; it doubles for each further one. DefaultRetryWait when 0.
	RetryWait time.Duration
}

// Defaults of EndpointConfig.
const (
	DefaultTimeout   = 20 * time.Second // a local server may have to load its model first
	DefaultRetryWait = 500 * time.Millisecond
)

const (
	// batchSize is how many texts one request has. OpenAI takes 2 048, small servers less.
	batchSize = 64
	maxTries  = 3
	// maxRetryWait is the longest wait that a server may ask for. Jobs come again anyway, and a reply does not wait longer.
	maxRetryWait = 10 * time.Second
	// maxResponse in bytes: 64 vectors of 4 096 values of 25 characters, twice.
	maxResponse = 16 << 20
	// maxDimensions is what pgvector can store.
	maxDimensions = 16000
)

// endpointFloor is low because models differ: text-embedding-3 gives unrelated texts about 0.1.
const endpointFloor = 0.2

// Endpoint makes vectors with a server. Use [NewEndpoint].
type Endpoint struct {
	config     EndpointConfig
	http       *retryablehttp.Client
	dimensions atomic.Int64
}

// NewEndpoint returns an embedder. It does not use the network.
func NewEndpoint(c EndpointConfig) (*Endpoint, error) {
	u, err := url.Parse(c.BaseURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("embeddings: %q is not an address such as https://api.openai.com/v1", c.BaseURL)
	}
	if c.Model == "" {
		return nil, errors.New("embeddings: the model is missing")
	}
	c.BaseURL = strings.TrimRight(c.BaseURL, "/")
	if c.Timeout == 0 {
		c.Timeout = DefaultTimeout
	}
	if c.RetryWait == 0 {
		c.RetryWait = DefaultRetryWait
	}
	client := retryablehttp.NewClient()
	client.Logger = nil
	client.RetryMax = maxTries - 1
	client.RetryWaitMin, client.RetryWaitMax = c.RetryWait, maxRetryWait
	client.Backoff = boundedBackoff
	client.ErrorHandler = retryablehttp.PassthroughErrorHandler // the last response says why
	client.HTTPClient.Timeout = c.Timeout
	// A redirect would send the key and what people wrote to another address.
	client.HTTPClient.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Endpoint{config: c, http: client}, nil
}

// boundedBackoff waits as long as the server asks, but never longer than most.
func boundedBackoff(least, most time.Duration, attempt int, response *http.Response) time.Duration {
	return min(retryablehttp.DefaultBackoff(least, most, attempt, response), most)
}

// Model implements [Embedder].
func (e *Endpoint) Model() string { return e.config.Model }

// Dimensions implements [Embedder].
func (e *Endpoint) Dimensions() int { return int(e.dimensions.Load()) }

// Floor implements [Embedder].
func (e *Endpoint) Floor() float32 { return endpointFloor }

// Embed implements [Embedder].
func (e *Endpoint) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, 0, len(texts))
	for batch := range slices.Chunk(texts, batchSize) {
		made, err := e.request(ctx, batch)
		if err != nil {
			return nil, fmt.Errorf("embed %d texts with %s: %w", len(texts), e.config.Model, err)
		}
		vectors = append(vectors, made...)
	}
	return vectors, nil
}

func (e *Endpoint) request(ctx context.Context, texts []string) ([][]float32, error) {
	input := make([]string, len(texts))
	for i, text := range texts {
		input[i] = inputOf(text)
	}
	body, err := json.Marshal(map[string]any{"model": e.config.Model, "input": input, "encoding_format": "float"})
	if err != nil {
		return nil, err
	}
	r, err := retryablehttp.NewRequestWithContext(ctx, http.MethodPost, e.config.BaseURL+"/embeddings", body)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	if key := e.config.Key.Reveal(); key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	response, err := e.http.Do(r)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(io.LimitReader(response.Body, maxResponse))
	if err != nil {
		return nil, fmt.Errorf("read the response: %w", err)
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %d: %s", response.StatusCode, e.shorten(content))
	}
	return e.read(content, len(texts))
}

// inputOf returns what is sent of a text: servers refuse an empty one.
func inputOf(text string) string {
	if strings.TrimSpace(text) == "" {
		return "-"
	}
	return beginning(text)
}

// read returns the vectors of a response in the order of the texts.
func (e *Endpoint) read(content []byte, wanted int) ([][]float32, error) {
	var response struct {
		Data []struct {
			Index     *int      `json:"index"`
			Embedding []float32 `json:"embedding"`
		} `json:"data"`
	}
	if err := json.Unmarshal(content, &response); err != nil {
		return nil, fmt.Errorf("read the response: %w", err)
	}
	if len(response.Data) != wanted {
		return nil, fmt.Errorf("the response has %d vectors for %d texts", len(response.Data), wanted)
	}
	vectors := make([][]float32, wanted)
	for i, d := range response.Data {
		at := i
		if d.Index != nil {
			at = *d.Index
		}
		if at < 0 || at >= wanted || vectors[at] != nil {
			return nil, fmt.Errorf("the response has no vector of its own for each text: index %d", at)
		}
		if err := e.checkDimensions(len(d.Embedding)); err != nil {
			return nil, err
		}
		if !normalize(d.Embedding) {
			return nil, fmt.Errorf("vector %d has no direction", at)
		}
		vectors[at] = d.Embedding
	}
	return vectors, nil
}

// checkDimensions lets the first vector decide: a server that later returns other ones has another model under the same name.
func (e *Endpoint) checkDimensions(n int) error {
	if n < 1 || n > maxDimensions {
		return fmt.Errorf("a vector has %d values; it must have 1 to %d", n, maxDimensions)
	}
	e.dimensions.CompareAndSwap(0, int64(n))
	if first := e.Dimensions(); n != first {
		return fmt.Errorf("a vector has %d values; those before had %d", n, first)
	}
	return nil
}

// maxMessage in bytes is enough for every message that says what was wrong.
const maxMessage = 300

// shorten shortens a message and hides our key, which some providers quote.
func (e *Endpoint) shorten(message []byte) string {
	if key := e.config.Key.Reveal(); key != "" {
		message = bytes.ReplaceAll(message, []byte(key), []byte("***"))
	}
	return strings.ToValidUTF8(string(message[:min(len(message), maxMessage)]), "")
}

// normalize gives a vector the length 1. It reports false for one that has none.
func normalize(v []float32) bool {
	sum := 0.0
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if !(sum > 0) || math.IsInf(sum, 0) { // NaN as well
		return false
	}
	scale := float32(1 / math.Sqrt(sum))
	for i := range v {
		v[i] *= scale
	}
	return true
}

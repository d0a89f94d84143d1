package room

import (
	"time"

	"github.com/ultimatecoach/api/internal/tools/llm"
)

// Coach says who makes the coach's replies, and how much one person may use. The zero value is the coach without a language model.
type Coach struct {
	// Provider is nil when there is no language model. Name and Model are those of the provider that is used first.
	Provider    llm.Provider
	Name, Model string
	// ContextTokens is the size of the smallest context window; 0 means unknown.
	ContextTokens int
	// Local lets the local coach reply when the provider fails before its first output.
	Local bool
	// LocalPause is the time between two words of the local coach; 0 says everything at once.
	LocalPause time.Duration
	// DailyTokens and DailyUSD limit the use of one person in a day, UTC; 0 means no limit.
	DailyTokens int
	DailyUSD    float64
}

// NewCoach returns a coach that uses the providers in their order.
func NewCoach(providers ...llm.Config) (Coach, error) {
	if len(providers) == 0 {
		return Coach{Local: true}, nil
	}
	chain, err := llm.New(providers...)
	if err != nil {
		return Coach{}, err
	}
	c := Coach{Provider: chain, Name: providers[0].Name, Model: providers[0].Model}
	for _, p := range providers {
		if p.ContextTokens > 0 && (c.ContextTokens == 0 || p.ContextTokens < c.ContextTokens) {
			c.ContextTokens = p.ContextTokens
		}
	}
	return c, nil
}

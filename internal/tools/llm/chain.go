package llm

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
)

// New returns the first provider, which uses the next ones when it fails before its first output. It does not use the network.
func New(configs ...Config) (Provider, error) {
	var chain Chain
	var errs []error
	names := map[string]bool{}
	for _, config := range configs {
		client, err := NewClient(config)
		if names[config.Name] {
			err = errors.Join(err, fmt.Errorf("provider %q: there are two of this name", config.Name))
		}
		names[config.Name] = true
		errs = append(errs, err)
		chain = append(chain, client)
	}
	if len(configs) == 0 {
		errs = append(errs, errors.New("there is no provider"))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return chain, nil
}

// Chain is a list of providers, the preferred one first. It does not retry: each provider does.
type Chain []Provider

// Stream implements [Provider]. When all providers fail, the error holds the errors of all of them, the first provider's first.
func (c Chain) Stream(ctx context.Context, r Request) iter.Seq2[Chunk, error] {
	return func(yield func(Chunk, error) bool) {
		var errs []error
		for i, provider := range c {
			started := false
			for chunk, err := range provider.Stream(ctx, r) {
				if err == nil {
					started = true
					if !yield(chunk, nil) {
						return
					}
					continue
				}
				errs = append(errs, err)
				if started || i == len(c)-1 || ctx.Err() != nil || !nextMayHelp(err) {
					yield(Chunk{}, errors.Join(errs...))
					return
				}
				slog.WarnContext(ctx, "provider_replaced", failureAttr(err))
			}
			if started {
				return
			}
		}
	}
}

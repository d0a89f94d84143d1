package config

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/caarlos0/env/v11"
)

// LocalProvider is the name of the coach that needs no language model and no network.
const LocalProvider = "local"

// CoachProvider holds the settings of one provider of language models. NAME in the name of a setting is the provider's name in
// COACH_PROVIDERS, in capital letters.
type CoachProvider struct {
	Name          string `env:"-"`
	Format        string `env:"FORMAT" doc:"chat_completions (OpenAI, OpenRouter, vLLM, Ollama and others) or anthropic_messages"`
	BaseURL       string `env:"BASE_URL" doc:"address of the provider with the version, such as https://api.openai.com/v1"`
	Model         string `env:"MODEL" doc:"the model"`
	Key           Secret `env:"KEY" doc:"the key; a server on your own machine may need none"`
	Prices        string `env:"PRICES" doc:"US dollars a million tokens: input/cached/output, or input/cached/output/cache write, such as 3/0.30/15/3.75; without it no costs are known"`
	ContextTokens int    `env:"CONTEXT_TOKENS" envDefault:"0" doc:"size of the model's context window; 0 is unknown. Set it for Ollama, which cuts long requests without saying so"`
}

// providerPrefix returns how the names of a provider's settings begin.
func providerPrefix(name string) string { return "COACH_" + strings.ToUpper(name) + "_" }

// parseProviders reads the settings of the named providers.
func parseProviders(names []string, o env.Options) ([]CoachProvider, error) {
	var out []CoachProvider
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
		if names[i] == LocalProvider || !providerName.MatchString(names[i]) {
			continue // Check refuses a wrong name
		}
		o.Prefix = providerPrefix(names[i])
		p, err := env.ParseAsWithOptions[CoachProvider](o)
		if err != nil {
			return nil, fmt.Errorf("%sCONTEXT_TOKENS: must be a whole number", o.Prefix) // the only setting that is not a text
		}
		p.Name = names[i]
		out = append(out, p)
	}
	return out, nil
}

// providerName leaves out hyphens, which the name of a setting cannot have.
var providerName = regexp.MustCompile(`^[a-z][a-z0-9]{0,31}$`)

func (c Config) checkProviders() (errs []error) {
	refuse := func(when bool, format string, args ...any) {
		if when {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	refuse(len(c.CoachProviders) == 0, "COACH_PROVIDERS: must name at least one, such as local")
	for i, name := range c.CoachProviders {
		refuse(!providerName.MatchString(name), "COACH_PROVIDERS: %q must be small letters and digits", name)
		refuse(slices.Contains(c.CoachProviders[:i], name), "COACH_PROVIDERS: %q is there twice", name)
		refuse(name == LocalProvider && i < len(c.CoachProviders)-1, "COACH_PROVIDERS: local must be the last one, since it never fails")
	}
	for _, p := range c.Providers {
		prefix := providerPrefix(p.Name)
		refuse(p.Model == "", "%sMODEL: must be set", prefix)
		known := slices.Contains([]string{"chat_completions", "anthropic_messages"}, p.Format)
		refuse(!known, "%sFORMAT: must be chat_completions or anthropic_messages, not %q", prefix, p.Format)
		u, err := url.Parse(p.BaseURL)
		invalid := err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == ""
		refuse(invalid, "%sBASE_URL: %q is not an address such as https://api.openai.com/v1", prefix, p.BaseURL)
		refuse(
			!invalid && c.IsProduction() && u.Scheme != "https" && !isLoopback(p.BaseURL),
			"%sBASE_URL: production uses https only", prefix,
		)
		refuse(p.ContextTokens < 0, "%sCONTEXT_TOKENS: must be 0 or more", prefix)
	}
	return errs
}

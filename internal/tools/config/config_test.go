package config

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/caarlos0/env/v11"
	"github.com/stretchr/testify/require"
)

// setting is a field of Config as docs/settings.md lists it.
type setting struct{ name, def, doc string }

func settings() []setting { return settingsOf[Config]("") }

// providerSettings are those of one provider of language models.
func providerSettings() []setting { return settingsOf[CoachProvider]("COACH_NAME_") }

func settingsOf[T any](prefix string) (out []setting) {
	for field := range reflect.TypeFor[T]().Fields() {
		if name := field.Tag.Get("env"); name != "-" {
			out = append(out, setting{prefix + name, field.Tag.Get("envDefault"), field.Tag.Get("doc")})
		}
	}
	return out
}

func TestSettingsPage_ListsEverySetting(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../../docs/settings.md")
	require.NoError(t, err)
	for _, settings := range [][]setting{settings(), providerSettings()} {
		var table strings.Builder
		for _, s := range settings {
			def := "–"
			if s.def != "" {
				def = "`" + s.def + "`"
			}
			fmt.Fprintf(&table, "| `%s` | %s | %s |\n", s.name, def, s.doc)
		}
		require.Contains(t, string(page), table.String(), "the table of settings should be:\n%s", table.String())
	}
}

func TestEnvExample_ListsEverySetting(t *testing.T) {
	t.Parallel()
	example, err := os.ReadFile("../../../.env.example")
	require.NoError(t, err)
	for _, s := range append(settings(), providerSettings()...) {
		require.Contains(t, string(example), "#"+s.name+"="+s.def+"\n")
	}
}

// safe returns a production environment that Check accepts.
func safe() map[string]string {
	return map[string]string{
		"ENVIRONMENT": "production", "DATABASE_URL": "postgres://app:x@db/x", "SUPABASE_URL": "https://x.supabase.example",
		"SUPABASE_ANON_KEY": "a", "SUPABASE_SERVICE_ROLE_KEY": "s", "CORS_ORIGINS": "https://app.example.com",
		"CURSOR_SECRET": "0123456789abcdef0123456789abcdef",
	}
}

func TestCheck_SafeSettings_ReturnsNil(t *testing.T) {
	t.Parallel()
	c, err := parse(env.Options{Environment: map[string]string{}})
	require.NoError(t, err)
	require.NoError(t, c.Check())
	require.False(t, c.IsProduction())

	c, err = parse(env.Options{Environment: safe()})
	require.NoError(t, err)
	require.NoError(t, c.Check())
	require.Equal(t, "https://x.supabase.example/auth/v1", c.SupabaseAuthURL)
	require.Equal(t, c.SupabaseAuthURL, c.JWTIssuer)
}

func TestCheck_UnsafeSetting_ReturnsOneLineForEach(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]string{
		"ENVIRONMENT": "staging", "DEBUG": "true", "DATABASE_URL": "", "SUPABASE_URL": "", "SUPABASE_ANON_KEY": "",
		"SUPABASE_SERVICE_ROLE_KEY": "", "CURSOR_SECRET": "short", "JWT_SECRET": strings.Repeat("secret", 10),
		"CORS_ORIGINS": "http://app.example.com", "DB_POOLER": "maybe", "PORT": "99999", "LOG_LEVEL": "loud",
		"TRUSTED_PROXIES": "10.0.0.1", "RATE_READ": "0", "MAX_IN_FLIGHT": "-1", "WORKERS": "some",
		"OFF_API_URL": "http://off.example", "TOKEN_SECONDS": "60", "PUBLIC_URL": "http://api.example.com",
		"EMBEDDING_BASE_URL": "http://embeddings.example/v1",
		"COACH_PROVIDERS":    "Open-AI", "COACH_DAILY_TOKENS": "-1", "COACH_DAILY_USD": "NaN",
	} {
		environment := safe()
		environment[name], environment["EMBEDDING_MODEL"] = value, "m"
		c, err := parse(env.Options{Environment: environment})
		require.NoError(t, err)
		err = c.Check()
		require.Error(t, err, name)
		lines := strings.Split(err.Error(), "\n")
		require.Len(t, lines, 1, err.Error())
		require.True(t, strings.HasPrefix(lines[0], name+":"), lines[0])
	}
	for _, unsafe := range [][2]string{
		{"LOG_LEVEL", "debug"}, {"LOG_LEVEL", "DEBUG-4"},
		{"PUBLIC_URL", "https://api.example.com/v1"}, {"PUBLIC_URL", "api.example.com"}, {"PUBLIC_URL", `https://"<script>`},
		{"EMBEDDING_BASE_URL", "embeddings.example"}, {"EMBEDDING_BASE_URL", "ftp://embeddings.example"},
		{"JWT_SECRET", "super-secret-jwt-token-with-at-least-32-characters-long"},
		{"JWT_SECRET", "your-super-secret-jwt-token-with-at-least-32-characters-long"},
	} {
		environment := safe()
		environment[unsafe[0]], environment["EMBEDDING_MODEL"] = unsafe[1], "m"
		c, err := parse(env.Options{Environment: environment})
		require.NoError(t, err)
		err = c.Check()
		require.Error(t, err, unsafe)
		require.True(t, strings.HasPrefix(err.Error(), unsafe[0]+":"), err)
		require.NotContains(t, err.Error(), "\n")
	}
	environment := safe()
	environment["SUPABASE_URL"] = "http://127.0.0.1:9999"
	c, err := parse(env.Options{Environment: environment})
	require.NoError(t, err)
	require.ErrorContains(t, c.Check(), "stand-in")

	environment = safe()
	environment["DB_POOLER"], environment["DATABASE_DIRECT_URL"] = "transaction", "postgres://app:x@db/direct"
	c, err = parse(env.Options{Environment: environment})
	require.NoError(t, err)
	require.NoError(t, c.Check())
	environment["DATABASE_DIRECT_URL"] = environment["DATABASE_URL"]
	c, err = parse(env.Options{Environment: environment})
	require.NoError(t, err)
	require.ErrorContains(t, c.Check(), "DATABASE_DIRECT_URL: ")

	environment = safe()
	for value, missing := range map[string]string{"https://embeddings.example/v1": "EMBEDDING_MODEL: ", "local": "EMBEDDING_FILE: ", "none": "", "": ""} {
		environment["EMBEDDING_BASE_URL"] = value
		c, err = parse(env.Options{Environment: environment})
		require.NoError(t, err)
		if err = c.Check(); missing == "" {
			require.NoError(t, err, value)
		} else {
			require.ErrorContains(t, err, missing)
		}
	}

	environment = safe()
	environment["SUPABASE_URL"], environment["DEBUG"], environment["CURSOR_SECRET"] = "http://x.example", "1", ""
	c, err = parse(env.Options{Environment: environment})
	require.NoError(t, err)
	require.Len(t, strings.Split(c.Check().Error(), "\n"), 3, "all at once")
}

func TestStandinAddress_DependsOnPort(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ port, addr, want string }{
		{"", "", "127.0.0.1:9999"},
		{"8001", "", "127.0.0.1:10000"},
		{"65000", "", "127.0.0.1:63001"},
		{"0", "", "127.0.0.1:0"},
		{"8001", "127.0.0.1:9999", "127.0.0.1:9999"},
	} {
		environment := map[string]string{"STANDIN_ADDR": c.addr}
		if c.port != "" {
			environment["PORT"] = c.port
		}
		parsed, err := parse(env.Options{Environment: environment})
		require.NoError(t, err)
		require.Equal(t, c.want, parsed.StandinAddress(), c.port)
	}
}

func TestCheck_NegativeTokenSeconds_IsRefused(t *testing.T) {
	t.Parallel()
	c, err := parse(env.Options{Environment: map[string]string{"TOKEN_SECONDS": "-1"}})
	require.NoError(t, err)
	require.ErrorContains(t, c.Check(), "TOKEN_SECONDS: ")
}

func TestRead_ValueOfWrongType_IsRefused(t *testing.T) {
	t.Parallel()
	_, err := parse(env.Options{Environment: map[string]string{"PORT": "http", "DEBUG": "perhaps", "DB_MAX_CONNS": "3000000000"}})
	require.EqualError(
		t,
		err,
		"read settings: PORT: must be a whole number\nDEBUG: must be true or false\nDB_MAX_CONNS: must be a whole number",
	)
}

func TestSecret_Printed_IsHidden(t *testing.T) {
	t.Parallel()
	c, err := parse(
		env.Options{Environment: map[string]string{"JWT_SECRET": "swordfish", "DATABASE_URL": "postgres://app:swordfish@x/y"}},
	)
	require.NoError(t, err)
	text, err := c.JWTSecret.MarshalText()
	require.NoError(t, err)
	for _, shown := range []string{fmt.Sprint(c), fmt.Sprintf("%+v", c), fmt.Sprintf("%#v", c), string(text), c.JWTSecret.LogValue().String()} {
		require.NotContains(t, shown, "swordfish")
	}
	require.Equal(t, "swordfish", c.JWTSecret.Reveal())
}

// withProviders returns a production environment with two providers that Check accepts.
func withProviders() map[string]string {
	environment := safe()
	environment["COACH_PROVIDERS"] = "openai, claude,local"
	environment["COACH_OPENAI_FORMAT"], environment["COACH_OPENAI_BASE_URL"] = "chat_completions", "https://api.openai.example/v1"
	environment["COACH_OPENAI_MODEL"], environment["COACH_OPENAI_CONTEXT_TOKENS"] = "gpt", "128000"
	environment["COACH_CLAUDE_FORMAT"], environment["COACH_CLAUDE_BASE_URL"] = "anthropic_messages", "https://api.anthropic.example/v1"
	environment["COACH_CLAUDE_MODEL"], environment["COACH_CLAUDE_KEY"] = "claude", "swordfish"
	return environment
}

func TestRead_TwoProviders_AreReadInTheirOrder(t *testing.T) {
	t.Parallel()
	c, err := parse(env.Options{Environment: withProviders()})
	require.NoError(t, err)
	require.NoError(t, c.Check())
	require.Equal(t, []string{"openai", "claude", "local"}, c.CoachProviders)
	require.Len(t, c.Providers, 2)
	require.Equal(t, "openai", c.Providers[0].Name)
	require.Equal(t, 128000, c.Providers[0].ContextTokens)
	require.Equal(t, "anthropic_messages", c.Providers[1].Format)
	require.Equal(t, "swordfish", c.Providers[1].Key.Reveal())
	require.NotContains(t, fmt.Sprintf("%+v", c), "swordfish")

	c, err = parse(env.Options{Environment: safe()})
	require.NoError(t, err)
	require.Empty(t, c.Providers, "no key, no network")
}

func TestCheck_WrongProvider_NamesItsSetting(t *testing.T) {
	t.Parallel()
	for _, wrong := range [][3]string{
		{"COACH_PROVIDERS", "local,openai,claude", "COACH_PROVIDERS"},
		{"COACH_PROVIDERS", "openai,claude,openai", "COACH_PROVIDERS"},
		{"COACH_PROVIDERS", "openai,claude,a-b", "COACH_PROVIDERS"},
		{"COACH_OPENAI_FORMAT", "responses", "COACH_OPENAI_FORMAT"},
		{"COACH_OPENAI_BASE_URL", "api.openai.example", "COACH_OPENAI_BASE_URL"},
		{"COACH_OPENAI_BASE_URL", "http://api.openai.example/v1", "COACH_OPENAI_BASE_URL"},
		{"COACH_CLAUDE_MODEL", "", "COACH_CLAUDE_MODEL"},
		{"COACH_CLAUDE_CONTEXT_TOKENS", "-1", "COACH_CLAUDE_CONTEXT_TOKENS"},
	} {
		environment := withProviders()
		environment[wrong[0]] = wrong[1]
		c, err := parse(env.Options{Environment: environment})
		require.NoError(t, err)
		err = c.Check()
		require.Error(t, err, wrong)
		require.True(t, strings.HasPrefix(err.Error(), wrong[2]+":"), err)
		require.NotContains(t, err.Error(), "\n", wrong)
	}
	environment := withProviders()
	environment["COACH_OPENAI_CONTEXT_TOKENS"] = "many"
	_, err := parse(env.Options{Environment: environment})
	require.EqualError(t, err, "read settings: COACH_OPENAI_CONTEXT_TOKENS: must be a whole number")
}

// Package config reads and checks the settings from the environment.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math"
	"net"
	"net/netip"
	"net/url"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
	"github.com/joho/godotenv"
)

// Environments.
const (
	Development = "development"
	Production  = "production"
)

// Config holds all settings. The tags are their names, defaults and meanings; a test compares docs/settings.md with them.
type Config struct {
	Environment string `env:"ENVIRONMENT" envDefault:"development" doc:"development or production; production refuses unsafe settings"`
	Host        string `env:"HOST" envDefault:"127.0.0.1" doc:"address to listen on; 0.0.0.0 in a container"`
	Port        int    `env:"PORT" envDefault:"8000" doc:"port to listen on; 0 takes a free one"`
	DataDir     string `env:"DATA_DIR" envDefault:".data" doc:"folder of the embedded Postgres and the stand-in's keys; development only"`
	Debug       bool   `env:"DEBUG" envDefault:"false" doc:"log at debug level"`
	LogLevel    string `env:"LOG_LEVEL" envDefault:"info" doc:"debug, info, warn or error"`

	DatabaseURL      Secret `env:"DATABASE_URL" doc:"Postgres as the role app; in development also as the owner of one on this machine, and an embedded one when empty"`
	DatabaseOwnerURL Secret `env:"DATABASE_OWNER_URL" doc:"Postgres as the owner of the schema, for api migrate, api foods, and make run, which migrates as well"`
	DBPooler         string `env:"DB_POOLER" envDefault:"none" doc:"none, session or transaction: what stands before Postgres"`
	DBMaxConns       int32  `env:"DB_MAX_CONNS" envDefault:"16" doc:"connections in the pool of one process"`

	Workers           string `env:"WORKERS" envDefault:"on" doc:"on or off: whether api serve works background jobs too; api work always does"`
	DatabaseDirectURL Secret `env:"DATABASE_DIRECT_URL" doc:"Postgres as the role app past a transaction pooler, so that workers are told of jobs; they look every 5 s when empty"`

	SupabaseURL            string `env:"SUPABASE_URL" doc:"the project's address; development starts a stand-in when empty"`
	SupabaseAuthURL        string `env:"SUPABASE_AUTH_URL" doc:"address of Supabase Auth; default SUPABASE_URL/auth/v1"`
	SupabaseAnonKey        Secret `env:"SUPABASE_ANON_KEY" doc:"the project's anon (publishable) key"`
	SupabaseServiceRoleKey Secret `env:"SUPABASE_SERVICE_ROLE_KEY" doc:"the project's service role (secret) key; deleting accounts needs it"`
	JWTSecret              Secret `env:"JWT_SECRET" doc:"set: tokens are HS256 with this secret; empty: tokens are checked by the project's JWKS"`
	JWTIssuer              string `env:"JWT_ISSUER" doc:"the iss of tokens; default SUPABASE_AUTH_URL"`

	PublicURL      string   `env:"PUBLIC_URL" doc:"where clients reach this API, such as https://api.example.com: the server in openapi.json and the address in the docs; empty: relative"`
	SiteURL        string   `env:"SITE_URL" envDefault:"http://localhost:3000" doc:"the frontend; links in mails lead there"`
	CORSOrigins    []string `env:"CORS_ORIGINS" envDefault:"http://localhost:3000,http://localhost:5173" doc:"comma-separated origins of browsers that may call with cookies"`
	TrustedProxies []string `env:"TRUSTED_PROXIES" doc:"comma-separated networks (CIDR) whose X-Forwarded-For is believed"`
	CursorSecret   Secret   `env:"CURSOR_SECRET" doc:"signs page cursors, the same on all replicas; production wants 32 varied characters"`
	SentryDSN      Secret   `env:"SENTRY_DSN" doc:"errors go there when set"`

	OFFAPIURL string `env:"OFF_API_URL" doc:"address of Open Food Facts' API, asked about barcodes that the catalogue does not have; empty asks nobody"`

	EmbeddingBaseURL string          `env:"EMBEDDING_BASE_URL" doc:"a server with OpenAI's embeddings protocol, such as https://api.openai.com/v1, for searching the coach's memory by meaning; local: a model in the process (90 MB of memory), which the guard uses, too; none, or empty: by words alone. make run takes local when empty"`
	EmbeddingModel   string          `env:"EMBEDDING_MODEL" doc:"the model of that server"`
	EmbeddingKey     Secret          `env:"EMBEDDING_KEY" doc:"the key for that server; a server on one's own machine needs none"`
	EmbeddingFile    string          `env:"EMBEDDING_FILE" doc:"the file of the local model; make run downloads it when empty"`
	CoachProviders   []string        `env:"COACH_PROVIDERS" envDefault:"local" doc:"comma-separated names of who makes the coach's replies, each used when the ones before fail; local, the coach without a language model, may be the last"`
	CoachPauseMS     int             `env:"COACH_PAUSE_MS" envDefault:"40" doc:"milliseconds between two words of the coach without a language model, so that its text arrives in pieces; a reply waits for 30 of them at most, 1.2 s; 0 is no pause"`
	CoachDailyTokens int             `env:"COACH_DAILY_TOKENS" envDefault:"0" doc:"tokens of language models that one user may use in a day, UTC; 0 is no limit"`
	CoachDailyUSD    float64         `env:"COACH_DAILY_USD" envDefault:"0" doc:"US dollars that the replies to one user may cost in a day, UTC, where the prices are set; 0 is no limit"`
	Providers        []CoachProvider `env:"-"` // those of CoachProviders, without local

	EmailConfirmation bool   `env:"EMAIL_CONFIRMATION" envDefault:"false" doc:"development: the stand-in asks new addresses to be confirmed"`
	StandinAddr       string `env:"STANDIN_ADDR" doc:"development: where the stand-in for Supabase Auth listens, loopback only; default 127.0.0.1 and the port 1999 above PORT"`
	TokenSeconds      int    `env:"TOKEN_SECONDS" doc:"development: how long the stand-in's access tokens live, to watch a client refresh; 7 days when empty"`

	RateSignIn      int `env:"RATE_SIGN_IN" envDefault:"30" doc:"sign-ins, signups and mails a minute per client address"`
	RateFailed      int `env:"RATE_FAILED_SIGN_INS" envDefault:"10" doc:"failed sign-ins in 15 minutes per account and client address"`
	RateRefresh     int `env:"RATE_REFRESH" envDefault:"120" doc:"refreshes a minute per client address"`
	RateRead        int `env:"RATE_READ" envDefault:"600" doc:"reads a minute per user"`
	RateWrite       int `env:"RATE_WRITE" envDefault:"240" doc:"writes a minute per user"`
	RateCoach       int `env:"RATE_COACH" envDefault:"20" doc:"messages to the coach a minute per user"`
	RatePublic      int `env:"RATE_PUBLIC" envDefault:"600" doc:"other requests a minute per client address"`
	MaxInFlight     int `env:"MAX_IN_FLIGHT" envDefault:"128" doc:"requests at work at once, half of them for one client address, and as many more that wait for sign-in; more are told to come back"`
	MaxAtWork       int `env:"MAX_AT_WORK" envDefault:"0" doc:"how many of the requests at work use the database at the same time; 0 is 6 for each core; more where the database is some milliseconds away"`
	ShutdownSeconds int `env:"SHUTDOWN_SECONDS" envDefault:"25" doc:"how long requests and jobs may finish after a stop was asked for"`
}

// Secret is a setting that prints as ***.
type Secret string

const hidden = "***"

// String hides it from fmt.
func (Secret) String() string { return hidden }

// GoString hides it from %#v.
func (Secret) GoString() string { return hidden }

// LogValue hides it from slog.
func (Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalText hides it from encoders.
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// Reveal returns the value.
func (s Secret) Reveal() string { return string(s) }

// Read reads the settings from the environment. In development it also reads a file .env, for settings that the environment
// does not have. It returns an error for a value of the wrong type; [Config.Check] finds unsafe values.
func Read() (Config, error) {
	if os.Getenv("ENVIRONMENT") != Production {
		if err := godotenv.Load(); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return Config{}, fmt.Errorf("read .env: %w", err)
		}
	}
	return parse(env.Options{})
}

func parse(o env.Options) (Config, error) {
	c, err := env.ParseAsWithOptions[Config](o)
	if err != nil {
		return Config{}, fmt.Errorf("read settings: %w", withNames(err))
	}
	if c.SupabaseAuthURL == "" && c.SupabaseURL != "" {
		c.SupabaseAuthURL = strings.TrimRight(c.SupabaseURL, "/") + "/auth/v1"
	}
	c.SupabaseAuthURL = strings.TrimRight(c.SupabaseAuthURL, "/")
	c.PublicURL = strings.TrimRight(c.PublicURL, "/")
	for i := range c.CORSOrigins {
		c.CORSOrigins[i] = strings.TrimSpace(c.CORSOrigins[i])
	}
	if c.Providers, err = parseProviders(c.CoachProviders, o); err != nil {
		return Config{}, fmt.Errorf("read settings: %w", err)
	}
	if c.JWTIssuer == "" {
		c.JWTIssuer = c.SupabaseAuthURL
	}
	return c, nil
}

// withNames rewrites the errors of the parser to use the names of environment variables.
func withNames(err error) error {
	all, ok := errors.AsType[env.AggregateError](err)
	if !ok {
		return err
	}
	var errs []error
	for _, err := range all.Errors {
		if wrong, ok := errors.AsType[env.ParseError](err); ok {
			field, _ := reflect.TypeFor[Config]().FieldByName(wrong.Name)
			kind := "a whole number"
			switch field.Type.Kind() {
			case reflect.Bool:
				kind = "true or false"
			case reflect.Float64:
				kind = "a number"
			default:
			}
			err = fmt.Errorf("%s: must be %s", field.Tag.Get("env"), kind)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// IsProduction reports whether the strict rules apply.
func (c Config) IsProduction() bool { return c.Environment == Production }

// Check returns an error with one line per missing or unsafe setting. Development allows defaults that are safe only on
// one's own machine.
func (c Config) Check() error {
	var errs []error
	refuse := func(when bool, format string, args ...any) {
		if when {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	refuse(
		c.Environment != Development && c.Environment != Production,
		"ENVIRONMENT: must be %s or %s, not %q",
		Development,
		Production,
		c.Environment,
	)
	refuse(
		!slices.Contains([]string{"none", "session", "transaction"}, c.DBPooler),
		"DB_POOLER: must be none, session or transaction, not %q",
		c.DBPooler,
	)
	refuse(c.Workers != "on" && c.Workers != "off", "WORKERS: must be on or off, not %q", c.Workers)
	refuse(
		c.DBPooler == "transaction" && c.DatabaseDirectURL != "" && c.DatabaseDirectURL == c.DatabaseURL,
		"DATABASE_DIRECT_URL: is DATABASE_URL, which leads through the transaction pooler; set one that does not, or none",
	)
	refuse(c.Port < 0 || c.Port > 65535, "PORT: must be 0 to 65535")
	refuse(c.MaxAtWork < 0, "MAX_AT_WORK: must be 0 or more")
	refuse(c.CoachPauseMS < 0 || c.CoachPauseMS > 1000, "COACH_PAUSE_MS: must be 0 to 1000")
	refuse(c.CoachDailyTokens < 0, "COACH_DAILY_TOKENS: must be 0 or more")
	refuse(!(c.CoachDailyUSD >= 0 && c.CoachDailyUSD <= math.MaxInt32), "COACH_DAILY_USD: must be 0 or more")
	errs = append(errs, c.checkProviders()...)
	refuse(c.TokenSeconds < 0, "TOKEN_SECONDS: must be 1 or more")
	level, badLevel := c.Level()
	refuse(badLevel != nil, "LOG_LEVEL: must be debug, info, warn or error, not %q", c.LogLevel)
	_, err := c.Proxies()
	refuse(err != nil, "TRUSTED_PROXIES: must be networks such as 10.0.0.0/8: %v", err)
	for _, n := range []struct {
		name  string
		value int
	}{{"RATE_SIGN_IN", c.RateSignIn}, {"RATE_FAILED_SIGN_INS", c.RateFailed}, {"RATE_REFRESH", c.RateRefresh}, {"RATE_READ", c.RateRead}, {"RATE_WRITE", c.RateWrite}, {"RATE_COACH", c.RateCoach}, {"RATE_PUBLIC", c.RatePublic}, {"MAX_IN_FLIGHT", c.MaxInFlight}, {"DB_MAX_CONNS", int(c.DBMaxConns)}, {"SHUTDOWN_SECONDS", c.ShutdownSeconds}} {
		refuse(n.value < 1 || n.value > math.MaxInt32, "%s: must be 1 to %d", n.name, math.MaxInt32)
	}
	for _, o := range c.CORSOrigins {
		u, err := url.Parse(o)
		refuse(
			err != nil || u.Scheme == "" || u.Host == "" || u.Path != "",
			"CORS_ORIGINS: %q is not an origin such as https://app.example.com",
			o,
		)
		refuse(err == nil && c.IsProduction() && u.Scheme != "https", "CORS_ORIGINS: production takes https origins only, not %q", o)
	}
	if c.PublicURL != "" {
		valid := origin.MatchString(c.PublicURL)
		refuse(!valid, "PUBLIC_URL: %q is not an address without path such as https://api.example.com", c.PublicURL)
		refuse(
			valid && c.IsProduction() && !strings.HasPrefix(c.PublicURL, "https://") && !isLoopback(c.PublicURL),
			"PUBLIC_URL: production takes https only, not %q",
			c.PublicURL,
		)
	}
	checkAddress := func(name, address string) {
		u, err := url.Parse(address)
		invalid := err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == ""
		refuse(invalid, "%s: %q is not an address", name, address)
		refuse(
			!invalid && c.IsProduction() && !strings.HasPrefix(address, "https://") && !isLoopback(address),
			"%s: production uses https only",
			name,
		)
	}
	if c.OFFAPIURL != "" {
		checkAddress("OFF_API_URL", c.OFFAPIURL)
	}
	if c.EmbedsElsewhere() {
		checkAddress("EMBEDDING_BASE_URL", c.EmbeddingBaseURL)
		refuse(c.EmbeddingModel == "", "EMBEDDING_MODEL: the server at EMBEDDING_BASE_URL needs to be told which")
	}
	if !c.IsProduction() {
		return errors.Join(errs...)
	}
	refuse(c.Debug, "DEBUG: must be false in production")
	refuse(!c.Debug && badLevel == nil && level < slog.LevelInfo, "LOG_LEVEL: must be info, warn or error in production")
	refuse(c.DatabaseURL == "", "DATABASE_URL: production needs one; there is no embedded database")
	refuse(c.SupabaseAuthURL == "", "SUPABASE_URL: production needs one; there is no stand-in for Supabase Auth")
	refuse(
		c.SupabaseAuthURL != "" && !strings.HasPrefix(c.SupabaseAuthURL, "https://") && !isLoopback(c.SupabaseAuthURL),
		"SUPABASE_URL: production uses https only",
	)
	refuse(
		c.EmbeddingBaseURL == EmbeddingLocal && c.EmbeddingFile == "",
		"EMBEDDING_FILE: production needs one for the local model; make run downloads it",
	)
	refuse(c.TokenSeconds > 0, "TOKEN_SECONDS: is for the stand-in for Supabase Auth, which is for development only")
	standin := strings.HasPrefix(c.SupabaseAuthURL, "http://"+c.StandinAddress()+"/") ||
		strings.HasPrefix(c.SupabaseAuthURL, defaultStandin)
	refuse(standin, "SUPABASE_URL: %s is the stand-in for Supabase Auth, which is for development only", c.SupabaseURL)
	refuse(c.SupabaseAnonKey == "", "SUPABASE_ANON_KEY: production needs one")
	refuse(c.SupabaseServiceRoleKey == "", "SUPABASE_SERVICE_ROLE_KEY: production needs one, to delete accounts")
	refuse(
		c.JWTSecret != "" && weak(c.JWTSecret),
		"JWT_SECRET: weaker than 32 varied characters; use the project's, or leave it empty for JWKS",
	)
	refuse(
		slices.Contains(published, c.JWTSecret),
		"JWT_SECRET: is an example that Supabase publishes; use the project's own, or leave it empty for JWKS",
	)
	refuse(weak(c.CursorSecret), "CURSOR_SECRET: must be at least 32 varied characters, such as the output of openssl rand -hex 32")
	return errors.Join(errs...)
}

// Values of EMBEDDING_BASE_URL that are no address.
const (
	EmbeddingLocal = "local"
	EmbeddingNone  = "none"
)

// EmbedsElsewhere reports whether a server makes the vectors of the coach's memory.
func (c Config) EmbedsElsewhere() bool {
	return c.EmbeddingBaseURL != "" && c.EmbeddingBaseURL != EmbeddingLocal && c.EmbeddingBaseURL != EmbeddingNone
}

// StandinAddress returns where the stand-in for Supabase Auth listens: STANDIN_ADDR, or PORT + 1999, so that two instances do
// not use the same port. For the default PORT it is 9999, the port of Supabase Auth.
func (c Config) StandinAddress() string {
	if c.StandinAddr != "" {
		return c.StandinAddr
	}
	port := c.Port
	switch {
	case port == 0: // PORT=0 takes a free port; so does the stand-in
	case port+standinOffset > 65535:
		port -= standinOffset
	default:
		port += standinOffset
	}
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
}

const (
	standinOffset  = 1999
	defaultStandin = "http://127.0.0.1:9999/"
)

// Level returns the log level set by LOG_LEVEL and DEBUG.
func (c Config) Level() (slog.Level, error) {
	var l slog.Level
	err := l.UnmarshalText([]byte(c.LogLevel))
	if c.Debug {
		l = slog.LevelDebug
	}
	return l, err
}

// Proxies returns the networks whose X-Forwarded-For is trusted.
func (c Config) Proxies() ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, s := range c.TrustedProxies {
		p, err := netip.ParsePrefix(strings.TrimSpace(s))
		if err != nil {
			return nil, err
		}
		out = append(out, p.Masked())
	}
	return out, nil
}

// ShutdownTimeout returns how long requests and jobs may go on after a stop signal.
func (c Config) ShutdownTimeout() time.Duration {
	return time.Duration(c.ShutdownSeconds) * time.Second
}

// weak reports whether a secret is shorter than 32 characters or has fewer than 10 different ones ("secretsecretsecret…").
func weak(s Secret) bool {
	distinct := map[rune]bool{}
	for _, r := range string(s) {
		distinct[r] = true
	}
	return len(s) < 32 || len(distinct) < 10
}

// published are secrets from Supabase's own examples: of its command line and of self-hosting with Docker. Anybody could
// sign tokens with them.
var published = []Secret{
	"super-secret-jwt-token-with-at-least-32-characters-long",
	"your-super-secret-jwt-token-with-at-least-32-characters-long",
}

// origin is stricter than url.Parse, which takes quotes and brackets in a host: PUBLIC_URL becomes part of HTML, YAML and JSON.
var origin = regexp.MustCompile(`^https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?$`)

func isLoopback(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || err == nil && ip.IsLoopback()
}

// Package standin is a development server that speaks the protocol of Supabase Auth, so that
// `make run` signs people up without a Supabase project, a mail server or Docker.
//
// It keeps its accounts in GoTrue's own tables (schema `auth`), as GoTrue leaves them: a real
// Supabase Auth can take the database over, and triggers on auth.users fire as they will in
// production. It is not an auth server for production and refuses to be one: whoever reaches
// its inbox reads every confirmation code.
//
// Where it knowingly differs from the real server is written down, with reasons, in the table
// `deviations` of replay_test.go; everything else there is compared with recordings of one.
package standin

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/crypto/bcrypt"
)

// Options of a stand-in. Only Pool and Issuer are needed.
type Options struct {
	// Pool has the rights of the owner of schema auth.
	Pool *pgxpool.Pool
	// Environment is the program's; "production" is refused.
	Environment string

	// Secret switches to HS256. Without it the server signs with ES256 and publishes the key.
	Secret string
	// LegacySecret lets an ES256 server accept HS256 tokens signed with it, as a Supabase
	// project does that has migrated to asymmetric keys.
	LegacySecret string
	// DataDir is where the ES256 key is kept, so that sessions outlive a restart. Empty: a new
	// key at each start.
	DataDir string
	// Issuer is the `iss` of tokens: an address with /auth/v1, which should stay when ours changes.
	Issuer string
	// URL is our address as clients see it, with /auth/v1: the front of links in mails; Issuer unless set.
	URL string
	// JWTExpiry is the life of an access token; 7 days unless set.
	JWTExpiry time.Duration
	// ReuseInterval is how long an old refresh token may come again; 10 s unless set.
	ReuseInterval time.Duration

	// SiteURL is the application, where links in mails lead; http://127.0.0.1:3000 unless set.
	SiteURL string
	// RedirectAllowList names further targets of redirect_to: exact addresses, or prefixes
	// ending in "*". Addresses on SiteURL's host are always allowed.
	RedirectAllowList []string

	// Autoconfirm signs people in at signup, without a mail.
	Autoconfirm bool
	// SignupDisabled closes signups; administrators still create users.
	SignupDisabled bool
	// PasswordMinLength counts bytes; 8 unless set.
	PasswordMinLength int

	// MailFrequency is the least time between two mails to one user; 60 s unless set, as in
	// GoTrue. Negative: no limit.
	MailFrequency time.Duration
	// MailsPerHour limits all mails together; 0 is no limit.
	MailsPerHour int
	// RateLimitHeader names the header with the client's address. Requests that bear it are
	// limited per address; without a name, or without a value, there is no limit.
	RateLimitHeader string

	Clock  func() time.Time
	Logger *slog.Logger

	// HashCost is bcrypt's; 10 unless a test is in a hurry. It is GoTrue's: above it, GoTrue
	// hashes every login twice.
	HashCost int
}

// Server is the stand-in. Its state beyond the database (mails, limits, half-done PKCE flows)
// dies with the process.
type Server struct {
	o      Options
	site   *url.URL
	keys   *keyring
	inbox  *inbox
	limits *limits
	flows  *flows

	anonKey, serviceRoleKey string

	compare   func(hash, password []byte) error // bcrypt's; a field so that a test can count
	dummyHash []byte                            // of a password nobody knows
}

// New makes a stand-in, and the signing key where there is none yet.
func New(o Options) (*Server, error) {
	if strings.EqualFold(strings.TrimSpace(o.Environment), "production") {
		return nil, errors.New("auth stand-in: refuses to run in production")
	}
	if o.Pool == nil {
		return nil, errors.New("auth stand-in: needs a database")
	}
	if o.Issuer == "" {
		return nil, errors.New("auth stand-in: needs its own address as issuer")
	}
	o.Issuer = strings.TrimRight(o.Issuer, "/")
	o.URL = cmp.Or(strings.TrimRight(o.URL, "/"), o.Issuer)
	o.SiteURL = cmp.Or(o.SiteURL, "http://127.0.0.1:3000")
	o.JWTExpiry = cmp.Or(o.JWTExpiry, 7*24*time.Hour)
	o.ReuseInterval = cmp.Or(o.ReuseInterval, 10*time.Second)
	o.PasswordMinLength = cmp.Or(o.PasswordMinLength, 8)
	o.MailFrequency = cmp.Or(o.MailFrequency, time.Minute)
	o.HashCost = cmp.Or(o.HashCost, bcrypt.DefaultCost)
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	site, err := url.Parse(o.SiteURL)
	if err != nil || site.Host == "" {
		return nil, fmt.Errorf("auth stand-in: site URL %q is not an address", o.SiteURL)
	}
	keys, err := newKeyring(o)
	if err != nil {
		return nil, fmt.Errorf("auth stand-in: %w", err)
	}
	s := &Server{
		o: o, site: site, keys: keys,
		inbox:   newInbox(),
		limits:  newLimits(o.MailsPerHour),
		flows:   newFlows(),
		compare: bcrypt.CompareHashAndPassword,
	}
	dummy, err := s.hash(randomPassword())
	if err != nil {
		return nil, fmt.Errorf("auth stand-in: %w", err)
	}
	s.dummyHash = []byte(dummy)
	if s.anonKey, err = s.keys.apiKey("anon", o); err != nil {
		return nil, fmt.Errorf("auth stand-in: %w", err)
	}
	if s.serviceRoleKey, err = s.keys.apiKey("service_role", o); err != nil {
		return nil, fmt.Errorf("auth stand-in: %w", err)
	}
	return s, nil
}

// AnonKey is the key that browsers send; it gives no rights.
func (s *Server) AnonKey() string { return s.anonKey }

// ServiceRoleKey is the key of an administrator.
func (s *Server) ServiceRoleKey() string { return s.serviceRoleKey }

// Handler serves the protocol under /auth/v1 and the mails under /inbox.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/auth/v1/", http.StripPrefix("/auth/v1", s.protocol()))
	mux.Handle("/inbox", s.inbox)
	mux.Handle("/inbox.json", s.inbox)
	mux.Handle("/inbox.css", s.inbox)
	return mux
}

// ListenAndServe serves on a loopback address until ctx ends, and refuses any other address.
func (s *Server) ListenAndServe(ctx context.Context, addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("auth stand-in: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("auth stand-in: listens on loopback only, not on %q", addr)
	}
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("auth stand-in: %w", err)
	}
	return s.Serve(ctx, ln)
}

// Serve is ListenAndServe on a listener that is there already; it closes it.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	// `localhost` is whatever the machine's hosts file says.
	if a, ok := ln.Addr().(*net.TCPAddr); !ok || !a.IP.IsLoopback() {
		_ = ln.Close()
		return fmt.Errorf("auth stand-in: listens on loopback only, not on %s", ln.Addr())
	}
	srv := &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      15 * time.Second, // over the 10 s in which clients give up
		ErrorLog:          slog.NewLogLogger(s.o.Logger.Handler(), slog.LevelWarn),
	}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(ln) }()
	select {
	case err := <-done:
		return fmt.Errorf("auth stand-in: %w", err)
	case <-ctx.Done():
	}
	bye, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := srv.Shutdown(bye); err != nil {
		return errors.Join(fmt.Errorf("auth stand-in: %w", err), srv.Close())
	}
	return nil
}

// now is the clock in the precision of the database, so that an answer made from memory and one
// read back agree.
func (s *Server) now() time.Time { return s.o.Clock().UTC().Truncate(time.Microsecond) }

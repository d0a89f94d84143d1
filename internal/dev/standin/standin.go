// Package standin is a development server that speaks the protocol of Supabase Auth, so that
// `make run` signs people up without a Supabase project, a mail server or Docker.
//
// It stores accounts in GoTrue's own tables (schema `auth`) and in their form: a real Supabase Auth
// can take over the database, and triggers on auth.users run as in production. It refuses to run in
// production, because everybody who reaches its inbox can read all confirmation codes.
//
// Known differences from the real server are listed with reasons in the table `deviations` of
// replay_test.go; everything else there is compared with recordings of a real server.
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

// Options of a stand-in. Only Pool and Issuer are required.
type Options struct {
	// Pool has the rights of the owner of schema auth.
	Pool *pgxpool.Pool
	// Environment of the program; "production" is refused.
	Environment string

	// Secret switches to HS256. Without it the server signs with ES256 and publishes the key.
	Secret string
	// LegacySecret lets an ES256 server accept HS256 tokens signed with it, as a Supabase
	// project does that has migrated to asymmetric keys.
	LegacySecret string
	// DataDir is the folder of the ES256 key, so that sessions survive a restart. Empty: a new key
	// at each start.
	DataDir string
	// Issuer is the `iss` of tokens: a URL with /auth/v1. It should stay when our address changes.
	Issuer string
	// URL is our address for clients, with /auth/v1, used in links in mails; Issuer unless set.
	URL string
	// JWTExpiry is the lifetime of an access token; 7 days unless set.
	JWTExpiry time.Duration
	// ReuseInterval is how long an exchanged refresh token is still accepted; 10 s unless set.
	ReuseInterval time.Duration

	// SiteURL is the application, the target of links in mails; http://127.0.0.1:3000 unless set.
	SiteURL string
	// RedirectAllowList has further targets of redirect_to: exact URLs, or prefixes ending in "*".
	// URLs on SiteURL's host are always allowed.
	RedirectAllowList []string

	// Autoconfirm signs people in at signup, without a mail.
	Autoconfirm bool
	// SignupDisabled closes signups; administrators still create users.
	SignupDisabled bool
	// PasswordMinLength counts bytes; 8 unless set.
	PasswordMinLength int

	// MailFrequency is the minimum time between two mails to one user; 60 s unless set, as in
	// GoTrue. Negative: no limit.
	MailFrequency time.Duration
	// MailsPerHour limits the mails to all users together; 0: no limit.
	MailsPerHour int
	// RateLimitHeader is the header with the client's address. Requests are limited per address;
	// there is no limit without a name or without a value.
	RateLimitHeader string

	Clock  func() time.Time
	Logger *slog.Logger

	// HashCost is bcrypt's cost; 10 unless set, as in GoTrue, which hashes every login twice above
	// it. Tests use less.
	HashCost int
}

// Server is the stand-in. Mails, rate limits and unfinished PKCE flows are only in memory.
type Server struct {
	o      Options
	site   *url.URL
	keys   *keyring
	inbox  *inbox
	limits *limits
	flows  *flows

	anonKey, serviceRoleKey string

	compare   func(hash, password []byte) error // bcrypt's; a field so that a test can count calls
	dummyHash []byte                            // of a random password
}

// New returns a stand-in. It creates the signing key when there is none.
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

// AnonKey returns the key that browsers send; it has no rights.
func (s *Server) AnonKey() string { return s.anonKey }

// ServiceRoleKey returns the administrator's key.
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

// ListenAndServe serves on a loopback address until ctx ends. It refuses any other address.
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

// Serve is ListenAndServe with an open listener, which it closes.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	// The hosts file may map `localhost` to any address.
	if a, ok := ln.Addr().(*net.TCPAddr); !ok || !a.IP.IsLoopback() {
		_ = ln.Close()
		return fmt.Errorf("auth stand-in: listens on loopback only, not on %s", ln.Addr())
	}
	srv := &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      15 * time.Second, // above the clients' timeout of 10 s
		ErrorLog:          slog.NewLogLogger(s.o.Logger.Handler(), slog.LevelWarn),
	}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(ln) }()
	select {
	case err := <-done:
		return fmt.Errorf("auth stand-in: %w", err)
	case <-ctx.Done():
	}
	shutdown, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := srv.Shutdown(shutdown); err != nil {
		return errors.Join(fmt.Errorf("auth stand-in: %w", err), srv.Close())
	}
	return nil
}

// now returns the time in the precision of the database, so that responses from memory and from
// the database are equal.
func (s *Server) now() time.Time { return s.o.Clock().UTC().Truncate(time.Microsecond) }

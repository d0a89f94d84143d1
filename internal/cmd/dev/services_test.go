package main

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/dev/postgres"
	"github.com/ultimatecoach/api/internal/tools/config"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
)

func TestOpenDatabase_ForeignDatabase_IsRefused(t *testing.T) {
	t.Parallel()
	const here, elsewhere = "postgres://postgres:x@127.0.0.1/coach", "postgres://postgres:x@db.staging.example/postgres"
	for name, c := range map[string]struct{ owner, url, wantOwner, wantApp, refused string }{
		"nothing is set":                      {},
		"an owner on this machine":            {url: here, wantOwner: here},
		"an owner by name":                    {url: "postgres://me@localhost/coach", wantOwner: "postgres://me@localhost/coach"},
		"an owner over IPv6":                  {url: "postgres://me@[::1]/coach", wantOwner: "postgres://me@[::1]/coach"},
		"an owner over a socket":              {url: "host=/run/postgresql user=me", wantOwner: "host=/run/postgresql user=me"},
		"an owner elsewhere":                  {url: elsewhere, refused: "DATABASE_OWNER_URL"},
		"an owner here or elsewhere":          {url: "postgres://me@localhost,db.staging.example/coach", refused: "DATABASE_OWNER_URL"},
		"an owner elsewhere, who is a tenant": {url: "postgres://postgres.ref@pooler.example/postgres", refused: "DATABASE_OWNER_URL"},
		"the role app elsewhere":              {url: "postgres://app:x@db.staging.example/postgres", wantApp: "postgres://app:x@db.staging.example/postgres"},
		"the role app through a pooler":       {url: "postgres://app.ref:x@pooler.example/postgres", wantApp: "postgres://app.ref:x@pooler.example/postgres"},
		"an owner elsewhere who is meant":     {owner: elsewhere, wantOwner: elsewhere},
		"an owner who is meant, and app":      {owner: elsewhere, url: "postgres://app:x@db.staging.example/postgres", wantOwner: elsewhere, wantApp: "postgres://app:x@db.staging.example/postgres"},
		"two owners on this machine":          {owner: here, url: "postgres://me@localhost/coach", wantOwner: here},
		"two owners elsewhere":                {owner: elsewhere, url: elsewhere, refused: "DATABASE_URL"},
		"no URL":                              {url: "postgres://%", refused: "DATABASE_URL"},
	} {
		owner, app, err := logins(config.Config{DatabaseOwnerURL: config.Secret(c.owner), DatabaseURL: config.Secret(c.url)})
		if c.refused != "" {
			require.ErrorContains(t, err, c.refused, name)
			continue
		}
		require.NoError(t, err, name)
		require.Equal(t, c.wantOwner, owner, name)
		require.Equal(t, c.wantApp, app, name)
	}
}

func TestDev_SupabaseProject_IsNotChanged(t *testing.T) {
	t.Parallel()
	server, err := postgres.Start(t.Context(), postgres.Options{Ephemeral: true})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Stop()) })
	owner, err := pgx.Connect(t.Context(), server.URL)
	require.NoError(t, err)
	t.Cleanup(func() { _ = owner.Close(context.WithoutCancel(t.Context())) })
	_, err = owner.Exec(
		t.Context(),
		"create role supabase_auth_admin; create role app login password 'deployed'",
		pgx.QueryExecModeSimpleProtocol,
	)
	require.NoError(t, err)
	deployed, err := url.Parse(server.URL)
	require.NoError(t, err)
	deployed.User = url.UserPassword("app", "deployed")

	for name, c := range map[string]struct {
		config  config.Config
		refused string
	}{
		"as its owner through a tunnel":        {config.Config{DatabaseURL: config.Secret(server.URL)}, "SUPABASE_URL"},
		"as its owner, with its accounts":      {config.Config{DatabaseURL: config.Secret(server.URL), SupabaseAuthURL: "https://x.supabase.example/auth/v1"}, "DATABASE_URL"},
		"as its owner who is meant":            {config.Config{DatabaseOwnerURL: config.Secret(server.URL)}, "SUPABASE_URL"},
		"as its owner who is meant, and app":   {config.Config{DatabaseOwnerURL: config.Secret(server.URL), DatabaseURL: config.Secret(deployed.String())}, "SUPABASE_URL"},
		"with its accounts, app's login unset": {config.Config{DatabaseOwnerURL: config.Secret(server.URL), SupabaseAuthURL: "https://x.supabase.example/auth/v1"}, "DATABASE_URL"},
	} {
		_, _, err := openDatabase(t.Context(), &c.config, nil)
		require.ErrorContains(t, err, c.refused, name)
		require.NotContains(t, err.Error(), "\n", name)
		var migrated bool
		query := "select to_regnamespace('private') is not null or to_regnamespace('auth') is not null"
		require.NoError(t, owner.QueryRow(t.Context(), query).Scan(&migrated))
		require.False(t, migrated, name)
		app, err := pgx.Connect(t.Context(), deployed.String())
		require.NoError(t, err, "%s: the deployed API is locked out", name)
		require.NoError(t, app.Close(t.Context()))
	}
}

func TestStandin_OtherPort_KeepsIssuerAndTokenLifetime(t *testing.T) {
	t.Parallel()
	database := dbtest.New(t)
	dir := t.TempDir()
	var issuer string
	for _, seconds := range []int{60, 0} {
		ctx, stop := context.WithCancel(t.Context())
		work, ctx := errgroup.WithContext(ctx)
		c := config.Config{DataDir: dir, StandinAddr: "127.0.0.1:0", TokenSeconds: seconds, SiteURL: "http://localhost:3000"}
		inbox, err := startStandin(ctx, work, &c, database.OwnerURL)
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(inbox, strings.TrimSuffix(c.SupabaseAuthURL, "/auth/v1")), inbox)
		if issuer == "" {
			issuer = c.SupabaseAuthURL
		} else {
			require.NotEqual(t, issuer, c.SupabaseAuthURL, "it listens on another port")
		}
		require.Equal(t, issuer, c.JWTIssuer)

		auth := gotrue.New(
			gotrue.Options{
				BaseURL:        c.SupabaseAuthURL,
				AnonKey:        c.SupabaseAnonKey.Reveal(),
				ServiceRoleKey: c.SupabaseServiceRoleKey.Reveal(),
			},
		)
		email := uuid.NewString() + "@example.com"
		_, err = auth.AdminCreateUser(
			t.Context(),
			gotrue.AdminUser{ID: uuid.New(), Email: email, Password: "correct-horse-9", Confirmed: true},
		)
		require.NoError(t, err)
		session, err := auth.SignInWithPassword(t.Context(), gotrue.Caller{}, email, "correct-horse-9")
		require.NoError(t, err)
		life := time.Duration(cmp.Or(seconds, 7*24*60*60)) * time.Second
		require.WithinDuration(t, time.Now().Add(life), session.ExpiresAt, 10*time.Second)
		var claims struct {
			Issuer string `json:"iss"`
		}
		payload, err := base64.RawURLEncoding.DecodeString(strings.Split(session.AccessToken, ".")[1])
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(payload, &claims))
		require.Equal(t, issuer, claims.Issuer)
		stop()
		require.NoError(t, work.Wait())
	}
}

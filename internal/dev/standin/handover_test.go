package standin

import (
	"encoding/csv"
	"net/http/httptest"
	"os"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/bcrypt"

	"github.com/ultimatecoach/api/internal/dev/demo"
	"github.com/ultimatecoach/api/internal/dev/postgres"
	"github.com/ultimatecoach/api/internal/dev/supabase"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
)

// gotrueColumn is a column of a database that GoTrue's own migrations (2.196) made. Required are those that GoTrue reads into a Go
// value which cannot be NULL (internal/models of github.com/supabase/auth).
type gotrueColumn struct {
	Table, Name, Type  string
	Nullable, Required bool
}

func gotrueColumns(t *testing.T) (all []gotrueColumn) {
	t.Helper()
	file, err := os.Open("testdata/gotrue_columns.csv")
	require.NoError(t, err)
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	for _, r := range records[1:] {
		all = append(all, gotrueColumn{Table: r[0], Name: r[1], Type: r[2], Nullable: r[3] == "yes", Required: r[4] == "yes"})
	}
	require.NotEmpty(t, all)
	return all
}

// handedOver is a database with every kind of account that the stand-in makes. It has a cluster of its own, because the handover
// creates roles.
type handedOver struct {
	pool                                               *pgxpool.Pool
	confirmed, unconfirmed, invited, bare, changesMail uuid.UUID
}

func newHandedOver(t *testing.T) handedOver {
	t.Helper()
	server, err := postgres.Start(t.Context(), postgres.Options{Ephemeral: true})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Stop()) })
	_, err = postgres.Prepare(t.Context(), server.URL, "")
	require.NoError(t, err)
	pool, err := pgxpool.New(t.Context(), server.URL)
	require.NoError(t, err)
	t.Cleanup(pool.Close)
	s, err := New(Options{Pool: pool, Issuer: "http://127.0.0.1:9999/auth/v1", HashCost: bcrypt.MinCost, MailFrequency: -1})
	require.NoError(t, err)
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	client := gotrue.New(gotrue.Options{BaseURL: srv.URL + "/auth/v1", AnonKey: s.AnonKey(), ServiceRoleKey: s.ServiceRoleKey()})
	caller := gotrue.Caller{IP: "127.0.0.1"}

	h := handedOver{pool: pool, confirmed: uuid.New(), bare: uuid.New(), changesMail: uuid.New(), invited: uuid.New()}
	for id, email := range map[uuid.UUID]string{
		h.confirmed: "confirmed@example.com", h.changesMail: "changes@example.com", demo.ID: demo.Email,
	} {
		_, err := client.AdminCreateUser(
			t.Context(),
			gotrue.AdminUser{ID: id, Email: email, Password: "a good password", FullName: "A Person", Confirmed: true},
		)
		require.NoError(t, err)
		_, err = client.SignInWithPassword(t.Context(), caller, email, "a good password")
		require.NoError(t, err)
	}
	_, err = client.Signup(t.Context(), caller, gotrue.SignupRequest{Email: "unconfirmed@example.com", Password: "a good password"})
	require.NoError(t, err)
	require.NoError(t, pool.QueryRow(t.Context(), "select id from auth.users where email = 'unconfirmed@example.com'").Scan(&h.unconfirmed))
	for id, statement := range map[uuid.UUID]string{
		h.changesMail: "update auth.users set email_change = 'new@example.com', email_change_token_new = 'x' where id = $1",
		// As SQL files for tests write accounts: no identity, no defaults.
		h.bare:    "insert into auth.users (id, email, encrypted_password) values ($1, 'Bare@Example.com', '$2a$04$' || repeat('a', 53))",
		h.invited: "insert into auth.users (id, email, invited_at, created_at) values ($1, 'invited@example.com', now(), now())",
	} {
		_, err := pool.Exec(t.Context(), statement, id)
		require.NoError(t, err)
	}
	return h
}

// run runs the handover as psql does.
func (h handedOver) run(t *testing.T) error {
	t.Helper()
	conn, err := pgx.ConnectConfig(t.Context(), h.pool.Config().ConnConfig)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.PgConn().Exec(t.Context(), supabase.Handover).ReadAll()
	return err
}

func value[T any](t *testing.T, h handedOver, sql string, args ...any) (out T) {
	t.Helper()
	require.NoError(t, h.pool.QueryRow(t.Context(), sql, args...).Scan(&out), sql)
	return out
}

func TestHandover_AccountsOfTheStandin_AreAsGoTrueReadsThem(t *testing.T) {
	t.Parallel()
	h := newHandedOver(t)
	require.NoError(t, h.run(t))
	require.NoError(t, h.run(t), "repeated")

	for _, c := range gotrueColumns(t) {
		if c.Required {
			require.Zero(t, value[int](t, h, "select count(*) from auth."+c.Table+" where "+c.Name+" is null"), "%s.%s", c.Table, c.Name)
		}
	}
	accounts := []uuid.UUID{h.confirmed, h.unconfirmed, h.invited, h.bare, h.changesMail}
	require.ElementsMatch(t, accounts, value[[]uuid.UUID](t, h, "select array_agg(id) from auth.users"), "all but the demo account")
	require.Equal(t, len(accounts), value[int](t, h, "select count(*) from public.profiles"))
	require.Zero(t, value[int](t, h, `
		select (select count(*) from auth.sessions) + (select count(*) from auth.refresh_tokens)
		  + (select count(*) from auth.mfa_amr_claims) + (select count(*) from auth.one_time_tokens)`))
	require.Zero(t, value[int](t, h, `
		select count(*) from auth.users
		where instance_id <> '00000000-0000-0000-0000-000000000000' or aud <> 'authenticated' or role <> 'authenticated'
		  or email <> lower(email) or phone = ''
		  or '' <> any (array[confirmation_token, recovery_token, email_change_token_new, email_change_token_current, email_change,
		    phone_change, phone_change_token, reauthentication_token])
		  or raw_app_meta_data ->> 'provider' <> 'email' or raw_app_meta_data -> 'providers' <> '["email"]'
		  or jsonb_typeof(raw_user_meta_data) <> 'object'`))
	require.Equal(t, len(accounts), value[int](t, h, `
		select count(*) from auth.users u join auth.identities i on i.user_id = u.id
		where i.provider = 'email' and i.provider_id = u.id::text
		  and i.identity_data ->> 'sub' = u.id::text and i.identity_data ->> 'email' = u.email and i.email = u.email
		  and i.identity_data ? 'email_verified' and i.identity_data ? 'phone_verified'`))
	require.Equal(t, len(accounts), value[int](t, h, "select count(*) from auth.identities"))

	hash := value[string](t, h, "select encrypted_password from auth.users where id = $1", h.confirmed)
	require.NoError(t, bcrypt.CompareHashAndPassword([]byte(hash), []byte("a good password")))
	require.True(t, value[bool](t, h, "select email_confirmed_at is not null from auth.users where id = $1", h.confirmed))
	require.False(t, value[bool](t, h, "select email_confirmed_at is not null from auth.users where id = $1", h.unconfirmed))
}

func TestHandover_SchemaAuth_BelongsToSupabaseAuthAndHasGoTruesColumns(t *testing.T) {
	t.Parallel()
	h := newHandedOver(t)
	require.NoError(t, h.run(t))
	require.Zero(t, value[int](t, h, `
		with objects as (
		  select relowner as owner from pg_class where relnamespace = 'auth'::regnamespace and relkind in ('r', 'S', 'i', 'v')
		  union all
		  select proowner from pg_proc where pronamespace = 'auth'::regnamespace
		  union all
		  select typowner from pg_type where typnamespace = 'auth'::regnamespace
		  union all
		  select nspowner from pg_namespace where nspname = 'auth'
		)
		select count(*) from objects where owner <> 'supabase_auth_admin'::regrole`))

	rows, err := h.pool.Query(t.Context(), `
		select table_name, column_name,
		  udt_name || coalesce('(' || character_maximum_length || ')', ''), is_nullable = 'YES', false
		from information_schema.columns
		where table_schema = 'auth'`)
	require.NoError(t, err)
	made, err := pgx.CollectRows(rows, pgx.RowToStructByPos[gotrueColumn])
	require.NoError(t, err)
	// GoTrue's migrations add these: to a table that has rows, too.
	later := map[string]bool{
		"sessions.oauth_client_id": true, "sessions.refresh_token_hmac_key": true,
		"sessions.refresh_token_counter": true, "sessions.scopes": true,
	}
	var want []gotrueColumn
	for _, c := range gotrueColumns(t) {
		if !later[c.Table+"."+c.Name] {
			c.Required = false
			want = append(want, c)
		}
	}
	require.ElementsMatch(t, want, made)
}

func TestHandover_AfterSupabaseAuthHasRun_ChangesNothing(t *testing.T) {
	t.Parallel()
	h := newHandedOver(t)
	_, err := h.pool.Exec(t.Context(), "create table auth.schema_migrations (version varchar(255) primary key)")
	require.NoError(t, err)
	require.ErrorContains(t, h.run(t), "nothing was changed")
	require.Positive(t, value[int](t, h, "select count(*) from auth.sessions"))
}

func TestHandover_PasswordHashThatGoTrueCannotRead_IsRefusedWithTheAccount(t *testing.T) {
	t.Parallel()
	h := newHandedOver(t)
	_, err := h.pool.Exec(t.Context(), "update auth.users set encrypted_password = 'plain text' where id = $1", h.bare)
	require.NoError(t, err)
	require.ErrorContains(t, h.run(t), h.bare.String())
	require.Positive(t, value[int](t, h, "select count(*) from auth.sessions"), "nothing was changed")
}

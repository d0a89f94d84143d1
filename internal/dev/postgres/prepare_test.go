package postgres

import (
	"errors"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/ultimatecoach/api/db"
)

func TestPrepare_RepeatedAndConcurrent_ReturnsOneURL(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Ephemeral: true})
	var urls [9]string
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			var err error
			if urls[i], err = Prepare(t.Context(), s.URL, ""); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if t.Failed() {
		return
	}
	var err error
	if urls[8], err = Prepare(t.Context(), s.URL, ""); err != nil {
		t.Fatal(err)
	}
	for _, u := range urls {
		if u != urls[0] {
			t.Errorf("%s and %s", u, urls[0])
		}
		if got := query[string](t, u, "select current_user::text"); got != "app" {
			t.Errorf("connected as %s", got)
		}
	}
}

func TestPrepare_FunctionsOfAnotherBranch_AreReplaced(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Ephemeral: true})
	for range 2 {
		if _, err := Prepare(t.Context(), s.URL, ""); err != nil {
			t.Fatal(err)
		}
		if err := db.CheckSchema(t.Context(), s.URL); err != nil {
			t.Error(err)
		}
		exec1(t, s.URL, "insert into private.function_sets (sha256) values ('of another branch') "+
			"on conflict (sha256) do update set applied_at = clock_timestamp()")
	}
	exec1(t, s.URL, "create table auth.schema_migrations (version text primary key)") // as GoTrue leaves it
	if _, err := Prepare(t.Context(), s.URL, ""); !errors.Is(err, db.ErrSchema) {
		t.Errorf("replaced the functions of a Supabase project by older ones: %v", err)
	}
}

func TestPrepare_SupabaseDatabase_SchemaIsNotChanged(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Ephemeral: true})
	if _, err := Prepare(t.Context(), s.URL, ""); err != nil {
		t.Fatal(err)
	}
	// As GoTrue leaves it after taking over.
	exec1(t, s.URL, `
		create table auth.schema_migrations (version text primary key);
		create or replace function auth.role() returns text language sql stable as $$ select 'gotrue' $$;`)
	appURL, err := Prepare(t.Context(), s.URL, "")
	if err != nil {
		t.Fatal(err)
	}
	if got := query[string](t, s.URL, "select auth.role()"); got != "gotrue" {
		t.Errorf("auth.role() is %s: supabase.sql was run over GoTrue's schema", got)
	}
	if refuses(t, appURL) {
		t.Error("app cannot connect")
	}
}

func TestPrepare_WorkingLogin_IsKept(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Ephemeral: true})
	given := withLogin(t, s.URL, "app", "it's given")
	for range 2 { // at first there is no role to log in as
		got, err := Prepare(t.Context(), s.URL, given)
		if err != nil {
			t.Fatal(err)
		}
		if got != given {
			t.Errorf("got %s, want what was given", got)
		}
		if refuses(t, given) {
			t.Error("app cannot connect as was given")
		}
	}
	before := query[string](t, s.URL, "select rolpassword from pg_authid where rolname = 'app'")
	if _, err := Prepare(t.Context(), s.URL, given); err != nil {
		t.Fatal(err)
	}
	if query[string](t, s.URL, "select rolpassword from pg_authid where rolname = 'app'") != before {
		t.Error("a password that worked was set again")
	}
}

func TestPrepare_SupabaseDatabase_PasswordInUseIsNotChanged(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Ephemeral: true})
	if _, err := Prepare(t.Context(), s.URL, ""); err != nil {
		t.Fatal(err)
	}
	exec1(t, s.URL, "create role supabase_auth_admin; alter role app password 'deployed'")
	deployed := withLogin(t, s.URL, "app", "deployed")
	for _, given := range []string{"", withLogin(t, s.URL, "app", "wrong")} {
		if _, err := Prepare(t.Context(), s.URL, given); err == nil || !strings.Contains(err.Error(), "DATABASE_URL") {
			t.Errorf("%v does not say what to set", err)
		}
		if refuses(t, deployed) {
			t.Fatal("who logged in before is locked out")
		}
	}
	if got, err := Prepare(t.Context(), s.URL, deployed); err != nil || got != deployed {
		t.Errorf("%s, %v", got, err)
	}
}

func withLogin(t *testing.T, raw, user, password string) string {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword(user, password)
	return u.String()
}

func TestPrepare_AuthTables_HaveRowLevelSecurity(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Ephemeral: true})
	if _, err := Prepare(t.Context(), s.URL, ""); err != nil {
		t.Fatal(err)
	}
	if got := query[int](
		t,
		s.URL,
		"select count(*) from pg_class where relnamespace = 'auth'::regnamespace and relkind = 'r' and not relrowsecurity",
	); got != 0 {
		t.Errorf("%d tables of schema auth are open", got)
	}
	if got := query[int](t, s.URL, "select count(*) from pg_class where relnamespace = 'auth'::regnamespace and relkind = 'r'"); got != 6 {
		t.Errorf("schema auth has %d tables, want GoTrue's six", got)
	}
}

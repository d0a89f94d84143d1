package local

import (
	"sync"
	"testing"
)

func TestPrepare_ByManyAtOnceAndAgain_GivesOneURL(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Ephemeral: true})
	var urls [9]string
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			var err error
			if urls[i], err = Prepare(t.Context(), s.URL); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if t.Failed() {
		return
	}
	var err error
	if urls[8], err = Prepare(t.Context(), s.URL); err != nil {
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

func TestPrepare_OfASupabaseDatabase_LeavesItsSchemaAlone(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Ephemeral: true})
	if _, err := Prepare(t.Context(), s.URL); err != nil {
		t.Fatal(err)
	}
	// As GoTrue leaves it after taking over.
	exec1(t, s.URL, `
		create table auth.schema_migrations (version text primary key);
		create or replace function auth.role() returns text language sql stable as $$ select 'gotrue' $$;`)
	appURL, err := Prepare(t.Context(), s.URL)
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

func TestPrepare_TurnsRLSOnForEveryAuthTable(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Ephemeral: true})
	if _, err := Prepare(t.Context(), s.URL); err != nil {
		t.Fatal(err)
	}
	if got := query[int](t, s.URL, "select count(*) from pg_class where relnamespace = 'auth'::regnamespace and relkind = 'r' and not relrowsecurity"); got != 0 {
		t.Errorf("%d tables of schema auth are open", got)
	}
	if got := query[int](t, s.URL, "select count(*) from pg_class where relnamespace = 'auth'::regnamespace and relkind = 'r'"); got != 6 {
		t.Errorf("schema auth has %d tables, want GoTrue's six", got)
	}
}

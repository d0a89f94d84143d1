package postgres

import (
	"net/url"
	"strings"
	"testing"

	"github.com/ultimatecoach/api/internal/dev/supabase"
)

// Of equal databases the dumps are equal, and a database that is made of a dump is equal too.
func TestDump_IsTheWholeSchemaAndNothingElse(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Ephemeral: true})
	dumpOf := func(databaseURL string) string {
		dump, err := s.Dump(t.Context(), databaseURL)
		if err != nil {
			t.Fatal(err)
		}
		return dump
	}
	newDatabase := func(name string) string {
		exec1(t, s.URL, "create database "+name)
		u, err := url.Parse(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		u.Path = "/" + name
		return u.String()
	}
	first, second, third := newDatabase("first"), newDatabase("second"), newDatabase("third")
	for _, u := range []string{first, second} {
		if _, err := Prepare(t.Context(), u, ""); err != nil {
			t.Fatal(err)
		}
	}
	dump := dumpOf(first)
	for _, want := range []string{"CREATE TABLE public.meals", "CREATE POLICY meals_own", "CREATE VIEW public.diary", "GRANT SELECT ON TABLE public.diary TO authenticated",
		"CREATE FUNCTION private.portions", "CREATE TRIGGER bound_meal", "CREATE TRIGGER create_profile AFTER INSERT ON auth.users", "meals_day_idx"} {
		if !strings.Contains(dump, want) {
			t.Errorf("the dump has no %s", want)
		}
	}
	for _, unwanted := range []string{"18.", "restrict", "Owner", "postgres", "CREATE TABLE auth", "CREATE TABLE jobs", "CREATE FUNCTION jobs", "river_queue", "SCHEMA public"} {
		if strings.Contains(dump, unwanted) {
			t.Errorf("the dump has %s", unwanted)
		}
	}
	if dumpOf(second) != dump {
		t.Error("another database of the same schema has another dump")
	}
	// As pg_dump expects it: Supabase's default privileges would grant more than the dump does.
	exec1(t, third, supabase.SQL+`
		alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
		create extension unaccent with schema extensions;
		create extension pg_trgm with schema extensions;
		set check_function_bodies = false;`+dump)
	if dumpOf(third) != dump {
		t.Error("a database made of the dump has another dump")
	}
}

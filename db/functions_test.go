package db_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
)

// Or a function would be dropped, or stay behind, without anybody noticing.
func TestFunctionFiles_DefineEveryFunctionViewAndTrigger(t *testing.T) {
	t.Parallel()
	tx, err := dbtest.New(t).Owner.Begin(t.Context())
	require.NoError(t, err)
	defer func() { _ = tx.Rollback(t.Context()) }()
	present, err := db.PresentObjects(t.Context(), tx)
	require.NoError(t, err)
	defined, err := db.DefinedObjects()
	require.NoError(t, err)
	inMigrations := []string{"function private.letters_dropped", "function private.add_nutrient", "function private.add_nutrient_to_days"}
	require.ElementsMatch(
		t,
		append(defined, inMigrations...),
		slices.Collect(maps.Keys(present)),
		"all but what an index or migrations need",
	)
}

func TestMigrate_UnchangedFunctionFiles_AppliesNone(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	owner := connect(t, d.OwnerURL)
	const state = `
		select string_agg(f::text, ',' order by name) || (select string_agg(s::text, ',') from private.function_sets s)
		from private.function_files f`
	before := get[string](t, owner, state)
	require.NoError(t, db.Migrate(t.Context(), d.OwnerURL))
	require.Equal(t, before, get[string](t, owner, state))
}

// The file of portions, as if it had been applied with another content.
const portionsChanged = `update private.function_files set sha256 = 'of an earlier content' where name like '%_portions.sql';`

func TestMigrate_ChangedFunctionFiles_AppliesThem(t *testing.T) {
	t.Parallel()
	for name, earlier := range map[string]string{
		"a changed body": portionsChanged + `
			create or replace function private.portion(per_100g numeric, grams numeric) returns numeric language sql immutable return 0`,
		"a right too many": portionsChanged + `
			grant execute on function private.portions to anon`,
		"an undefined one": portionsChanged + `
			create function private.portion_v1() returns void language sql as '';
			update private.function_files set defines = array_append(defines, 'function private.portion_v1') where name like '%_portions.sql'`,
		"a removed file": `
			create function private.a() returns int language sql as 'select 1';
			create view private.b as select private.a();
			create function private.c() returns int return private.a();
			create trigger d before insert on public.meals for each row execute function private.keep_version();
			insert into private.function_files
			values ('99_gone.sql', '', '{function private.a,function private.c,view private.b,trigger d on public.meals}')`,
		"a dropped view":    `drop view public.food_list`,
		"a dropped trigger": `drop trigger bound_meal on public.meal_items`,
		"a renamed file":    `update private.function_files set name = '80_renamed.sql' where name like '%_portions.sql'`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := dbtest.New(t)
			owner := connect(t, d.OwnerURL)
			current, files := describe(t, owner), get[int](t, owner, "select count(*) from private.function_files")
			exec1(t, owner, earlier)
			require.NoError(t, db.Migrate(t.Context(), d.OwnerURL))
			require.Equal(t, current, describe(t, owner))
			require.Equal(t, files, get[int](t, owner, "select count(*) from private.function_files"))
			require.NoError(t, db.CheckSchema(t.Context(), d.AppURL))
		})
	}
}

func TestMigrate_FailingFunctionFile_ChangesNothingAndNamesTheLine(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ arrange, want string }{
		"an error in a file": {
			`alter table private.unknown_barcodes rename to others;
			update private.function_files set sha256 = '' where name like '%_products.sql'`,
			`_products.sql:5: ERROR: relation "private.unknown_barcodes" does not exist`,
		},
		"what others depend on": {
			`create function private.a() returns int language sql as 'select 1';
			create view private.b as select private.a();
			insert into private.function_files values ('99_gone.sql', '', '{function private.a}')`,
			"drop function private.a, which no file defines any more: ERROR: cannot drop",
		},
		"a former signature": {
			`create function private.plain() returns text language sql as 'select null'`,
			"function private.plain has 2 signatures",
		},
		"another type of a result": {
			`drop function private.same_time_on;
			create function private.same_time_on(day date, moment timestamptz, zone text, new_zone text) returns text language sql as 'select null';
			update private.function_files set sha256 = '' where name like '%_dates.sql'`,
			"cannot change return type",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := dbtest.New(t)
			owner := connect(t, d.OwnerURL)
			exec1(t, owner, portionsChanged+c.arrange) // the portions would succeed
			before := describe(t, owner)
			require.ErrorContains(t, db.Migrate(t.Context(), d.OwnerURL), c.want)
			require.Equal(t, before, describe(t, owner))
			require.Equal(t, 1, get[int](t, owner, "select count(*) from private.function_files where sha256 like 'of an%'"))
		})
	}
}

func TestCheckSchema_OtherFunctions_SaysWhatToDo(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	owner := connect(t, d.OwnerURL)
	exec1(t, owner, "update private.function_sets set sha256 = 'older'")
	err := db.CheckSchema(t.Context(), d.AppURL)
	require.ErrorIs(t, err, db.ErrSchema)
	require.ErrorContains(t, err, "run `api migrate` first")

	require.NoError(t, db.Migrate(t.Context(), d.OwnerURL))
	require.NoError(t, db.CheckSchema(t.Context(), d.AppURL))

	exec1(t, owner, "insert into private.function_sets (sha256) values ('newer')")
	err = db.CheckSchema(t.Context(), d.AppURL)
	require.ErrorIs(t, err, db.ErrSchema)
	require.ErrorContains(t, err, "deploy a newer binary")
	require.ErrorIs(t, db.Migrate(t.Context(), d.OwnerURL), db.ErrSchema, "an older binary migrates nothing")

	require.NoError(t, db.MigrateWith(t.Context(), d.OwnerURL, db.MigrateOptions{OlderFunctions: true}))
	require.NoError(t, db.CheckSchema(t.Context(), d.AppURL))

	exec1(t, owner, "drop function private.applied_function_sets")
	err = db.CheckSchema(t.Context(), d.AppURL)
	require.ErrorIs(t, err, db.ErrSchema)
	require.ErrorContains(t, err, "run `api migrate` first")
	require.NoError(t, db.Migrate(t.Context(), d.OwnerURL))
	require.NoError(t, db.CheckSchema(t.Context(), d.AppURL))
}

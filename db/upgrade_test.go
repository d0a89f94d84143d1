package db_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
)

// beforeFunctionFiles has the migrations as they were when they defined the functions themselves.
const beforeFunctionFiles = "testdata/before_function_files"

// migrateAsBefore migrates a database as `api migrate` did then.
func migrateAsBefore(t *testing.T, ownerURL string) {
	t.Helper()
	conn := connect(t, ownerURL)
	exec1(t, conn, "create schema private")
	conns := stdlib.OpenDB(*conn.Config())
	defer conns.Close()
	p, err := goose.NewProvider(
		goose.DialectPostgres,
		conns,
		os.DirFS(beforeFunctionFiles),
		goose.WithTableName("private.schema_migrations"),
	)
	require.NoError(t, err)
	_, err = p.Up(t.Context())
	require.NoError(t, err)
	exec1(t, conn, `
		alter table private.schema_migrations enable row level security;
		create policy schema_migrations_nobody on private.schema_migrations using (false)`)
}

// A database that was made before db/functions existed becomes what a new one is, and keeps its rows.
func TestMigrate_DatabaseFromBeforeFunctionFiles_BecomesLikeANewOne(t *testing.T) {
	t.Parallel()
	for name, way := range map[string]struct {
		before  func(t *testing.T, ownerURL string)
		options db.MigrateOptions
	}{
		"by api migrate": {before: migrateAsBefore},
		"by psql": {
			before: func(t *testing.T, ownerURL string) {
				files, err := filepath.Glob(beforeFunctionFiles + "/*.sql")
				require.NoError(t, err)
				for _, f := range files {
					text, err := os.ReadFile(f)
					require.NoError(t, err)
					exec1(t, connect(t, ownerURL), string(text))
				}
			},
			options: db.MigrateOptions{Applied: 4},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := bare(t)
			way.before(t, d.OwnerURL)
			owner := connect(t, d.OwnerURL)
			ann, _ := dbtest.User(t, d)
			for table, statement := range rowsOf {
				_, err := owner.Exec(t.Context(), statement, ann)
				require.NoError(t, err, table)
			}
			before := contents(t, owner)
			require.Contains(t, before["meal_items"], ann.String())
			require.Contains(t, before["private.food_search"], `"lexemes"`)

			require.NoError(t, db.MigrateWith(t.Context(), d.OwnerURL, way.options))
			require.NoError(t, db.CheckSchema(t.Context(), d.AppURL))
			after := contents(t, owner)
			for table, rows := range before {
				require.Equal(t, rows, after[table], table)
			}
			require.Equal(t, describe(t, dbtest.New(t).Owner), describe(t, owner))
			live(t, owner, owner)
		})
	}
}

// rowsOf are statements that give the person $1 a row in tables of the schema as it was before function files.
var rowsOf = map[string]string{
	"foods": `insert into public.foods (created_by, name, source, calories, protein_g, carbs_g, fat_g) values ($1, 'Porridge', 'user', 70, 2.5, 12, 1.4)`,
	"food_servings": `
		with food as (
		  insert into public.foods (created_by, name, source, calories, protein_g, carbs_g, fat_g) values ($1, 'Bread', 'user', 250, 9, 48, 2)
		  returning id, created_by
		)
		insert into public.food_servings (food_id, created_by, label, grams) select id, created_by, '1 slice', 40 from food`,
	"food_favorites": `
		with food as (
		  insert into public.foods (created_by, name, source, calories, protein_g, carbs_g, fat_g) values ($1, 'Soup', 'user', 40, 2, 6, 1)
		  returning id, created_by
		)
		insert into public.food_favorites (food_id, user_id) select id, created_by from food`,
	"meals": `insert into public.meals (user_id, meal_type, eaten_at, local_date, timezone, source) values ($1, 'snack', now(), now()::date, 'UTC', 'manual')`,
	"meal_items": `
		with meal as (
		  insert into public.meals (user_id, meal_type, eaten_at, local_date, timezone, source) values ($1, 'snack', now(), now()::date, 'UTC', 'manual')
		  returning user_id, id, local_date
		)
		insert into public.meal_items (user_id, meal_id, local_date, position, kind, label, name, calories)
		select user_id, id, local_date, 0, 'quick', 'quick entry', 'Espresso', 3 from meal`,
	"private.idempotency_keys": `insert into private.idempotency_keys (user_id, key, fingerprint, status, headers, body) values ($1, 'k', sha256(''), 200, '{}', '')`,
}

// laterColumns are columns that migrations gave old rows, with a default.
const laterColumns = "'{adaptive_targets,exercise_calories,privacy_radius_m}'::text[]"

// contents are the rows of all tables but the records of what was applied, without their nulls: a column may come with a migration.
func contents(t *testing.T, q querier) map[string]string {
	t.Helper()
	rows, err := q.Query(t.Context(), `
		select c.oid::regclass::text
		from pg_class c
		where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
		  and c.relname not in ('schema_migrations', 'function_files', 'function_sets')
		order by 1`)
	require.NoError(t, err)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	all := map[string]string{}
	for _, table := range tables {
		var text string
		statement := "select coalesce(jsonb_agg(jsonb_strip_nulls(to_jsonb(r) - " + laterColumns + ") order by jsonb_strip_nulls(to_jsonb(r) - " + laterColumns + ")::text)::text, '') from " + table + " r"
		require.NoError(t, q.QueryRow(t.Context(), statement).Scan(&text))
		all[table] = text
	}
	return all
}

// describe has a line for everything that migrations and function files make.
func describe(t *testing.T, q querier) []string {
	t.Helper()
	rows, err := q.Query(t.Context(), `
		with ours as (
		  select oid from pg_namespace where nspname in ('public', 'private')
		), rights as (
		  select 'r' as kind, c.oid::text, a.grantee, a.privilege_type
		  from pg_class c cross join aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
		  union all
		  select 'c', a.attrelid || '.' || a.attnum, r.grantee, r.privilege_type
		  from pg_attribute a cross join aclexplode(a.attacl) r
		  union all
		  select 'f', p.oid::text, a.grantee, a.privilege_type
		  from pg_proc p cross join aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
		), granted as (
		  select kind, oid,
		    string_agg(case grantee when 0 then 'public' else grantee::regrole::text end || ' ' || privilege_type, ', '
		      order by grantee, privilege_type) as rights
		  from rights
		  group by kind, oid
		)
		select 'function ' || pg_get_functiondef(p.oid) || coalesce(g.rights, '')
		from pg_proc p
		left join granted g on g.kind = 'f' and g.oid = p.oid::text
		where p.pronamespace in (table ours)
		union all
		select 'table ' || concat_ws(' ', c.oid::regclass, c.relkind, c.relpersistence, c.relrowsecurity, c.reloptions, g.rights,
		  case c.relkind when 'v' then pg_get_viewdef(c.oid) end)
		from pg_class c
		left join granted g on g.kind = 'r' and g.oid = c.oid::text
		where c.relkind <> 'i' and c.relnamespace in (table ours)
		union all
		select 'column ' || concat_ws(' ', c.oid::regclass || '.' || a.attname, format_type(a.atttypid, a.atttypmod), a.attnum, a.attnotnull,
		  a.attgenerated, pg_get_expr(d.adbin, d.adrelid), g.rights)
		from pg_class c
		join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
		left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
		left join granted g on g.kind = 'c' and g.oid = c.oid || '.' || a.attnum
		where c.relkind <> 'i' and c.relnamespace in (table ours)
		union all
		select 'index ' || pg_get_indexdef(i.indexrelid)
		from pg_index i
		join pg_class c on c.oid = i.indrelid
		where c.relnamespace in (table ours)
		union all
		select 'constraint ' || concat_ws(' ', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid))
		from pg_constraint
		where connamespace in (table ours)
		union all
		select 'trigger ' || concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled)
		from pg_trigger t
		join pg_class c on c.oid = t.tgrelid
		where not t.tgisinternal and (c.relnamespace in (table ours) or c.relnamespace = 'auth'::regnamespace)
		union all
		select 'policy ' || concat_ws(' ', polrelid::regclass || '.' || polname, polcmd, polpermissive, polroles::regrole[],
		  pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
		from pg_policy
		union all
		select 'type ' || concat_ws(' ', oid::regtype, typtype) from pg_type where typnamespace in (table ours)
		order by 1`)
	require.NoError(t, err)
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	return lines
}

package db_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/dev/dbtest"
)

// ours are the tables of our schemas; owned are their columns that say whose a row is.
const (
	ours = `
		ours as (
		  select c.oid, c.oid::regclass::text as name, c.relrowsecurity
		  from pg_class c
		  where c.relkind in ('r', 'p')
		    and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace, 'jobs'::regnamespace)
		)`
	owned = `
		owned as (
		  select a.attrelid, a.attnum, a.attname
		  from pg_attribute a
		  join ours o on o.oid = a.attrelid
		  where a.attname = 'user_id' and a.attnum > 0 and not a.attisdropped
		  union
		  select f.conrelid, a.attnum, a.attname
		  from pg_constraint f
		  join ours o on o.oid = f.conrelid
		  join pg_attribute a on a.attrelid = f.conrelid and a.attnum = any (f.conkey)
		  where f.contype = 'f' and f.confrelid = 'auth.users'::regclass
		)`
)

// jobsRights are who may do what in schema jobs.
const jobsRights = `
	with rights as (
	  select 'schema jobs' as object, n.nspowner as owner, a.grantee, a.privilege_type as privilege
	  from pg_namespace n cross join aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
	  where n.nspname = 'jobs'
	  union all
	  select c.oid::regclass::text, c.relowner, a.grantee, a.privilege_type
	  from pg_class c cross join aclexplode(c.relacl) a
	  where c.relnamespace = 'jobs'::regnamespace
	  union all
	  select p.oid::regprocedure::text, p.proowner, a.grantee, a.privilege_type
	  from pg_proc p cross join aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
	  where p.pronamespace = 'jobs'::regnamespace
	)`

// rule is something that holds for every object of the schema. Its query answers the objects that break it, and spoil
// is what somebody might do that it has to notice.
type rule struct {
	name, breaches, spoil string
}

var rules = []rule{
	{
		"row level security is on",
		`with ` + ours + ` select name from ours where not relrowsecurity`,
		`create table public.notes (id uuid primary key)`,
	},
	{
		"a table has a policy, so that somebody thought about it",
		`with ` + ours + ` select name from ours where not exists (select from pg_policy p where p.polrelid = ours.oid)`,
		`create table private.notes (id uuid primary key); alter table private.notes enable row level security`,
	},
	{
		// Without it a policy that lets everybody through would do.
		"every policy on a user's table asks who is asking",
		`with ` + ours + `, ` + owned + `
		select p.polrelid::regclass || '.' || p.polname
		from pg_policy p
		where p.polrelid in (select attrelid from owned)
		  and p.polpermissive
		  and (coalesce(pg_get_expr(p.polqual, p.polrelid), '') || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')) !~* '\( SELECT auth\.uid\(\)'`,
		`create policy open on public.profiles for select to authenticated using (true)`,
	},
	{
		// In this form the planner asks once per statement instead of once per row.
		"no policy asks auth.uid() for each row",
		`select p.polrelid::regclass || '.' || p.polname
		from pg_policy p
		where replace(
		  coalesce(pg_get_expr(p.polqual, p.polrelid), '') || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), ''),
		  '( SELECT auth.uid() AS uid)', '') ~* 'auth\.uid\(\)'`,
		`create policy slow on public.profiles for select to authenticated using (id = auth.uid() and (select auth.uid()) is not null)`,
	},
	{
		// Not a partial one: the cascade that erases an account looks for deleted rows too.
		"whose a row is leads an index",
		`with ` + ours + `, ` + owned + `
		select o.attrelid::regclass || '.' || o.attname
		from owned o
		where not exists (
		  select from pg_index i
		  where i.indrelid = o.attrelid and i.indkey[0] = o.attnum and i.indpred is null and i.indisvalid
		)`,
		`create table public.notes (id uuid primary key, at date, user_id uuid); create index on public.notes (at, user_id)`,
	},
	{
		// Or deleting what it refers to reads the whole table, for each row.
		"a foreign key leads an index, one of several columns with two of them",
		`select f.conrelid::regclass || '.' || f.conname
		from pg_constraint f
		where f.contype = 'f' and f.connamespace in ('public'::regnamespace, 'private'::regnamespace)
		  and not exists (
		    select from pg_index i
		    where i.indrelid = f.conrelid and i.indpred is null and i.indisvalid
		      and f.conkey @> (i.indkey::smallint[])[0:least(cardinality(f.conkey), 2) - 1]
		  )`,
		`create table public.notes (id uuid primary key, food_id uuid references public.foods (id), deleted_at date); create index on public.notes (food_id) where deleted_at is null`,
	},
	{
		"what refers to an account goes with it",
		`select f.conrelid::regclass || '.' || f.conname
		from pg_constraint f
		where f.contype = 'f' and f.confrelid = 'auth.users'::regclass and f.confdeltype <> 'c'
		  and f.connamespace in ('public'::regnamespace, 'private'::regnamespace, 'jobs'::regnamespace)`,
		`create table public.notes (user_id uuid primary key references auth.users (id) on delete set null)`,
	},
	{
		"whose a row is refers to the account",
		`with ` + ours + `, ` + owned + `
		select o.attrelid::regclass || '.' || o.attname
		from owned o
		where not exists (
		  select from pg_constraint f
		  where f.contype = 'f' and f.confrelid = 'auth.users'::regclass and f.conrelid = o.attrelid and f.conkey = array[o.attnum]
		)`,
		`create table public.notes (user_id uuid primary key)`,
	},
	{
		"app may sign in and nothing else",
		`select 'app'
		where not exists (
		  select from pg_roles
		  where rolname = 'app' and rolcanlogin
		    and not (rolinherit or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
		)`,
		`alter role app createdb`,
	},
	{
		"app becomes anon or authenticated and nobody else",
		`select 'app → ' || coalesce(g.rolname, w.rolname)
		from (
		  select r.rolname
		  from pg_auth_members m
		  join pg_roles r on r.oid = m.roleid
		  where m.member = 'app'::regrole
		) g
		full join (values ('anon'::name), ('authenticated')) w (rolname) using (rolname)
		where g.rolname is null or w.rolname is null`,
		`grant service_role to app`,
	},
	{
		"app owns nothing",
		`select pg_describe_object(classid, objid, objsubid)
		from pg_shdepend
		where refclassid = 'pg_authid'::regclass and refobjid = 'app'::regrole and deptype = 'o'
		  and dbid in (0, (select oid from pg_database where datname = current_database()))`,
		`create table private.notes (); alter table private.notes owner to app`,
	},
	{
		"app has no rights of its own on tables that are not the jobs'",
		`select c.oid::regclass::text
		from pg_class c
		where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace, 'auth'::regnamespace)
		  and case c.relkind
		    when 'S' then has_sequence_privilege('app', c.oid, 'usage, select, update')
		    when 'r' then has_any_column_privilege('app', c.oid, 'select, insert, update, references') or has_table_privilege('app', c.oid, 'delete, truncate, trigger')
		    when 'v' then has_any_column_privilege('app', c.oid, 'select, insert, update') or has_table_privilege('app', c.oid, 'delete')
		    else false
		  end`,
		`grant select (email) on public.profiles to app`,
	},
	{
		"anon has no rights on tables",
		`select c.oid::regclass::text
		from pg_class c
		where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace, 'jobs'::regnamespace, 'auth'::regnamespace)
		  and c.relkind in ('r', 'p', 'v', 'm', 'f')
		  and (has_any_column_privilege('anon', c.oid, 'select, insert, update, references') or has_table_privilege('anon', c.oid, 'delete, truncate, trigger'))`,
		`create table public.notes ()`, // Supabase's default privileges open every new table to anon
	},
	{
		// TRUNCATE and TRIGGER pass row level security by, REFERENCES tells which rows exist.
		"authenticated may read and write rows and nothing else",
		`select c.oid::regclass::text
		from pg_class c
		where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace, 'jobs'::regnamespace)
		  and c.relkind in ('r', 'p', 'v', 'm', 'f')
		  and (has_any_column_privilege('authenticated', c.oid, 'references') or has_table_privilege('authenticated', c.oid, 'truncate, trigger'))`,
		`create table public.notes ()`,
	},
	{
		// The rights that let a statement lock a whole table in every mode (https://www.postgresql.org/docs/current/sql-lock.html), even
		// where row level security lets it change no row. INSERT allows no lock that makes another request wait.
		"no request may lock a whole table: it updates columns, and a function deletes",
		`select distinct c.oid::regclass || ' ' || a.privilege_type
		from pg_class c
		cross join aclexplode(c.relacl) a
		where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace, 'jobs'::regnamespace)
		  and c.relkind in ('r', 'p', 'v', 'm', 'f')
		  and (a.grantee = 0 or pg_has_role('anon', a.grantee, 'usage') or pg_has_role('authenticated', a.grantee, 'usage'))
		  and a.privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE', 'MAINTAIN')`,
		`grant update on public.meals to authenticated`,
	},
	{
		// A search path of the caller's would let the caller put tables of their own in the place of ours. The session check
		// names the schema of everything instead, which has a test of its own.
		"a function with its owner's rights fixes its search path",
		`select p.oid::regprocedure::text
		from pg_proc p
		where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace, 'jobs'::regnamespace) and p.prosecdef
		  and p.oid <> 'private.require_session'::regproc
		  and not exists (select from unnest(p.proconfig) s where s like 'search_path=%')`,
		`create function private.notes() returns int language sql security definer as 'select 1'`,
	},
	{
		"no function is for everybody",
		`select p.oid::regprocedure::text
		from pg_proc p
		cross join aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
		where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace, 'jobs'::regnamespace) and a.grantee = 0 and a.privilege_type = 'EXECUTE'`,
		`create function private.notes() returns int language sql as 'select 1'`,
	},
	{
		// A view runs with its owner's rights, to whom no policy applies.
		"a view is its caller's, or asks who is asking",
		`select c.oid::regclass::text
		from pg_class c
		where c.relkind in ('v', 'm') and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace, 'jobs'::regnamespace)
		  and not coalesce(c.reloptions, '{}') && array['security_invoker=true', 'security_invoker=on']
		  and not (
		    coalesce(c.reloptions, '{}') && array['security_barrier=true', 'security_barrier=on']
		    and pg_get_viewdef(c.oid) ~* '\( SELECT auth\.uid\(\)'
		  )`,
		`create view public.everybody as select * from public.profiles`,
	},
	{
		"private is closed to strangers",
		`select 'schema private'
		from pg_namespace n
		cross join aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
		where n.nspname = 'private'
		  and (a.grantee = 0 or a.privilege_type = 'CREATE' and a.grantee <> n.nspowner)`,
		`grant create on schema private to authenticated`,
	},
	{
		"the jobs are app's and nobody else's",
		jobsRights + ` select distinct r.object from rights r where r.grantee not in (r.owner, 'app'::regrole)`,
		`grant usage on schema jobs to authenticated`,
	},
	{
		"app works the jobs and does not rebuild them",
		jobsRights + ` select distinct r.object || ' ' || r.privilege from rights r
		where r.grantee = 'app'::regrole and r.privilege not in ('USAGE', 'EXECUTE')
		  and (r.object = 'jobs.river_migration' or r.privilege not in ('INSERT', 'UPDATE', 'DELETE')) and r.privilege <> 'SELECT'`,
		`grant truncate on jobs.river_job to app`,
	},
	{
		"no function, view or policy reads the claims of the token, which requests do not set",
		`select p.oid::regprocedure::text from pg_proc p
		where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace) and p.prosrc ~ 'auth\.(jwt|email)|request\.jwt\.claims'
		union all
		select format('%s.%s', v.schemaname, v.viewname) from pg_views v
		where v.schemaname in ('public', 'private') and v.definition ~ 'auth\.(jwt|email)|request\.jwt\.claims'
		union all
		select format('%s on %s', p.policyname, p.tablename) from pg_policies p
		where p.schemaname in ('public', 'private') and concat(p.qual, p.with_check) ~ 'auth\.(jwt|email)|jwt\.claims'`,
		`create view public.my_claims as select auth.jwt() as claims`,
	},
}

// querier is a connection, a pool or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

func (r rule) check(ctx context.Context, t *testing.T, q querier) []string {
	t.Helper()
	rows, err := q.Query(ctx, r.breaches)
	require.NoError(t, err)
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	return names
}

func TestSchema_EveryObject_FollowsTheRules(t *testing.T) {
	t.Parallel()
	d := dbtest.Shared(t)
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			require.Empty(t, r.check(t.Context(), t, d.Owner))
		})
	}
}

func TestSchema_ObjectThatBreaksARule_IsReported(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	conn, err := pgx.Connect(t.Context(), d.OwnerURL)
	require.NoError(t, err)
	defer conn.Close(context.WithoutCancel(t.Context()))
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			tx, err := conn.Begin(t.Context())
			require.NoError(t, err)
			defer func() { require.NoError(t, tx.Rollback(t.Context())) }()
			before := r.check(t.Context(), t, tx)
			_, err = conn.PgConn().Exec(t.Context(), r.spoil).ReadAll()
			require.NoError(t, err)
			require.Greater(t, len(r.check(t.Context(), t, tx)), len(before), r.spoil)
		})
	}
}

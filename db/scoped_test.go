package db_test

import (
	"context"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/dev/postgres"
)

// Row level security keeps people apart, and each statement does so a second time: it restricts every table that has an owner
// to the person who asks. Whether it does is read from its plan, made by a role that row level security does not concern: each
// scan of such a table has to have a condition on its owner.

// statement is one of db/queries as sqlc sends it.
type statement struct {
	name, sql string
	params    []string          // their names in Go, such as UserID
	unscoped  map[string]string // relations that it reads or writes for everybody, with the reason
}

// unscopedLine is a comment beside a statement in db/queries, which sqlc makes the comment of its method.
var unscopedLine = regexp.MustCompile(`(?m)^unscoped (\S+): (.+)$`)

// statements reads them from what sqlc generates.
func statements(t *testing.T) (all []statement) {
	t.Helper()
	names, err := filepath.Glob("../gen/queries/*.sql.go")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
		require.NoError(t, err)
		sql := map[string]string{}
		ast.Inspect(file, func(n ast.Node) bool {
			if c, ok := n.(*ast.ValueSpec); ok && len(c.Values) == 1 {
				if text, ok := c.Values[0].(*ast.BasicLit); ok && text.Kind == token.STRING {
					sql[c.Names[0].Name], err = strconv.Unquote(text.Value)
					require.NoError(t, err)
				}
			}
			return true
		})
		for _, d := range file.Decls {
			method, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			s := statement{name: method.Name.Name, unscoped: map[string]string{}}
			for _, m := range unscopedLine.FindAllStringSubmatch(method.Doc.Text(), -1) {
				s.unscoped[m[1]] = m[2]
			}
			ast.Inspect(method, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || len(call.Args) < 2 {
					return true
				}
				constant, ok := call.Args[1].(*ast.Ident)
				if !ok || sql[constant.Name] == "" {
					return true
				}
				s.sql = sql[constant.Name]
				for _, arg := range call.Args[2:] {
					if field, ok := arg.(*ast.SelectorExpr); ok {
						arg = field.Sel
					}
					s.params = append(s.params, arg.(*ast.Ident).Name)
				}
				return true
			})
			require.NotEmpty(t, s.sql, s.name)
			all = append(all, s)
		}
	}
	return all
}

// planner plans statements and knows which relations have an owner.
type planner struct {
	conn   *pgx.Conn
	owners map[string]owner // by relation, as in "public.meals"
}

type owner struct {
	columns []string
	places  []int // of the columns among all of the table
}

// newPlanner takes a connection of a role that row level security does not concern.
func newPlanner(t *testing.T, conn *pgx.Conn) *planner {
	t.Helper()
	p := &planner{conn: conn, owners: map[string]owner{}}
	rows, err := conn.Query(t.Context(), `with `+ours+`, `+owned+`
		select n.nspname || '.' || c.relname, a.attname, a.attnum - 1
		from pg_attribute a
		join pg_class c on c.oid = a.attrelid
		join pg_namespace n on n.oid = c.relnamespace
		where (a.attrelid, a.attnum) in (select attrelid, attnum from owned)
		  or n.nspname = 'auth' and c.relkind = 'r' and a.attname = 'user_id'
		order by 1, 2`)
	require.NoError(t, err)
	var relation, column string
	var place int
	_, err = pgx.ForEachRow(rows, []any{&relation, &column, &place}, func() error {
		o := p.owners[relation]
		p.owners[relation] = owner{append(o.columns, column), append(o.places, place)}
		return nil
	})
	require.NoError(t, err)
	// Not the real one, which is an expression that Postgres would put in the place of its name.
	exec1(t, conn, `create or replace function auth.uid() returns uuid language plpgsql stable as 'begin return null; end'`)
	return p
}

// node is one of a plan, as explain shows it.
type node struct {
	Type           string   `json:"Node Type"`
	Side           string   `json:"Parent Relationship"`
	Subplan        string   `json:"Subplan Name"`
	CTE            string   `json:"CTE Name"`
	JoinType       string   `json:"Join Type"`
	Operation      string   `json:"Operation"`
	Schema         string   `json:"Schema"`
	Relation       string   `json:"Relation Name"`
	Alias          string   `json:"Alias"`
	Output         []string `json:"Output"`
	IndexCond      string   `json:"Index Cond"`
	RecheckCond    string   `json:"Recheck Cond"`
	Filter         string   `json:"Filter"`
	HashCond       string   `json:"Hash Cond"`
	MergeCond      string   `json:"Merge Cond"`
	JoinFilter     string   `json:"Join Filter"`
	OnConflict     string   `json:"Conflict Resolution"`
	ConflictFilter string   `json:"Conflict Filter"`
	Plans          []node   `json:"Plans"`
}

// column names a column of what the node scans, as other nodes name it.
func (n node) column(name string) string {
	if !regexp.MustCompile(`^[a-z_][a-z0-9_]*$`).MatchString(n.Alias) {
		return strconv.Quote(n.Alias) + "." + name
	}
	return n.Alias + "." + name
}

const asker = "current_setting('param.userid'::text, true)"

// plan replaces each parameter by a setting of its name. Postgres cannot know its value when it plans, as it would not know the
// parameter's, and shows it by name.
func (p *planner) plan(ctx context.Context, s statement) (node, error) {
	described, err := p.conn.Prepare(ctx, "", s.sql)
	if err != nil {
		return node{}, err
	}
	types := make([]string, len(described.ParamOIDs))
	for i, oid := range described.ParamOIDs {
		if err := p.conn.QueryRow(ctx, "select $1::oid::regtype::text", oid).Scan(&types[i]); err != nil {
			return node{}, err
		}
	}
	sql := regexp.MustCompile(`\$\d+`).ReplaceAllStringFunc(s.sql, func(param string) string {
		n, _ := strconv.Atoi(param[1:])
		return fmt.Sprintf("(current_setting('param.%s', true)::%s)", strings.ToLower(s.params[n-1]), types[n-1])
	})
	var plans []struct{ Plan node }
	var text []byte
	if err := p.conn.QueryRow(ctx, "explain (verbose, costs off, format json) "+sql).Scan(&text); err != nil {
		return node{}, err
	}
	if err := json.Unmarshal(text, &plans); err != nil {
		return node{}, err
	}
	return plans[0].Plan, nil
}

// unscoped returns the relations that a statement does not restrict to the person who asks.
func (p *planner) unscoped(ctx context.Context, s statement) ([]string, error) {
	root, err := p.plan(ctx, s)
	if err != nil {
		return nil, err
	}
	r := reading{owners: p.owners, ofAsker: map[string]bool{"auth.uid()": true, "(" + asker + ")::uuid": true}, subplans: map[string]node{}}
	r.collect(root, nil)
	for again := true; again; { // what is of the asker makes what it is joined with of the asker
		again = false
		for i := range r.uses {
			if u := &r.uses[i]; !u.scoped && r.isScoped(*u) {
				u.scoped, again = true, true
				for _, column := range u.owner.columns {
					r.ofAsker[u.node.column(column)] = true
				}
			}
		}
		again = r.followSubplans() || again
	}
	var missing []string
	for _, u := range r.uses {
		if relation := u.node.Schema + "." + u.node.Relation; !u.scoped && !slices.Contains(missing, relation) {
			missing = append(missing, relation)
		}
	}
	return missing, nil
}

// reading is what is known about a plan so far.
type reading struct {
	owners   map[string]owner
	uses     []use
	ofAsker  map[string]bool // expressions whose value is the person who asks
	subplans map[string]node // by the name of the expression or common table expression that shows them
	derived  []node          // scans of common table expressions and subqueries
}

// use is a place where a plan reads or writes a relation with an owner, and the joins around it, the innermost last.
type use struct {
	node   node
	owner  owner
	joins  []join
	scoped bool
}

type join struct {
	node node
	side string
}

var initPlan = regexp.MustCompile(`^InitPlan (\d+)(?: \(returns (\$\d+)\))?$`)

func (r *reading) collect(n node, joins []join) {
	if o, ok := r.owners[n.Schema+"."+n.Relation]; ok && (n.Type != "ModifyTable" || n.Operation == "Insert") {
		r.uses = append(r.uses, use{node: n, owner: o, joins: joins})
	}
	if m := initPlan.FindStringSubmatch(n.Subplan); m != nil && slices.Equal(n.Output, []string{"auth.uid()"}) {
		r.ofAsker["(InitPlan "+m[1]+").col1"] = true // as Postgres 17 and later show it
		r.ofAsker[m[2]] = true                       // and earlier ones
	}
	if cte, ok := strings.CutPrefix(n.Subplan, "CTE "); ok {
		r.subplans[cte] = n
	}
	if n.Type == "CTE Scan" || n.Type == "Subquery Scan" {
		r.derived = append(r.derived, n)
	}
	for _, child := range n.Plans {
		around := joins
		if n.JoinType != "" {
			around = append(slices.Clone(joins), join{n, child.Side})
		}
		r.collect(child, around)
	}
}

// followSubplans finds columns of common table expressions and subqueries that are of the asker. They are told by their names,
// for that is all that a plan shows of them.
func (r *reading) followSubplans() (found bool) {
	for _, scan := range r.derived {
		source, ok := r.subplans[scan.CTE]
		if !ok && len(scan.Plans) > 0 {
			source = scan.Plans[0]
		}
		for _, column := range source.Output {
			_, name, ok := strings.Cut(column, ".")
			if derived := scan.column(name); ok && r.ofAsker[column] && !r.ofAsker[derived] {
				r.ofAsker[derived], found = true, true
			}
		}
	}
	return found
}

func (r *reading) isScoped(u use) bool {
	n := u.node
	if n.Type == "ModifyTable" {
		return r.insertsOwn(u)
	}
	conditions := []string{n.IndexCond, n.RecheckCond, n.Filter}
	for _, j := range u.joins {
		if restricts(j.node.JoinType, j.side) {
			conditions = append(conditions, j.node.HashCond, j.node.MergeCond, j.node.JoinFilter, j.node.Filter)
		}
	}
	return slices.ContainsFunc(conditions, func(c string) bool { return r.restrictsOwner(c, u) })
}

// restricts says whether a join leaves only those rows of one side that meet its condition.
func restricts(joinType, side string) bool {
	switch joinType {
	case "Inner", "Semi", "Right Semi":
		return true
	case "Left", "Anti":
		return side == "Inner"
	case "Right", "Right Anti":
		return side == "Outer"
	}
	return false // Full, and what Postgres may have one day
}

// restrictsOwner says whether one of the conditions that are joined by "and" is about the owner.
func (r *reading) restrictsOwner(condition string, u use) bool {
	return slices.ContainsFunc(split(condition, " AND "), func(part string) bool {
		for _, column := range u.owner.columns {
			own := u.node.column(column)
			// A row without an owner is the catalogue's.
			either := split(part, " OR ")
			if !slices.ContainsFunc(either, func(e string) bool { return e != own+" IS NULL" && !r.equals(e, own) }) {
				return true
			}
		}
		return false
	})
}

// equals says whether the condition is that own is the same as something that is of the asker.
func (r *reading) equals(condition, own string) bool {
	sides := split(condition, " = ")
	if inner, ok := strings.CutPrefix(condition, "NOT "); ok {
		sides = split(inner, " IS DISTINCT FROM ")
	}
	return len(sides) == 2 && (sides[0] == own && r.ofAsker[sides[1]] || sides[1] == own && r.ofAsker[sides[0]])
}

// insertsOwn says whether new rows belong to the asker, and rows that are updated instead do so too.
func (r *reading) insertsOwn(u use) bool {
	if u.node.OnConflict == "UPDATE" && !r.restrictsOwner(u.node.ConflictFilter, u) {
		return false
	}
	values := u.node.Plans[0].Output
	for _, place := range u.owner.places {
		if place >= len(values) || !r.ofAsker[values[place]] {
			return false
		}
	}
	return true
}

// split takes an expression apart at an operator that is in no parentheses and quotes, except those around the whole.
func split(expression, operator string) (parts []string) {
	expression = unwrap(expression)
	depth, begin := 0, 0
	var quote byte
	for i := 0; i < len(expression); i++ {
		switch c := expression[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == '(':
			depth++
		case c == ')':
			depth--
		case depth == 0 && strings.HasPrefix(expression[i:], operator):
			parts = append(parts, unwrap(expression[begin:i]))
			begin = i + len(operator)
		}
	}
	return append(parts, unwrap(expression[begin:]))
}

// unwrap takes the parentheses off that are around the whole expression.
func unwrap(expression string) string {
	for strings.HasPrefix(expression, "(") {
		depth, end := 0, 0
		var quote rune
		for i, c := range expression {
			switch {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '\'' || c == '"':
				quote = c
			case c == '(':
				depth++
			case c == ')':
				if depth--; depth == 0 && end == 0 {
					end = i
				}
			}
		}
		if end != len(expression)-1 {
			break
		}
		expression = expression[1:end]
	}
	return expression
}

// plannerSettings lead to plans of different shapes, of which none may change what the check finds.
var plannerSettings = []string{
	"reset all",
	"set enable_nestloop = off",
	"set enable_nestloop = off; set enable_hashjoin = off",
	"set enable_hashjoin = off; set enable_mergejoin = off; " +
		"set enable_indexscan = off; set enable_bitmapscan = off; set enable_indexonlyscan = off",
	"set enable_seqscan = off; set from_collapse_limit = 1; set join_collapse_limit = 1",
}

// eachPlanner runs a test on the newest and the oldest Postgres that there is, and with all settings.
func eachPlanner(t *testing.T, test func(t *testing.T, p *planner)) {
	t.Helper()
	for name, ownerURL := range map[string]func(t *testing.T) string{
		"newest": func(t *testing.T) string { return dbtest.New(t).OwnerURL },
		"oldest": func(t *testing.T) string {
			ownerURL := startOldest(t)
			_, err := postgres.Prepare(t.Context(), ownerURL, "")
			require.NoError(t, err)
			return ownerURL
		},
	} {
		t.Run("Postgres "+name, func(t *testing.T) {
			t.Parallel()
			conn := connect(t, ownerURL(t))
			exec1(t, conn, `
				create table public.notes (id uuid primary key, user_id uuid not null references auth.users (id), text text);
				create unique index on public.notes (user_id, id);
				create view public.meal_names with (security_invoker = true) as select id, name from public.meals`)
			p := newPlanner(t, conn)
			for _, setting := range plannerSettings {
				exec1(t, conn, "reset all; "+setting)
				t.Run(setting, func(t *testing.T) { test(t, p) })
			}
		})
	}
}

func TestQueries_EveryTableWithUserID_IsRestrictedToTheSignedInPerson(t *testing.T) {
	t.Parallel()
	all := statements(t)
	eachPlanner(t, func(t *testing.T, p *planner) {
		for _, s := range all {
			missing, err := p.unscoped(t.Context(), s)
			require.NoError(t, err, s.name)
			for _, relation := range missing {
				if s.unscoped[relation] == "" {
					t.Errorf("%s does not restrict %s to the person who asks: compare its owner with @user_id, or give the reason "+
						"beside the statement: -- unscoped %s: …", s.name, relation, relation)
				}
			}
			for relation := range s.unscoped {
				if !slices.Contains(missing, relation) {
					t.Errorf("%s restricts %s, and says that it does not", s.name, relation)
				}
			}
		}
	})
}

// In these statements $1 is the person who asks and $2 something else.
func TestUnscoped_UnrestrictedStatement_IsFound(t *testing.T) {
	t.Parallel()
	const items, meals, foods, notes = "public.meal_items", "public.meals", "public.foods", "public.notes"
	cases := map[string]struct {
		sql  string
		want []string
	}{
		"a new table":                    {`select text from public.notes where $1::uuid is not null`, []string{notes}},
		"a new table, restricted":        {`select text from public.notes where user_id = $1`, nil},
		"another column":                 {`select text from public.notes where id = $1`, []string{notes}},
		"another parameter":              {`select text from public.notes where user_id = $2 and $1::uuid is not null`, []string{notes}},
		"an update by id alone":          {`update public.meals set name = $1 where id = $2`, []string{meals}},
		"an update, restricted":          {`update public.meals set name = 'x' where user_id = $1 and id = $2`, nil},
		"a delete by id alone":           {`delete from public.notes where id = $2 and $1::uuid is not null`, []string{notes}},
		"a view":                         {`select name from public.meal_names where id = $1`, []string{meals}},
		"one of two conditions":          {`select text from public.notes where user_id = $1 or id = $2`, []string{notes}},
		"a condition that may be absent": {`select text from public.notes where $2::uuid is null or user_id = $1`, []string{notes}},
		"the opposite":                   {`select text from public.notes where user_id <> $1`, []string{notes}},
		"itself": {
			`select text from public.notes where user_id = user_id and $1::uuid is not null`,
			[]string{notes},
		},
		"a join on one side": {
			`select i.name from public.meals m join public.meal_items i on i.meal_id = m.id where m.user_id = $1`, []string{items}},
		"a join on both sides": {
			`select i.name from public.meals m join public.meal_items i on i.user_id = m.user_id and i.meal_id = m.id
			where m.user_id = $1`, nil},
		"a join on no side": {
			`select i.name from public.meals m join public.meal_items i on i.user_id = m.user_id and i.meal_id = m.id
			where m.id = $1`, []string{items, meals}},
		"an outer join that keeps all": {
			`select n.text from public.notes n left join public.meals m on m.user_id = n.user_id and m.user_id = $1`, []string{notes}},
		"an outer join the other way": {
			`select n.text from public.meals m left join public.notes n on n.user_id = m.user_id and n.id = $2 where m.user_id = $1`, nil},
		"a full join": {
			`select n.text from (select * from public.meals
			where user_id = $1) m full join public.notes n on n.user_id = m.user_id`, []string{notes}},
		"what does not exist": {
			`select text from public.notes n where not exists (select from public.meals m
			where m.user_id = n.user_id and m.user_id = $1)`, []string{notes}},
		"what exists": {
			`select text from public.notes n where exists (select from public.meals m where m.user_id = n.user_id) and n.user_id = $1`,
			nil,
		},
		"a subquery": {
			`select (select count(*) from public.notes), full_name from public.profiles where id = $1`, []string{notes}},
		"a subquery of the row": {
			`select (select count(*) from public.notes n where n.id = m.id) from public.meals m where m.user_id = $1`, []string{notes}},
		"a subquery of the row, restricted": {
			`select (select count(*) from public.notes n where n.user_id = m.user_id) from public.meals m where m.user_id = $1`, nil},
		"the owner of another row": {
			`select text from public.notes where user_id = (select user_id from public.meals
			where id = $2) and $1::uuid is not null`, []string{meals, notes}},
		"one half of a union": {
			`select text from public.notes where user_id = $1 union all select name from public.meals`, []string{meals}},
		"a common table expression": {
			`with m as materialized (select * from public.meals
			where user_id = $1) select n.text from m join public.notes n on n.id = m.id`, []string{notes}},
		"a common table expression, restricted": {
			`with m as materialized (select * from public.meals
			where user_id = $1) select n.text from m join public.notes n on n.user_id = m.user_id`, nil},
		"a filter after grouping": {
			`select * from (select user_id, count(*) over () as n from public.notes) n where n.user_id = $1`, []string{notes}},
		"the catalogue and one's own": {
			`select name from public.foods where created_by is null or created_by = $1`, nil},
		"the catalogue alone": {
			`select name from public.foods where created_by is null and $1::uuid is not null`, nil},
		"the catalogue and others": {
			`select name from public.foods where created_by is null or created_by <> $1`, []string{foods}},
		"the catalogue and one's own and more": {
			`select text from public.notes where user_id is null or user_id = $1 or text is null`, []string{notes}},
		"text that looks like a condition": {
			`select text from public.notes where text = ' AND (notes.user_id = auth.uid()) AND ' and $1::uuid is not null`,
			[]string{notes},
		},
		"an insert":           {`insert into public.notes (id, user_id) values ($2, $1)`, nil},
		"an insert for other": {`insert into public.notes (id, user_id) values ($1, $2)`, []string{notes}},
		"an insert of rows of the asker": {
			`insert into public.notes (id, user_id) select id, user_id from public.meals where user_id = $1`, nil},
		"an insert of rows of everybody": {
			`insert into public.notes (id, user_id) select id, $1 from public.meals`, []string{meals}},
		"an upsert": {
			`insert into public.notes (id, user_id) values ($2, $1) on conflict (id) do update set text = 'x'`, []string{notes}},
		"an upsert, restricted": {
			`insert into public.notes as n (id, user_id) values ($2, $1) on conflict (id) do update set text = 'x' where n.user_id = $1`,
			nil,
		},
	}
	eachPlanner(t, func(t *testing.T, p *planner) {
		for name, c := range cases {
			got, err := p.unscoped(t.Context(), statement{sql: c.sql, params: []string{"UserID", "other"}})
			require.NoError(t, err, name)
			slices.Sort(got)
			assert.Equal(t, c.want, got, name)
		}
	})
}

package docstest

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/gen"
	_ "github.com/ultimatecoach/api/internal/server" // links all rooms, which define codes
	"github.com/ultimatecoach/api/internal/tools/contract"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

// generated are the tables of the guides that are made from the code and the contract, by guide and by name. In a guide each stands
// between <!-- NAME:begin --> and <!-- NAME:end -->.
var generated = map[string]map[string]func(*contract.Contract) string{
	"errors":               {"codes": codesTable, "field-codes": fieldCodesTable, "methods": methodsTable},
	"conditional-requests": {"operations": conditionsTable},
	"idempotency":          {"operations": keysTable},
	"rate-limits":          {"operations": rateClassesTable},
}

// TestGuides_GeneratedTables_AreCurrent compares the generated tables of the guides with the code and the contract.
// UPDATE=1 rewrites the guides; build the site after that.
func TestGuides_GeneratedTables_AreCurrent(t *testing.T) {
	t.Parallel()
	c, err := contract.Compile(gen.OpenAPI)
	require.NoError(t, err)
	for guide, tables := range generated {
		file := filepath.Join(guides, guide+".md")
		source, err := os.ReadFile(file)
		require.NoError(t, err)
		want := string(source)
		for name, table := range tables {
			begin, end := "<!-- "+name+":begin -->\n", "<!-- "+name+":end -->"
			before, rest, ok := strings.Cut(want, begin)
			require.True(t, ok, "%s has no %s", file, begin)
			_, after, ok := strings.Cut(rest, end)
			require.True(t, ok, "%s has no %s", file, end)
			want = before + begin + table(c) + end + after
		}
		if os.Getenv("UPDATE") != "" {
			require.NoError(t, os.WriteFile(file, []byte(want), 0o644))
			continue
		}
		require.Equal(t, want, string(source), "run UPDATE=1 go test ./internal/checks/docstest -run GeneratedTables")
	}
}

func codesTable(*contract.Contract) string {
	var table strings.Builder
	table.WriteString("| Status | Code | What it says | What to do |\n|---|---|---|---|\n")
	for _, c := range problem.Types() {
		fmt.Fprintf(&table, "| %d | `%s` | %s | %s |\n", c.Status, c.Code, c.Detail, c.Fix)
	}
	return table.String()
}

func fieldCodesTable(*contract.Contract) string {
	var table strings.Builder
	table.WriteString("| Field code | What it means | Usual message |\n|---|---|---|\n")
	for _, c := range problem.FieldCodes() {
		fmt.Fprintf(&table, "| `%s` | %s | %s |\n", c.Code, c.Meaning, c.At("").Message)
	}
	return table.String()
}

func methodsTable(c *contract.Contract) string {
	methods := map[string][]string{}
	var order []string
	for _, op := range c.Operations() {
		if methods[op.Path] == nil {
			order = append(order, op.Path)
		}
		methods[op.Path] = append(methods[op.Path], "`"+op.Method+"`")
		if op.Method == http.MethodGet {
			methods[op.Path] = append(methods[op.Path], "`HEAD`")
		}
	}
	var table strings.Builder
	table.WriteString("| Path | Methods |\n|---|---|\n")
	for _, path := range order {
		fmt.Fprintf(&table, "| `%s` | %s |\n", braces(path), strings.Join(methods[path], ", "))
	}
	return table.String()
}

func conditionsTable(c *contract.Contract) string {
	return operationsTable(c, []string{"If-None-Match", "If-Match"})
}

func keysTable(c *contract.Contract) string {
	return operationsTable(c, []string{"Idempotency-Key"})
}

// operationsTable lists the operations that take one of the headers.
func operationsTable(c *contract.Contract, headers []string) string {
	var table strings.Builder
	table.WriteString("| Operation | Path | Takes |\n|---|---|---|\n")
	for _, op := range c.Operations() {
		for _, header := range headers {
			if slices.Contains(op.Parameters("header"), header) {
				fmt.Fprintf(
					&table,
					"| [%s](/docs#tag/%s/%s) | `%s %s` | `%s` |\n",
					op.ID,
					op.Tag,
					op.ID,
					op.Method,
					braces(op.Path),
					header,
				)
			}
		}
	}
	return table.String()
}

func rateClassesTable(c *contract.Contract) string {
	byClass := map[string][]string{}
	var order []string
	for _, op := range c.Operations() {
		if byClass[op.RateClass] == nil {
			order = append(order, op.RateClass)
		}
		byClass[op.RateClass] = append(byClass[op.RateClass], fmt.Sprintf("[%s](/docs#tag/%s/%s)", op.ID, op.Tag, op.ID))
	}
	slices.Sort(order)
	var table strings.Builder
	table.WriteString("| Class | Operations |\n|---|---|\n")
	for _, class := range order {
		name := "`" + class + "`"
		if class == "none" {
			name = "not counted"
		}
		fmt.Fprintf(&table, "| %s | %s |\n", name, strings.Join(byClass[class], ", "))
	}
	return table.String()
}

var pathParameter = regexp.MustCompile(`:(\w+)`)

// braces writes the path parameters as the contract does: {id} instead of :id.
func braces(path string) string { return pathParameter.ReplaceAllString(path, "{$1}") }

// TestTypeScriptCodes_AreThoseOfTheServer compares the unions of the TypeScript client with the codes of the compiled program.
func TestTypeScriptCodes_AreThoseOfTheServer(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("../../../gen/ts/codes.gen.ts")
	require.NoError(t, err)
	problems, fields, ok := strings.Cut(string(source), "KnownFieldErrorCode")
	require.True(t, ok)
	var wantProblems, wantFields []string
	for _, c := range problem.Types() {
		wantProblems = append(wantProblems, c.Code)
	}
	for _, c := range problem.FieldCodes() {
		wantFields = append(wantFields, c.Code)
	}
	require.ElementsMatch(t, wantProblems, union(problems))
	require.ElementsMatch(t, wantFields, union(fields))
}

var member = regexp.MustCompile(`\| '(\w+)'`)

func union(source string) (codes []string) {
	for _, m := range member.FindAllStringSubmatch(source, -1) {
		codes = append(codes, m[1])
	}
	return codes
}

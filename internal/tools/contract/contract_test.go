package contract

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/gen"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

var compileOnce = sync.OnceValues(func() (*Contract, error) { return Compile(gen.OpenAPI) })

func compiled(tb testing.TB) *Contract {
	tb.Helper()
	c, err := compileOnce()
	require.NoError(tb, err)
	return c
}

func TestCompile_Security_SetsNeedsUser(t *testing.T) {
	t.Parallel()
	c := compiled(t)
	login := c.Find(http.MethodPost, "/api/v1/auth/login")
	require.False(t, login.NeedsUser)
	require.Equal(t, "sign_in", login.RateClass)
	require.True(t, login.HasBody())
	require.False(t, c.Find(http.MethodPost, "/api/v1/auth/refresh").NeedsUser, "the refresh cookie alone does not identify a user")
	revoke := c.Find(http.MethodDelete, "/api/v1/auth/sessions/:id")
	require.True(t, revoke.NeedsUser)
	require.Equal(t, []string{"id"}, revoke.Parameters("path"))
	require.Nil(t, c.Find(http.MethodPut, "/api/v1/users/me"))
}

func TestCompile_StatusDefault_IsRefused(t *testing.T) {
	t.Parallel()
	_, err := Compile([]byte("openapi: 3.1.0\npaths: {/: {get: {operationId: x, responses: {default: {description: x}}}}}"))
	require.ErrorContains(t, err, "default")
}

func TestRequest_WholeNumberWrittenAsDecimal_IsReturnedAsInteger(t *testing.T) {
	t.Parallel()
	op := compiled(t).Find(http.MethodPatch, "/api/v1/users/me")
	for sent, want := range map[string]string{
		`{"meals_per_day": 3}`:                      `{"meals_per_day": 3}`,
		`{"meals_per_day":3.0}`:                     `{"meals_per_day":3}`,
		`{"meals_per_day":30e-1}`:                   `{"meals_per_day":3}`,
		`{"height_cm":180.5,"meals_per_day":0.3e1}`: `{"height_cm":180.5,"meals_per_day":3}`,
	} {
		got, err := op.CheckBody(t.Context(), []byte(sent))
		require.NoError(t, err, sent)
		require.JSONEq(t, want, string(got))
		var into struct {
			Meals int `json:"meals_per_day"`
		}
		require.NoError(t, json.Unmarshal(got, &into), "encoding/json must decode what the schema accepts as an integer")
	}
}

func TestExplain_Union_NamesErrorsOfTheBestBranch(t *testing.T) {
	t.Parallel()
	op := compiled(t).Find(http.MethodPatch, "/api/v1/users/me")
	for body, want := range map[string]problem.Field{
		`{"custom_targets":{"calories":10001,"protein_g":1,"carbs_g":1,"fat_g":1}}`:      {Field: "custom_targets.calories", Code: "too_large", Message: "must be at most 10000"},
		`{"custom_targets":{"calories":2000,"protein_g":1,"carbs_g":1,"fat_g":1,"x":1}}`: {Field: "custom_targets.x", Code: "unknown_field", Message: "is not a field of this request"},
		`{"primary_goal":"fly"}`: {Field: "primary_goal", Code: "not_allowed", Message: "must be one of lose_weight, build_muscle, maintain, improve_performance"},
	} {
		_, err := op.CheckBody(t.Context(), []byte(body))
		var p *problem.Problem
		require.ErrorAs(t, err, &p)
		require.Contains(t, p.Errors, want, body)
	}
}

func TestExplain_2000UnknownFields_ResponseStaysSmall(t *testing.T) {
	t.Parallel()
	op := compiled(t).Find(http.MethodPatch, "/api/v1/users/me")
	var body strings.Builder
	body.WriteString(`{"height_cm":1`)
	for i := range 2000 {
		fmt.Fprintf(&body, `,"%s%d":1`, strings.Repeat("x", 300), i)
	}
	_, err := op.CheckBody(t.Context(), []byte(body.String()+"}"))
	var p *problem.Problem
	require.ErrorAs(t, err, &p)
	text, err := json.Marshal(p.Document("x"))
	require.NoError(t, err)
	require.Less(t, len(text), 50_000)
}

func TestLocation_OfAResponse_IsFilledIn(t *testing.T) {
	t.Parallel()
	op := compiled(t).Find(http.MethodPost, "/api/v1/nutrition/meals")
	day := compiled(t).Find(http.MethodPost, "/api/v1/nutrition/days/:date/copy")
	require.Equal(t, "/api/v1/nutrition/meals/m1", op.Location([]byte(`{"items":[{"id":"i1"}],"id":"m1"}`)))
	require.Empty(t, op.Location([]byte(`{"items":[{"id":"i1"}]}`)))
	require.Equal(
		t,
		"/api/v1/nutrition/days/2026-11-23",
		day.Location([]byte(`{"data":[{"id":"m1","local_date":"2026-11-23"},{"local_date":"x"}]}`)),
	)
	require.Empty(t, day.Location([]byte(`{"data":[]}`)))
	require.Empty(t, compiled(t).Find(http.MethodGet, "/").Location([]byte(`{}`)))
}

// Every operation that makes something says where it is.
func TestContract_Every201_HasALocation(t *testing.T) {
	t.Parallel()
	for _, op := range compiled(t).Operations() {
		require.Equal(t, slices.Contains(op.Statuses, http.StatusCreated), op.location != "", op.ID)
	}
}

// FuzzParse checks that parse accepts only JSON that encoding/json decodes to the same value, and that it never panics.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{`{}`, `{"a":[1,2.0,1e5,null,true,"x"]}`, `"\ud83e\uddb5"`, `"\ud800"`, `{"a":1,"a":2}`, "[[[[]]]]", "1e400", "-0", "\xff", ` 1 2`, `"\\ud800"`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		value, err := parse(body)
		if err != nil {
			return
		}
		var expected any
		decoder := json.NewDecoder(bytes.NewReader(body))
		decoder.UseNumber()
		require.NoError(t, decoder.Decode(&expected), "parse accepted what encoding/json refuses")
		_, err = decoder.Token()
		require.True(t, errors.Is(err, io.EOF), "parse accepted text after the value")
		got, err := json.Marshal(value)
		require.NoError(t, err)
		var a, b any
		require.NoError(t, json.Unmarshal(got, &a))
		require.NoError(t, json.Unmarshal(body, &b))
		require.Equal(t, b, a)
	})
}

// HTTP headers carry visible ASCII and spaces. Tools that make mock responses send the examples as they are.
func TestContract_HeaderExamples_AreLegalInHTTP(t *testing.T) {
	t.Parallel()
	asJSON, err := JSON(gen.OpenAPI)
	require.NoError(t, err)
	var document any
	require.NoError(t, json.Unmarshal(asJSON, &document))
	examples := headerExamples("", document)
	require.Greater(t, len(examples), 10)
	for path, example := range examples {
		text := fmt.Sprint(example)
		require.NotEmpty(t, text, path)
		for _, char := range text {
			require.True(t, char >= ' ' && char <= '~', "%s: %q in %q", path, char, text)
		}
		require.Equal(t, strings.TrimSpace(text), text, path)
	}
}

// headerExamples returns all examples of headers, and of parameters that are headers, by their path in the document.
func headerExamples(path string, node any) map[string]any {
	found := map[string]any{}
	switch node := node.(type) {
	case map[string]any:
		if headers, ok := node["headers"].(map[string]any); ok {
			for name, header := range headers {
				maps.Copy(found, examplesOf(path+"/headers/"+name, header))
			}
		}
		if node["in"] == "header" {
			maps.Copy(found, examplesOf(path, node))
		}
		for name, child := range node {
			maps.Copy(found, headerExamples(path+"/"+name, child))
		}
	case []any:
		for i, child := range node {
			maps.Copy(found, headerExamples(fmt.Sprintf("%s/%d", path, i), child))
		}
	}
	return found
}

// examplesOf returns all that is an example below a header: `example`, the `value` of `examples`, and those of its schema.
func examplesOf(path string, node any) map[string]any {
	found := map[string]any{}
	header, _ := node.(map[string]any)
	if example, ok := header["example"]; ok {
		found[path+"/example"] = example
	}
	switch examples := header["examples"].(type) {
	case []any: // of a schema
		for i, example := range examples {
			found[fmt.Sprintf("%s/examples/%d", path, i)] = example
		}
	case map[string]any:
		for name, example := range examples {
			if named, ok := example.(map[string]any); ok && named["value"] != nil {
				found[path+"/examples/"+name] = named["value"]
			}
		}
	}
	if schema, ok := header["schema"]; ok {
		maps.Copy(found, examplesOf(path+"/schema", schema))
	}
	return found
}

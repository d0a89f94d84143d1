package contract

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/problem"
)

// hostile returns JSON values that are expensive for a naive validator, each of about size bytes.
func hostile(size int) map[string]string {
	repeat := func(open, entry, end string) string {
		n := max(1, (size-len(open)-len(end))/(len(entry)+1))
		return open + strings.TrimSuffix(strings.Repeat(entry+",", n), ",") + end
	}
	names := func(format string) string {
		var b strings.Builder
		b.WriteString(`{"x":1`)
		for i := 0; b.Len() < size-20; i++ {
			fmt.Fprintf(&b, format, i)
		}
		return b.String() + "}"
	}
	nested := min(maxDepth-8, size/2)
	return map[string]string{
		"array of numbers":        repeat("[", "1", "]"),
		"array of empty arrays":   repeat("[", "[]", "]"),
		"array of empty objects":  repeat("[", "{}", "]"),
		"array of strings":        repeat("[", `"a"`, "]"),
		"array of nulls":          repeat("[", "null", "]"),
		"array of tagged objects": repeat("[", `{"kind":"quick"}`, "]"),
		"array of unknown tags":   repeat("[", `{"kind":"x"}`, "]"),
		"array of large numbers":  repeat("[", "1e308", "]"),
		"array of decimals":       repeat("[", "1.0", "]"),
		"unknown names":           names(`,"n%d":1`),
		"escaped unknown names":   names(`,"\u00e4%d":1`),
		"the same name":           repeat("{", `"x":1`, "}"),
		"the tag many times":      repeat("{", `"kind":"quick"`, "}"),
		"long string":             `"` + strings.Repeat("a", size) + `"`,
		"long escaped string":     `"` + strings.Repeat(`\ud83e\uddb5`, size/12) + `"`,
		"long string of NULs":     `"` + strings.Repeat(`\u0000`, size/6) + `"`,
		"long name":               `{"` + strings.Repeat("a", size) + `":1}`,
		"long escaped name":       `{"` + strings.Repeat(`\"`, size/2) + `":1}`,
		"long number":             strings.Repeat("9", size),
		"long fraction":           "0." + strings.Repeat("1", size),
		"large exponent":          "1e999999",
		"long exponent":           "1e" + strings.Repeat("9", size),
		"small exponent":          "1e-999999999",
		"deep arrays":             strings.Repeat("[", nested) + repeat("[", "1", "]") + strings.Repeat("]", nested),
		"too deep arrays":         strings.Repeat("[", size/2) + strings.Repeat("]", size/2),
		"too deep objects":        strings.Repeat(`{"a":`, size/6) + "1" + strings.Repeat("}", size/6),
		"unclosed arrays":         strings.Repeat("[", size),
		"invalid UTF-8":           `"` + strings.Repeat("\xff", size) + `"`,
		"lone surrogates":         `"` + strings.Repeat(`\ud800`, size/6) + `"`,
		"white space":             "1" + strings.Repeat(" ", size),
		"date-like string":        `"2026-11-23T10:00:00.` + strings.Repeat("0", size) + `Z"`,
		"address-like string":     `"a@` + strings.Repeat("a.", size/2) + `b"`,
	}
}

// sample writes a value of the shape with the hole in the place of the n-th value. It returns the number of values left to count.
func sample(b *strings.Builder, s *shape, n int, hole string) int {
	if n == 0 {
		b.WriteString(hole)
		return -1
	}
	n--
	if len(s.choices) > 0 {
		if s = s.choices[0]; len(s.choices) > 0 {
			return n
		}
	}
	switch {
	case len(s.properties) > 0:
		b.WriteByte('{')
		for i, name := range slices.Sorted(maps.Keys(s.properties)) {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(b, "%q:", name)
			p := s.properties[name]
			if p.schema != nil && p.schema.Const != nil && n != 0 {
				fmt.Fprintf(b, "%q", *p.schema.Const)
				n--
				continue
			}
			n = sample(b, p.shape, n, hole)
		}
		b.WriteByte('}')
	case s.items != nil && s.accepts("array") && s.types != nil:
		b.WriteByte('[')
		n = sample(b, s.items, n, hole)
		b.WriteByte(']')
	default:
		b.WriteString("null")
	}
	return n
}

// places returns the bodies of an operation with the hole in each place.
func places(s *shape, hole string) (bodies []string) {
	for n := 0; ; n++ {
		var b strings.Builder
		if sample(&b, s, n, hole) >= 0 {
			return bodies
		}
		bodies = append(bodies, b.String())
	}
}

// nearlyLargest leaves some bytes of the largest body for what is around a hostile value.
const nearlyLargest = LargestBody - 20_000

// hostileBodies returns one body of at most 1 MiB for each hostile value at the root of the operation, and at as many other places.
func hostileBodies(op *Operation, values map[string]string, inside int) map[string]string {
	random := rand.New(rand.NewPCG(1, 2))
	bodies := map[string]string{}
	count := len(places(op.shape, "0"))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		bodies[name] = values[name]
		for range inside {
			n := 1 + random.IntN(max(1, count-1))
			var b strings.Builder
			sample(&b, op.shape, n, values[name])
			bodies[fmt.Sprintf("%s in place %d", name, n)] = b.String()
		}
	}
	return bodies
}

// A body of `{"items":[1,1,1,…]}` once took 11 seconds and 1 GB. Not parallel: it measures the allocations of the whole process.
func TestCheckBody_HostileBodyOfOneMebibyte_AllocatesLittle(t *testing.T) {
	const most = 20 << 20
	values := hostile(nearlyLargest)
	worst, worstName := uint64(0), ""
	for _, op := range compiled(t).Operations() {
		if !op.HasBody() || op.TakesFile() {
			continue
		}
		for name, body := range hostileBodies(op, values, 1) {
			require.LessOrEqual(t, len(body), LargestBody+1, name)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := op.CheckBody(t.Context(), []byte(body))
			runtime.ReadMemStats(&after)
			used := after.TotalAlloc - before.TotalAlloc
			if used > worst {
				worst, worstName = used, op.ID+": "+name
			}
			assert.Less(t, used, uint64(most), "%s: %s", op.ID, name)
			p := new(problem.Problem)
			if assert.ErrorAs(t, err, &p, "%s: %s", op.ID, name) {
				assert.NotEmpty(t, p.Errors, "%s: %s: a 400 names a field", op.ID, name)
				assert.LessOrEqual(t, len(p.Errors), maxFields, "%s: %s", op.ID, name)
			}
		}
	}
	t.Logf("at most %d kB: %s", worst>>10, worstName)
}

func BenchmarkCheckBody_Hostile(b *testing.B) {
	op := compiled(b).Find(http.MethodPost, "/api/v1/nutrition/meals")
	for name, body := range hostileBodies(op, hostile(nearlyLargest), 0) {
		b.Run(strings.ReplaceAll(name, " ", "_"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = op.CheckBody(b.Context(), []byte(body))
			}
		})
	}
}

// The same errors must not need more work when there are more of them.
func TestCheckBody_MoreErrors_StopsAfter50(t *testing.T) {
	t.Parallel()
	op := compiled(t).Find(http.MethodPost, "/api/v1/nutrition/meals")
	item := `{"kind":"quick","name":1,"calories":"a","protein_g":[],"carbs_g":{},"x":1,"y":2}`
	body := `{"meal_type":"snack","items":[` + strings.TrimSuffix(strings.Repeat(item+",", 50), ",") + `]}`
	_, err := op.CheckBody(t.Context(), []byte(body))
	p := requireProblem(t, err)
	require.Len(t, p.Errors, maxFields)
}

func requireProblem(t *testing.T, err error) *problem.Problem {
	t.Helper()
	var p *problem.Problem
	require.ErrorAs(t, err, &p)
	return p
}

func TestCheckBody_SizeBeforeContent(t *testing.T) {
	t.Parallel()
	c := compiled(t)
	meals, me := c.Find(http.MethodPost, "/api/v1/nutrition/meals"), c.Find(http.MethodPatch, "/api/v1/users/me")
	for body, want := range map[string]problem.Field{
		`{"meal_type":"snack","items":[` + strings.TrimSuffix(strings.Repeat("1,", 51), ",") + `]}`: {Field: "items", Code: "too_many", Message: "must have at most 50 entries"},
		`{"meal_type":"snack","items":[]}`: {Field: "items", Code: "too_few", Message: "must have at least 1 entries"},
	} {
		_, err := meals.CheckBody(t.Context(), []byte(body))
		require.Equal(t, []problem.Field{want}, requireProblem(t, err).Errors)
	}
	for text, tooLong := range map[string]bool{
		strings.Repeat("a", 200): false, strings.Repeat("a", 201): true, strings.Repeat("é", 200): false, strings.Repeat("é", 201): true,
		strings.Repeat(`\ud83e\uddb5`, 200): false, strings.Repeat(`\ud83e\uddb5`, 201): true, strings.Repeat(`\"`, 201): true, strings.Repeat(`\u0000`, 201): true,
	} {
		_, err := me.CheckBody(t.Context(), []byte(`{"full_name":"`+text+`"}`))
		if !tooLong {
			require.NoError(t, err)
			continue
		}
		require.Equal(
			t,
			[]problem.Field{{Field: "full_name", Code: "too_long", Message: "must have at most 200 characters"}},
			requireProblem(t, err).Errors,
		)
	}
}

func TestCheckBody_TagOfAUnion(t *testing.T) {
	t.Parallel()
	op := compiled(t).Find(http.MethodPost, "/api/v1/nutrition/meals")
	const field, allowed = "items[0].kind", "grams, serving, quick"
	for item, want := range map[string]problem.Field{
		`{}`:                              {Field: field, Code: "required", Message: "is required: one of " + allowed},
		`{"name":1,"calories":"x","z":1}`: {Field: field, Code: "required", Message: "is required: one of " + allowed},
		`{"kind":"slow","name":1,"calories":"x"}`:        {Field: field, Code: "not_allowed", Message: "must be one of " + allowed},
		`{"kind":null,"z":1}`:                            {Field: field, Code: "not_allowed", Message: "must be one of " + allowed},
		`{"kind":["quick"],"z":1}`:                       {Field: field, Code: "not_allowed", Message: "must be one of " + allowed},
		`{"calories":1,"name":"a","kind":"QUICK"}`:       {Field: field, Code: "not_allowed", Message: "must be one of " + allowed},
		`{"x":{"kind":"quick"},"name":1}`:                {Field: field, Code: "required", Message: "is required: one of " + allowed},
		`{"k\u0069nd":"quick","name":1,"calories":3}`:    {Field: "items[0].name", Code: "wrong_type", Message: "must be a string, not number"},
		`{"kind":"qu\u0069ck","name":1,"calories":3}`:    {Field: "items[0].name", Code: "wrong_type", Message: "must be a string, not number"},
		`{"kind":"quick","name":"a","calories":3,"q":1}`: {Field: "items[0].q", Code: "unknown_field", Message: "is not a field of this request"},
		`7`: {Field: "items[0]", Code: "wrong_type", Message: "must be an object, not number"},
	} {
		_, err := op.CheckBody(t.Context(), []byte(`{"meal_type":"snack","items":[`+item+`]}`))
		require.Equal(t, []problem.Field{want}, requireProblem(t, err).Errors, item)
	}
	_, err := op.CheckBody(t.Context(), []byte(`{"meal_type":"snack","items":[{"kind":"quick","name":"a","calories":3,"kind":"grams"}]}`))
	require.Equal(t, "malformed_json", requireProblem(t, err).Type.Code)
}

// A union that may also be null is a union in a union.
func TestCheckBody_TagOfAUnion_ChoosesTheBranch(t *testing.T) {
	t.Parallel()
	op := compiled(t).Find(http.MethodPost, "/api/v1/activities")
	for metrics, valid := range map[string]bool{
		`{"kind":"running","distance_km":5}`:  true,
		`{"kind":"cycling","cadence_rpm":90}`: true,
		`{"kind":"strength","exercises":[]}`:  true,
		`{"kind":"strength","distance_km":5}`: false,
		`{"kind":"dancing"}`:                  false,
		`{"distance_km":5}`:                   false,
	} {
		_, err := op.CheckBody(t.Context(), []byte(`{"started_at":"2026-11-23T07:00:00Z","metrics":`+metrics+`}`))
		require.Equal(t, valid, err == nil, "%s: %v", metrics, err)
	}
}

func TestCheckBody_CancelledContext_Stops(t *testing.T) {
	t.Parallel()
	op := &Operation{shape: anything}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := op.CheckBody(ctx, []byte("["+strings.Repeat("1,", 10_000)+"1]"))
	require.ErrorIs(t, err, context.Canceled)
}

func TestCheckBody_DateTimeOfRFC3339_IsReturnedAsGoReadsIt(t *testing.T) {
	t.Parallel()
	op := compiled(t).Find(http.MethodPost, "/api/v1/nutrition/meals")
	item := `,"meal_type":"snack","items":[{"kind":"quick","name":"t z","calories":3}]}`
	for sent, want := range map[string]string{
		"2026-11-23t10:00:00z": "2026-11-23T10:00:00Z", "2026-11-23T10:00:00z": "2026-11-23T10:00:00Z",
		"2026-11-23t10:00:00.5+01:00": "2026-11-23T10:00:00.5+01:00", "2026-11-23T10:00:00Z": "2026-11-23T10:00:00Z",
		"2016-12-31T23:59:60Z": "2016-12-31T23:59:59Z", "2016-12-31t23:59:60.5z": "2016-12-31T23:59:59.5Z",
		"2017-01-01T05:29:60+05:30": "2017-01-01T05:29:59+05:30", "2016-12-31T23:59:60+01:00": "", "2016-12-31T23:58:60Z": "", "2016-12-31T23:59:61Z": "",
		"2026-11-23T10:00:00,5Z": "", "2026-11-23 10:00:00Z": "", "2026-11-23t10:00:00": "", "2026-11-23T10:00:60Z": "",
		"2026-11-23T1:00:00Z": "", "2026-11-23T10:00:00+24:00": "", "z": "", "": "", "2026-11-23t": "",
	} {
		got, err := op.CheckBody(t.Context(), []byte(`{"eaten_at":"`+sent+`"`+item))
		if want == "" {
			require.Equal(
				t,
				[]problem.Field{{Field: "eaten_at", Code: "wrong_format", Message: "is not a valid date-time"}},
				requireProblem(t, err).Errors,
				sent,
			)
			continue
		}
		require.NoError(t, err, sent)
		require.Equal(t, `{"eaten_at":"`+want+`"`+item, string(got))
		var into struct {
			EatenAt time.Time `json:"eaten_at"`
		}
		require.NoError(t, json.Unmarshal(got, &into))
	}
}

// A body at every limit of the contract, with all characters escaped, must fit.
func TestMaxBody_FitsTheLongestValidBody(t *testing.T) {
	t.Parallel()
	for _, op := range compiled(t).Operations() {
		if !op.HasBody() || op.TakesFile() {
			continue
		}
		if op.ID == "updateActivity" { // its metrics may have the members of all kinds, those of an activity only the ones of its kind
			require.Equal(t, LargestBody, op.MaxBody())
			continue
		}
		var longest bytes.Buffer
		writeLongest(&longest, op.shape)
		require.LessOrEqual(t, longest.Len(), op.MaxBody(), op.ID)
		require.LessOrEqual(t, op.MaxBody(), LargestBody)
	}
}

func writeLongest(b *bytes.Buffer, s *shape) {
	for len(s.choices) > 0 {
		s = slices.MaxFunc(s.choices, func(a, b *shape) int { return a.maxBytes(nil) - b.maxBytes(nil) })
	}
	switch {
	case s.accepts("object"):
		b.WriteByte('{')
		for name, p := range s.properties {
			fmt.Fprintf(b, "%q: ", name)
			writeLongest(b, p.shape)
			b.WriteString(", ")
		}
		b.WriteByte('}')
	case s.accepts("array"):
		b.WriteByte('[')
		for range s.maxItems {
			writeLongest(b, s.items)
			b.WriteString(", ")
		}
		b.WriteByte(']')
	case s.maxLength >= 0:
		b.WriteString(`"` + strings.Repeat(`\ud83e\uddb5`, s.maxLength) + `"`)
	default:
		b.WriteString(strings.Repeat("9", 25))
	}
}

// What is checked as a whole is returned as it was sent, and its errors can be of another branch.
func TestCheckBody_UnionWithATag_IsCheckedInItsBranch(t *testing.T) {
	t.Parallel()
	c := compiled(t)
	op := c.Find(http.MethodPatch, "/api/v1/coach/proposals/:id")
	const measurement = `{"draft":{"kind":"measurement","measurement":{"weight_kg":%s,"measured_at":"%s"}}}`
	got, err := op.CheckBody(t.Context(), fmt.Appendf(nil, measurement, "8e1", "2016-12-31t23:59:60z"))
	require.NoError(t, err)
	require.Equal(t, fmt.Sprintf(measurement, "80", "2016-12-31T23:59:59Z"), string(got))
	tooMuch := `{"draft":{"kind":"meal","meal":{"meal_type":"lunch","items":[{"kind":"quick","name":"x","calories":1e9}]}}}`
	_, err = op.CheckBody(t.Context(), []byte(tooMuch))
	require.Equal(t, []string{"draft.meal.items[0].calories"}, fieldsOf(requireProblem(t, err).Errors))
	for _, op := range c.Operations() {
		require.Empty(t, wholes(op.shape, map[*shape]bool{}), op.ID)
	}
}

func fieldsOf(errors []problem.Field) (names []string) {
	for _, e := range errors {
		names = append(names, e.Field)
	}
	return names
}

// wholes returns the schemas of a body that only the library can check.
func wholes(s *shape, seen map[*shape]bool) (found []string) {
	if s == nil || seen[s] {
		return nil
	}
	seen[s] = true
	if s.whole {
		found = append(found, s.schema.Location)
	}
	below := append([]*shape{s.items, s.others}, s.choices...)
	for _, p := range s.properties {
		below = append(below, p.shape)
	}
	for _, s := range below {
		found = append(found, wholes(s, seen)...)
	}
	return found
}

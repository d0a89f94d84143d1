package contract

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"mime"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ultimatecoach/api/internal/tools/problem"
)

const (
	// maxDepth is how deep JSON may nest. The contract's own schemas nest five levels.
	maxDepth = 64
	// maxWhole is how many values the library checks at once, where a schema needs the complete value.
	maxWhole = 10_000
	// maxFormat is how many bytes a text with a format may have, such as a date or an address, that has no maxLength.
	maxFormat = 1000
	// checkEvery is after how many values the check looks whether the client is still there.
	checkEvery = 512
)

// Limits of JSON bodies in bytes. Most operations take far less than the largest one; see MaxBody.
const (
	LargestBody  = 1 << 20
	smallestBody = 4 << 10
)

// MaxBody returns how many bytes a body may have. For JSON it is twice what the longest valid body needs, for white space and
// escapes, at least 4 KiB and at most 1 MiB; for a file it is what the contract says.
func (o *Operation) MaxBody() int { return o.maxBody }

func maxBody(s *shape) int { return max(smallestBody, min(2*s.maxBytes(nil), LargestBody)) }

// BodyTooLarge returns the 413 that names the operation's limit.
func (o *Operation) BodyTooLarge() *problem.Problem {
	p := problem.New(problem.BodyTooLarge)
	p.Detail = fmt.Sprintf("The body is larger than %d bytes, the most that this operation takes.", o.maxBody)
	return p
}

// CheckMedia refuses a body that is not JSON in UTF-8, or not the kind of file that the operation takes (415), before any of it
// is read.
func (o *Operation) CheckMedia(r *http.Request) error {
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset, charsetGiven := params["charset"]
	accepted := media == "application/json" || media == "application/merge-patch+json" && r.Method == http.MethodPatch
	limit := o.maxBody
	if o.TakesFile() {
		accepted, limit = media == mediaFile || media == mediaForm, o.MaxFileBody()
	}
	if err != nil || !accepted || charsetGiven && !strings.EqualFold(charset, "utf-8") {
		p := problem.New(problem.UnsupportedMediaType)
		if o.TakesFile() {
			p.Detail = "Send the file itself as " + mediaFile + ", or as the part `file` of " + mediaForm + "."
		}
		return p
	}
	if encoding := r.Header.Get("Content-Encoding"); encoding != "" && encoding != "identity" {
		p := problem.New(problem.UnsupportedMediaType)
		p.Detail = "Send the body without Content-Encoding."
		return p
	}
	if r.ContentLength > int64(limit) {
		return o.BodyTooLarge()
	}
	return nil
}

// ReadBody reads the whole body. Its errors are problems: 400, 408 or 413.
func (o *Operation) ReadBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	var body bytes.Buffer
	if _, err := body.ReadFrom(http.MaxBytesReader(w, r.Body, int64(o.maxBody))); err != nil {
		return nil, o.notRead(err)
	}
	return body.Bytes(), nil
}

// notRead returns the problem of a body that could not be read: 400, 408 or 413.
func (o *Operation) notRead(err error) error {
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return o.BodyTooLarge()
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return problem.New(problem.BodyTooSlow).Wrap(err)
	}
	// Keep only the text: a wrapped io.EOF would look like a lost database connection.
	p := malformed("", "did not arrive completely").Wrap(errors.New("read body: " + err.Error()))
	p.Detail = "The body did not arrive completely."
	return p
}

// malformed is the 400 for a body that is not JSON as this service reads it. reason has no subject: "is empty".
func malformed(field, reason string) *problem.Problem {
	p := problem.New(problem.MalformedJSON).With(problem.Malformed.WithMessage(field, "%s", reason))
	p.Detail = "The body is not valid JSON: it " + reason + "."
	return p
}

// CheckBody checks a body against the contract and returns the bytes to decode: the body, with whole numbers and times in
// the spelling that Go reads. Its cost is linear in the length: it stops after 50 errors, checks the size of a list or text before its
// content, and ends early when ctx ends.
func (o *Operation) CheckBody(ctx context.Context, body []byte) ([]byte, error) {
	if err := checkSyntax(body); err != nil {
		return nil, err
	}
	c := &checker{cursor: cursor{data: body}, ctx: ctx}
	if err := c.value(o.shape); err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	if len(c.errors) > 0 {
		return nil, problem.Invalid(sorted(c.errors)...)
	}
	return c.edited(), nil
}

// checkSyntax refuses text that is not JSON, and what encoding/json accepts all the same: invalid UTF-8 and lone surrogates.
func checkSyntax(body []byte) error {
	switch {
	case len(bytes.TrimSpace(body)) == 0:
		return malformed("", "is empty")
	case !utf8.Valid(body):
		return malformed("", "is not UTF-8")
	case !json.Valid(body):
		return malformed("", syntaxError(body))
	case (&cursor{data: body}).skip() > maxDepth:
		return malformed("", fmt.Sprintf("nests deeper than %d levels", maxDepth))
	case loneSurrogate(body):
		return malformed("", "has a lone surrogate")
	}
	return nil
}

// syntaxError returns what is wrong with invalid JSON, with the byte's offset.
func syntaxError(body []byte) string {
	var discarded struct{}
	err := json.Unmarshal(body, &discarded)
	syntax, ok := errors.AsType[*json.SyntaxError](err)
	switch {
	case !ok:
		return "cannot be read"
	case syntax.Offset >= int64(len(body)) && strings.Contains(syntax.Error(), "unexpected end"):
		return "ends too early"
	case strings.Contains(syntax.Error(), "max depth"):
		return fmt.Sprintf("nests deeper than %d levels", maxDepth)
	case strings.Contains(syntax.Error(), "after top-level value"):
		return "has text after the value"
	}
	return fmt.Sprintf("has an %s (byte %d)", syntax.Error(), syntax.Offset)
}

// errEnough ends a check that has found enough errors.
var errEnough = errors.New("enough errors")

// checker checks one body. It reads valid JSON.
type checker struct {
	cursor
	ctx    context.Context //nolint:containedctx // of one call of CheckBody
	values int
	path   []any // names and indexes
	errors []problem.Field
	edits  []edit
}

// edit replaces a part of the body.
type edit struct {
	from, to int
	text     string
}

// edited returns the body with its edits.
func (c *checker) edited() []byte {
	if len(c.edits) == 0 {
		return c.data
	}
	out := make([]byte, 0, len(c.data))
	copied := 0
	for _, e := range c.edits {
		out = append(append(out, c.data[copied:e.from]...), e.text...)
		copied = e.to
	}
	return append(out, c.data[copied:]...)
}

// field returns the path of the present value, and of a member below it when there is a name.
func (c *checker) field(name string) string {
	out := ""
	for _, part := range c.path {
		switch part := part.(type) {
		case int:
			out += "[" + strconv.Itoa(part) + "]"
		case string:
			out = joinPath(out, part)
		}
	}
	if name != "" {
		out = joinPath(out, name)
	}
	return out
}

// refuse adds an error. It returns errEnough when the list is full.
func (c *checker) refuse(fields ...problem.Field) error {
	c.errors = append(c.errors, fields...)
	if len(c.errors) >= maxFields {
		return errEnough
	}
	return nil
}

// value checks the next value and moves behind it.
func (c *checker) value(s *shape) error {
	if c.values++; c.values%checkEvery == 0 && c.ctx.Err() != nil {
		return context.Cause(c.ctx)
	}
	if s.whole {
		return c.whole(s)
	}
	switch c.peek() {
	case '{':
		if !s.accepts("object") {
			return c.wrongType(s, "object")
		}
		return c.object(s)
	case '[':
		if !s.accepts("array") {
			return c.wrongType(s, "array")
		}
		return c.array(s.choose("array"))
	case '"':
		return c.string(s)
	case 't', 'f':
		return c.leaf(s, c.scalar()[0] == 't')
	case 'n':
		c.scalar()
		return c.leaf(s, nil)
	default:
		start := c.pos
		number, whole, err := readNumber(string(c.scalar()))
		if err != nil {
			return malformed(c.field(""), err.Error())
		}
		if whole {
			c.edits = append(c.edits, edit{start, c.pos, number.String()})
		}
		return c.leaf(s, number)
	}
}

func (c *checker) wrongType(s *shape, got string) error {
	c.skip()
	return c.refuse(problem.WrongType.WithMessage(c.field(""), "must be %s, not %s", typeNames(s.types), got))
}

// leaf lets the library check a scalar.
func (c *checker) leaf(s *shape, value any) error {
	if s.schema == nil {
		return nil
	}
	if err := s.schema.Validate(value); err != nil {
		return c.refuse(explain(c.field(""), err)...)
	}
	return nil
}

func (c *checker) string(s *shape) error {
	start := c.pos
	raw, escaped := c.text()
	if s.schema == nil {
		return nil
	}
	if s.accepts("string") && s.maxLength >= 0 && longer(raw, escaped, s.maxLength) {
		return c.refuse(problem.TooLong.WithMessage(c.field(""), "must have at most %d characters", s.maxLength))
	}
	if s.format != "" && s.maxLength < 0 && len(raw) > maxFormat {
		return c.refuse(problem.WrongFormat.WithMessage(c.field(""), "is not a valid %s", s.format))
	}
	if !s.accepts("string") {
		return c.leaf(s, "") // the type is wrong, whatever the text
	}
	text := unquote(raw, escaped)
	if s.format == dateTimeFormat {
		if readable := readableDateTime(text); readable != text {
			c.edits = append(c.edits, edit{start, c.pos, `"` + readable + `"`})
		}
	}
	return c.leaf(s, text)
}

func (c *checker) array(s *shape) error {
	n := 0
	if s.maxItems >= 0 || s.minItems > 0 || s.unique {
		n = c.countEntries()
	}
	switch {
	case s.maxItems >= 0 && n > s.maxItems:
		c.skip()
		return c.refuse(problem.TooMany.WithMessage(c.field(""), "must have at most %d entries", s.maxItems))
	case n < s.minItems:
		c.skip()
		return c.refuse(problem.TooFew.WithMessage(c.field(""), "must have at least %d entries", s.minItems))
	}
	items := s.items
	if items == nil {
		items = anything
	}
	var seen map[string]bool
	if s.unique {
		seen = make(map[string]bool, n)
	}
	errorsBefore := len(c.errors)
	err := c.entries(func(i int) error {
		c.path = append(c.path, i)
		start := c.pos
		if err := c.value(items); err != nil {
			return err
		}
		c.path = c.path[:len(c.path)-1]
		if seen != nil {
			seen[canonical(c.data[start:c.pos])] = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	if seen != nil && len(seen) < n && len(c.errors) == errorsBefore {
		return c.refuse(problem.Duplicate.At(c.field("")))
	}
	return nil
}

// canonical returns the same text for equal values.
func canonical(value []byte) string {
	var v any
	if err := json.Unmarshal(value, &v); err != nil {
		return string(value)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return string(value)
	}
	return string(text)
}

func (c *checker) object(union *shape) error {
	s := union.choose("object")
	if s.tag != "" {
		branch, err := c.branch(s)
		if branch == nil {
			c.skip()
			return err
		}
		s = branch
	}
	seen := make([]bool, len(s.properties))
	var others map[string]bool
	n := 0
	err := c.members(func(raw []byte, escaped bool) error {
		n++
		name := memberName(raw, escaped)
		p, declared := s.properties[name]
		switch {
		case declared && seen[p.index] || others[name]:
			return malformed(c.field(clip(name)), "has the same name twice")
		case declared:
			seen[p.index] = true
			return c.member(name, p.shape)
		case s.closed:
			c.skip()
			return c.refuse(problem.UnknownField.At(c.field(clip(name))))
		case s.maxProperties >= 0 && n > s.maxProperties:
			c.skip()
			return nil // refused below
		}
		if others == nil {
			others = map[string]bool{}
		}
		others[name] = true
		if s.others == nil {
			return c.member(name, anything)
		}
		return c.member(name, s.others)
	})
	if err != nil {
		return err
	}
	return c.missing(s, seen, others, n)
}

// memberName decodes a name. One that is far longer than any name of the contract is cut, and so unknown.
func memberName(raw []byte, escaped bool) string {
	const longest = 4096
	if len(raw) > longest {
		return strings.ToValidUTF8(string(raw[:longest]), "")
	}
	return unquote(raw, escaped)
}

func (c *checker) member(name string, s *shape) error {
	c.path = append(c.path, clip(name))
	if err := c.value(s); err != nil {
		return err
	}
	c.path = c.path[:len(c.path)-1]
	return nil
}

// missing checks the number of members, and that all required ones are there.
func (c *checker) missing(s *shape, seen []bool, others map[string]bool, n int) error {
	if s.maxProperties >= 0 && n > s.maxProperties {
		if err := c.refuse(problem.TooMany.WithMessage(c.field(""), "must have at most %d fields", s.maxProperties)); err != nil {
			return err
		}
	}
	for _, name := range s.required {
		p, declared := s.properties[name]
		if declared && seen[p.index] || others[name] {
			continue
		}
		if err := c.refuse(problem.Required.At(c.field(name))); err != nil {
			return err
		}
	}
	if n < s.minProperties {
		return c.refuse(problem.TooFew.WithMessage(c.field(""), "must name at least %s", fieldCount(s.minProperties)))
	}
	return nil
}

func fieldCount(n int) string {
	if n == 1 {
		return "one field"
	}
	return strconv.Itoa(n) + " fields"
}

// branch returns the branch of a union that the tag names. A missing or unknown tag is the only error of the object.
func (c *checker) branch(union *shape) (*shape, error) {
	value, found := c.find(union.tag)
	field := c.field(union.tag)
	if !found {
		return nil, c.refuse(problem.Required.WithMessage(field, "is required: one of %s", enumText(union.tags)))
	}
	if value.peek() == '"' {
		raw, escaped := value.text()
		if branch := union.branches[memberName(raw, escaped)]; branch != nil {
			return branch, nil
		}
	}
	return nil, c.refuse(problem.NotAllowed.WithMessage(field, "must be one of %s", enumText(union.tags)))
}

// whole decodes the next value and lets the library check all of it.
func (c *checker) whole(s *shape) error {
	left := maxWhole
	value, err := c.decode(&left)
	if err != nil {
		return err
	}
	if left < 0 {
		return c.refuse(problem.TooMany.WithMessage(c.field(""), "must have at most %d values", maxWhole))
	}
	return c.leaf(s, value)
}

// decode builds the next value, with json.Number for numbers. It stops building when left is used up.
func (c *checker) decode(left *int) (any, error) {
	if *left--; *left < 0 {
		c.skip()
		return nil, nil
	}
	switch c.peek() {
	case '{':
		object := map[string]any{}
		err := c.members(func(raw []byte, escaped bool) error {
			name := unquote(raw, escaped)
			if _, repeated := object[name]; repeated {
				return malformed(c.field(clip(name)), "has the same name twice")
			}
			value, err := c.decode(left)
			object[name] = value
			return err
		})
		return object, err
	case '[':
		list := []any{}
		err := c.entries(func(int) error {
			value, err := c.decode(left)
			if *left >= 0 {
				list = append(list, value)
			}
			return err
		})
		return list, err
	case '"':
		raw, escaped := c.text()
		return unquote(raw, escaped), nil
	case 't', 'f':
		return c.scalar()[0] == 't', nil
	case 'n':
		c.scalar()
		return nil, nil
	}
	start := c.pos
	number, whole, err := readNumber(string(c.scalar()))
	if err != nil {
		return nil, malformed(c.field(""), err.Error())
	}
	if whole {
		c.edits = append(c.edits, edit{start, c.pos, number.String()})
	}
	return number, nil
}

// readNumber refuses what a float64 cannot hold: exact arithmetic would need minutes for 1e999999999. whole is true when a
// whole number was written as 1.0 or 1e2; the result is then 1 or 100, which encoding/json decodes into an integer.
func readNumber(text string) (n json.Number, whole bool, err error) {
	outOfRange := errors.New("has a number out of range")
	digits, exponent, hasExponent := strings.Cut(strings.ToLower(text[:min(len(text), 500)]), "e")
	e, err := strconv.Atoi(strings.TrimPrefix(exponent, "+"))
	if hasExponent && (err != nil || e < -400 || e > 308) || len(digits) > 400 {
		return "", false, outOfRange
	}
	f, err := json.Number(text).Float64()
	if err != nil {
		return "", false, outOfRange
	}
	const exactBelow = 1 << 53
	if (hasExponent || strings.Contains(digits, ".")) && f == math.Trunc(f) && math.Abs(f) < exactBelow {
		if r, ok := new(big.Rat).SetString(text); ok && r.IsInt() {
			return json.Number(r.Num().String()), true, nil
		}
	}
	return json.Number(text), false, nil
}

// loneSurrogate reports whether a valid JSON text has a \uD800–\uDFFF escape without its other half.
func loneSurrogate(body []byte) bool {
	for i := 0; ; i++ {
		next := bytes.IndexByte(body[min(i, len(body)):], '\\')
		if next < 0 {
			return false
		}
		i += next
		if body[i+1] != 'u' {
			i++ // skip the escaped character, which may be a backslash
			continue
		}
		unit := codeUnit(body[i:])
		switch {
		case unit >= 0xDC00 && unit <= 0xDFFF:
			return true
		case unit >= 0xD800 && unit <= 0xDBFF:
			low := codeUnit(body[i+6:])
			if low < 0xDC00 || low > 0xDFFF {
				return true
			}
			i += 6
		}
		i += 5
	}
}

// codeUnit reads \uXXXX, or returns -1.
func codeUnit(b []byte) (unit int) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return -1
	}
	for _, digit := range b[2:6] {
		unit = unit<<4 | slices.Index([]byte("0123456789abcdef"), digit|0x20)
	}
	return unit
}

// clip shortens a client's text for an error message.
func clip(s string) string {
	const limit = 200
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + "…"
}

// parse reads one JSON value as the checker does.
func parse(body []byte) (any, error) {
	if err := checkSyntax(body); err != nil {
		return nil, err
	}
	c := &checker{cursor: cursor{data: body}, ctx: context.Background()}
	left := math.MaxInt
	return c.decode(&left)
}

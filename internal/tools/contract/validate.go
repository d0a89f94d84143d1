package contract

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/big"
	"mime"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ultimatecoach/api/internal/tools/problem"
)

// maxDepth is how deep JSON may nest. The contract's own schemas nest five levels.
const maxDepth = 64

// Request checks a request against its operation. It reads the body and returns the validated bytes, or nil when the
// operation takes no body. Its errors are problems: 400, 408, 413 or 415. pathParam returns an unescaped path parameter.
func (o *Operation) Request(r *http.Request, pathParam func(name string) string) ([]byte, error) {
	fields := o.checkParameters(r, pathParam)
	if len(fields) > 0 {
		return nil, problem.Invalid(fields...)
	}
	if o.body == nil {
		return nil, nil
	}
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset, charsetGiven := params["charset"]
	if err != nil || media != "application/json" || charsetGiven && !strings.EqualFold(charset, "utf-8") {
		return nil, problem.New(problem.UnsupportedMediaType)
	}
	if encoding := r.Header.Get("Content-Encoding"); encoding != "" && encoding != "identity" {
		p := problem.New(problem.UnsupportedMediaType)
		p.Detail = "Send the body without Content-Encoding."
		return nil, p
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return nil, problem.New(problem.BodyTooLarge)
		}
		if errors.Is(err, os.ErrDeadlineExceeded) {
			return nil, problem.New(problem.BodyTooSlow).Wrap(err)
		}
		// Keep only the text: a wrapped io.EOF would look like a lost database connection.
		p := problem.New(problem.MalformedJSON).Wrap(errors.New("read body: " + err.Error()))
		p.Detail = "The body did not arrive whole."
		return nil, p
	}
	value, unchanged, err := parse(body)
	if err != nil {
		p := problem.New(problem.MalformedJSON).Wrap(err)
		p.Detail = "The body is not valid JSON: " + err.Error() + "."
		return nil, p
	}
	if err := o.body.Validate(value); err != nil {
		return nil, problem.Invalid(explain(err)...)
	}
	if !unchanged {
		// JSON Schema accepts 1.0 as an integer; encoding/json does not decode it into one.
		return json.Marshal(value)
	}
	return body, nil
}

func (o *Operation) checkParameters(r *http.Request, pathParam func(string) string) []problem.Field {
	var fields []problem.Field
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return []problem.Field{problem.Malformed.WithMessage("query", "is not a valid query string")}
	}
	found := 0
	for _, p := range o.parameters {
		var values []string
		switch p.in {
		case "path":
			values = []string{pathParam(p.name)}
		case "query":
			values = query[p.name]
			if values != nil {
				found++
			}
		case "header":
			values = r.Header.Values(p.name)
			if len(values) > 1 { // RFC 9110: several lines of one header are one list
				values = []string{strings.Join(values, ", ")}
			}
		}
		switch {
		case len(values) == 0 && p.required:
			fields = append(fields, problem.Required.At(p.name))
		case len(values) > 1:
			fields = append(fields, problem.Repeated.At(p.name))
		case len(values) == 1 && !utf8.ValidString(values[0]):
			fields = append(fields, problem.InvalidUTF8.At(p.name))
		case len(values) == 1:
			value := p.value(values[0])
			if err := p.schema.Validate(value); err != nil {
				for _, f := range explain(err) {
					f.Field = p.name
					fields = append(fields, f)
				}
			}
		}
	}
	if found < len(query) {
		for name := range query {
			if !o.hasQuery(name) {
				if !utf8.ValidString(name) {
					name = strings.ToValidUTF8(name, "\uFFFD")
				}
				fields = append(fields, problem.UnknownParameter.At(clip(name)))
			}
		}
	}
	return fields
}

func (o *Operation) hasQuery(name string) bool {
	for _, p := range o.parameters {
		if p.in == "query" && p.name == name {
			return true
		}
	}
	return false
}

// value converts a parameter's text to the type that its schema wants. Text that does not convert is returned as text, which the schema refuses.
func (p parameter) value(text string) any {
	schema := p.schema
	for schema.Types == nil && schema.Ref != nil {
		schema = schema.Ref
	}
	if schema.Types == nil {
		return text
	}
	for _, t := range schema.Types.ToStrings() {
		switch t {
		case "integer":
			if isNumber(text) && !strings.ContainsAny(text, ".eE") {
				return json.Number(text)
			}
		case "number":
			if isNumber(text) {
				return json.Number(text)
			}
		case "boolean":
			if text == "true" || text == "false" {
				return text == "true"
			}
		}
	}
	return text
}

// checkDateTime accepts the part of RFC 3339 that the generated types read: no leap second, no lower-case t and z, no offset
// of 24 hours or more.
func checkDateTime(v any) error {
	text, ok := v.(string)
	if !ok {
		return nil // the schema's type refuses it
	}
	if err := new(time.Time).UnmarshalText([]byte(text)); err != nil {
		return err
	}
	if offset := text[max(0, len(text)-5):]; !strings.HasSuffix(text, "Z") && (offset[:2] > "23" || offset[3:] > "59") {
		return errors.New("the offset is larger than 23:59")
	}
	return nil
}

// isNumber accepts only JSON's numbers. Go would also read 1_000, 0x10 and Inf.
func isNumber(text string) bool {
	var n json.Number
	return len(text) <= 40 && json.Unmarshal([]byte(text), &n) == nil && n.String() == text
}

// parse reads one JSON value. It refuses what encoding/json accepts: invalid UTF-8, lone surrogates, repeated names, and
// anything after the value. unchanged is false when a whole number was written as 1.0 or 1e2; value then holds 1 or 100.
func parse(body []byte) (value any, unchanged bool, err error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, false, errors.New("it is empty")
	}
	if !utf8.Valid(body) {
		return nil, false, errors.New("it is not UTF-8")
	}
	p := parser{json.NewDecoder(bytes.NewReader(body)), true}
	p.UseNumber()
	if value, err = p.value(0); err != nil {
		return nil, false, readable(err)
	}
	if _, err := p.Token(); !errors.Is(err, io.EOF) {
		return nil, false, errors.New("something follows the value")
	}
	if loneSurrogate(body) {
		return nil, false, errors.New("it has a lone surrogate")
	}
	return value, p.unchanged, nil
}

type parser struct {
	*json.Decoder
	unchanged bool
}

func (p *parser) value(depth int) (any, error) {
	token, err := p.Token()
	if err != nil {
		return nil, err
	}
	if number, ok := token.(json.Number); ok {
		return p.number(number)
	}
	delim, ok := token.(json.Delim)
	if !ok {
		return token, nil
	}
	if depth == maxDepth {
		return nil, fmt.Errorf("it nests deeper than %d levels", maxDepth)
	}
	if delim == '[' {
		list := []any{}
		for p.More() {
			v, err := p.value(depth + 1)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err := p.Token()
		return list, err
	}
	object := map[string]any{}
	for p.More() {
		token, err := p.Token()
		if err != nil {
			return nil, err
		}
		name := token.(string) // the decoder accepts nothing else here
		if _, repeated := object[name]; repeated {
			return nil, fmt.Errorf("the name %q appears twice", clip(name))
		}
		if object[name], err = p.value(depth + 1); err != nil {
			return nil, err
		}
	}
	_, err = p.Token()
	return object, err
}

// number refuses what a float64 cannot hold: the validator's exact arithmetic would need minutes for 1e999999999.
func (p *parser) number(n json.Number) (any, error) {
	text := n.String()
	digits, exponent, hasExponent := strings.Cut(strings.ToLower(text), "e")
	e, err := strconv.Atoi(strings.TrimPrefix(exponent, "+"))
	if hasExponent && (err != nil || e < -400 || e > 308) || len(digits) > 400 {
		return nil, errors.New("a number is out of range")
	}
	f, err := n.Float64()
	if err != nil {
		return nil, errors.New("a number is out of range")
	}
	const exactBelow = 1 << 53
	if (hasExponent || strings.Contains(digits, ".")) && f == math.Trunc(f) && math.Abs(f) < exactBelow {
		if whole, ok := new(big.Rat).SetString(text); ok && whole.IsInt() {
			p.unchanged = false
			return json.Number(whole.Num().String()), nil
		}
	}
	return n, nil
}

// readable returns an error that clients can read: the decoder's syntax errors with their byte offset, and no Go names.
func readable(err error) error {
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("%s (byte %d)", syntax.Error(), syntax.Offset)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("it ends too early")
	}
	return err
}

// loneSurrogate reports whether a valid JSON text has a \uD800–\uDFFF escape without its other half.
func loneSurrogate(body []byte) bool {
	for i := 0; i+1 < len(body); i++ {
		if body[i] != '\\' {
			continue
		}
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
	return false
}

func codeUnit(b []byte) int64 {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return -1
	}
	n, err := strconv.ParseInt(string(b[2:6]), 16, 32)
	if err != nil {
		return -1
	}
	return n
}

// clip shortens a client's text for an error message.
func clip(s string) string {
	const limit = 200
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + "…"
}

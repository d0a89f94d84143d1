package contract

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ultimatecoach/api/internal/tools/problem"
)

// CheckParameters checks the parameters in path, query and headers. Its error is a 400 problem. pathParam returns an
// unescaped path parameter.
func (o *Operation) CheckParameters(r *http.Request, pathParam func(name string) string) error {
	if fields := o.checkParameters(r, pathParam); len(fields) > 0 {
		return problem.Invalid(fields...)
	}
	return nil
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
			if len(values) > 1 { // RFC 9110: several lines of one header are one list, also for the handler
				values = []string{strings.Join(values, ", ")}
				r.Header[http.CanonicalHeaderKey(p.name)] = values
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
				for _, f := range explain("", err) {
					f.Field = p.name
					fields = append(fields, f)
				}
			}
			if p.in == "query" && p.isDateTime() {
				if text := readableDateTime(values[0]); text != values[0] {
					values[0] = text
					r.URL.RawQuery = query.Encode() // for the handler
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

func (p parameter) isDateTime() bool {
	return p.schema.Format != nil && p.schema.Format.Name == dateTimeFormat
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

// dateTimeFormat is the name of the format that checkDateTime checks.
const dateTimeFormat = "date-time"

var dateTime = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`)

// checkDateTime accepts RFC 3339, also what readableDateTime has to rewrite. It refuses a comma before the fraction, and offsets of 24
// hours or more.
func checkDateTime(v any) error {
	text, ok := v.(string)
	if !ok {
		return nil // the schema's type refuses it
	}
	text = readableDateTime(text)
	if !dateTime.MatchString(text) { // Go also reads 1:00 and a comma before the fraction
		return errors.New("not a date-time of RFC 3339")
	}
	if err := new(time.Time).UnmarshalText([]byte(text)); err != nil {
		return err
	}
	if offset := text[max(0, len(text)-5):]; !strings.HasSuffix(text, "Z") && (offset[:2] > "23" || offset[3:] > "59") {
		return errors.New("the offset is larger than 23:59")
	}
	return nil
}

// readableDateTime returns a date-time in the only spelling that Go reads: with T and Z, and without a leap second. That becomes the second
// before it, which is on the same day.
func readableDateTime(text string) string {
	const date, second = len("2006-01-02"), len("2006-01-02T15:04:")
	if len(text) > date && text[date] == 't' {
		text = text[:date] + "T" + text[date+1:]
	}
	if strings.HasSuffix(text, "z") {
		text = text[:len(text)-1] + "Z"
	}
	if len(text) > second+2 && text[second:second+2] == "60" {
		before := text[:second] + "59" + text[second+2:]
		at, err := time.Parse(time.RFC3339, before)
		if err == nil && at.UTC().Hour() == 23 && at.UTC().Minute() == 59 {
			return before
		}
	}
	return text
}

// isNumber accepts only JSON's numbers. Go would also read 1_000, 0x10 and Inf.
func isNumber(text string) bool {
	var n json.Number
	return len(text) <= 40 && json.Unmarshal([]byte(text), &n) == nil && n.String() == text
}

package foods

import (
	"bytes"
	"iter"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/ultimatecoach/api/internal/tools/text"
)

// The loose types read JSON of sources that write the same field now as text, now as number, boolean or list. What cannot be
// read is unknown, never an error. All sources use them, so that they accept the same.

// looseText is a text.
type looseText string

// looseNumber is a number; nil is unknown.
type looseNumber struct{ v *float64 }

// UnmarshalJSON reads the text, or a number as it is written in full. Of a list it takes the first text that is not empty,
// of an object, such as {"lang": "de", "text": "Brot"}, its text or description.
func (t *looseText) UnmarshalJSON(b []byte) error {
	*t = looseText(textOf(b))
	return nil
}

// UnmarshalJSON reads a number, a text of a number, the first number of a list, or an object with a value.
func (n *looseNumber) UnmarshalJSON(b []byte) error {
	*n = numberOf(b)
	return nil
}

func boolOf(v jsontext.Value) bool {
	switch strings.ToLower(strings.TrimSpace(textOf(v))) {
	case "1", "on", "true", "yes", "y", "t":
		return true
	}
	return false
}

// numberOf returns a JSON value as number; see looseNumber.
func numberOf(v jsontext.Value) (n looseNumber) {
	switch v.Kind() {
	case '"', '0':
		n.set(textOf(v))
	case '[':
		for element := range elementsOf(v) {
			if n = numberOf(element); n.v != nil {
				break
			}
		}
	case '{':
		for name, field := range fieldsOf(v) {
			if name == "value" {
				n = numberOf(field)
			}
		}
	}
	return n
}

func (n *looseNumber) set(s string) {
	if v, ok := parseNumber(s); ok {
		n.v = &v
	}
}

// modifiers before a number say that it is a bound or an estimate. It is the best that is known all the same.
var modifiers = regexp.MustCompile(`^(?:[<>~≤≥≈=]|&[lg]t;|\s)+`)

// parseNumber reads a number as sources write it: 12.5, "12,5", "< 0.5". ok is false for anything else.
func parseNumber(s string) (v float64, ok bool) {
	s = strings.TrimSpace(modifiers.ReplaceAllString(s, ""))
	if strings.Count(s, ",") == 1 && !strings.Contains(s, ".") {
		s = strings.Replace(s, ",", ".", 1)
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil && !math.IsNaN(v) && !math.IsInf(v, 0)
}

// textOf returns a JSON value as text; see looseText.
func textOf(v jsontext.Value) string {
	v = bytes.TrimSpace(v)
	switch v.Kind() {
	case '"':
		s, _ := jsontext.AppendUnquote(nil, v)
		return string(s)
	case '0':
		if f, err := strconv.ParseFloat(string(v), 64); err == nil && f == math.Trunc(f) && math.Abs(f) < 1e15 {
			return strconv.FormatFloat(f, 'f', -1, 64) // a barcode may be written as 4.006381333931e12
		}
		return string(v)
	case 't', 'f':
		return string(v)
	case '[':
		for element := range elementsOf(v) {
			if s := text.Clean(textOf(element)); s != "" {
				return s
			}
		}
	case '{':
		for name, field := range fieldsOf(v) {
			if name == "text" || name == "description" {
				return textOf(field)
			}
		}
	}
	return ""
}

// textsOf returns the texts of a list, or the parts of a text that are separated by commas.
func textsOf(v jsontext.Value) (list []string) {
	if v.Kind() != '[' {
		return strings.Split(textOf(v), ",")
	}
	for element := range elementsOf(v) {
		list = append(list, textOf(element))
	}
	return list
}

// asTheyAre lets sources be read as they are: some repeat a field, and some have broken characters.
var asTheyAre = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// fieldsOf returns the fields of an object, up to where it is damaged. Another JSON value has no fields.
func fieldsOf(v jsontext.Value) iter.Seq2[string, jsontext.Value] {
	return func(yield func(string, jsontext.Value) bool) {
		in := jsontext.NewDecoder(bytes.NewReader(v), asTheyAre)
		if first, err := in.ReadToken(); err != nil || first.Kind() != '{' {
			return
		}
		for in.PeekKind() == '"' {
			token, _ := in.ReadToken()
			name := token.String()
			if value, err := in.ReadValue(); err != nil || !yield(name, value) {
				return
			}
		}
	}
}

// elementsOf returns the elements of a list, up to where it is damaged. Another JSON value has no elements.
func elementsOf(v jsontext.Value) iter.Seq[jsontext.Value] {
	return func(yield func(jsontext.Value) bool) {
		in := jsontext.NewDecoder(bytes.NewReader(v), asTheyAre)
		if first, err := in.ReadToken(); err != nil || first.Kind() != '[' {
			return
		}
		for {
			if value, err := in.ReadValue(); err != nil || !yield(value) {
				return
			}
		}
	}
}

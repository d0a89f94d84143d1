package foods

import (
	"bytes"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/ultimatecoach/api/internal/tools/text"
)

// The loose types read JSON of sources that write the same field now as text, now as number, boolean or list. What cannot be
// read is unknown, never an error. All sources use them, so that they accept the same.

// looseText is a text.
type looseText string

// looseNumber is a number; nil is unknown.
type looseNumber struct{ v *float64 }

// looseBool is true for true, 1, "1", "on", "yes" and "true".
type looseBool bool

// UnmarshalJSON reads the text, or a number as it is written in full. Of a list it takes the first text that is not empty,
// of a text with its language, {"lang": "de", "text": "Brot"}, the text.
func (t *looseText) UnmarshalJSON(b []byte) error {
	*t = looseText(textOf(b))
	return nil
}

// UnmarshalJSON reads a number or a text of a number.
func (n *looseNumber) UnmarshalJSON(b []byte) error {
	n.v = nil
	switch v := jsontext.Value(bytes.TrimSpace(b)); v.Kind() {
	case '"', '0':
		n.set(textOf(v))
	case '[':
		_ = eachElement(v, func(element jsontext.Value) error {
			if n.v == nil {
				return n.UnmarshalJSON(element)
			}
			return nil
		})
	}
	return nil
}

// UnmarshalJSON reads a boolean.
func (t *looseBool) UnmarshalJSON(b []byte) error {
	t.set(textOf(b))
	return nil
}

func (t *looseBool) set(s string) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "1", "on", "true", "yes", "y", "t":
		*t = true
	default:
		*t = false
	}
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
func textOf(b []byte) string {
	v := jsontext.Value(bytes.TrimSpace(b))
	switch v.Kind() {
	case '"':
		s, err := jsontext.AppendUnquote(nil, v)
		if err != nil && len(s) == 0 {
			return ""
		}
		return string(s)
	case '0':
		if f, err := strconv.ParseFloat(string(v), 64); err == nil && f == math.Trunc(f) && math.Abs(f) < 1e15 {
			return strconv.FormatFloat(f, 'f', -1, 64) // a barcode may be written as 4.006381333931e12
		}
		return string(v)
	case 't', 'f':
		return string(v)
	case '[':
		var first string
		_ = eachElement(v, func(element jsontext.Value) error {
			if first == "" {
				first = text.Clean(textOf(element))
			}
			return nil
		})
		return first
	case '{':
		var value string
		_ = eachField(v, func(name string, field jsontext.Value) error {
			if name == "text" {
				value = textOf(field)
			}
			return nil
		})
		return value
	}
	return ""
}

// textsOf returns the texts of a list, or the parts of a text that are separated by commas.
func textsOf(b []byte) (list []string) {
	v := jsontext.Value(bytes.TrimSpace(b))
	if v.Kind() != '[' {
		return strings.Split(textOf(v), ",")
	}
	_ = eachElement(v, func(element jsontext.Value) error {
		list = append(list, textOf(element))
		return nil
	})
	return list
}

// decoderOf reads sources as they are: some repeat a field, and some have broken characters.
func decoderOf(v []byte) *jsontext.Decoder {
	return jsontext.NewDecoder(bytes.NewReader(v), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
}

// eachField calls take with every field of an object. Another JSON value has no fields.
func eachField(v jsontext.Value, take func(name string, value jsontext.Value) error) error {
	in := decoderOf(v)
	if first, err := in.ReadToken(); err != nil || first.Kind() != '{' {
		return err
	}
	for in.PeekKind() == '"' {
		token, err := in.ReadToken()
		if err != nil {
			return err
		}
		name := token.String()
		value, err := in.ReadValue()
		if err != nil {
			return err
		}
		if err := take(name, value); err != nil {
			return err
		}
	}
	_, err := in.ReadToken()
	return err
}

// eachElement calls take with every element of a list. Another JSON value has no elements.
func eachElement(v jsontext.Value, take func(jsontext.Value) error) error {
	in := decoderOf(v)
	if first, err := in.ReadToken(); err != nil || first.Kind() != '[' {
		return err
	}
	for in.PeekKind() != ']' {
		value, err := in.ReadValue()
		if err != nil {
			return err
		}
		if err := take(value); err != nil {
			return err
		}
	}
	return nil
}

package contract

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/ultimatecoach/api/internal/tools/problem"
)

// maxFields bounds an answer; a body of thousands of wrong things needs no thousand lines.
const maxFields = 50

// explain turns the validator's tree into fields with stable codes and sentences.
func explain(err error) []problem.Field {
	var root *jsonschema.ValidationError
	if !errors.As(err, &root) {
		return []problem.Field{{Code: "invalid", Message: "does not match the contract"}}
	}
	var fields []problem.Field
	collect(root, &fields)
	slices.SortStableFunc(fields, func(a, b problem.Field) int { return strings.Compare(a.Field, b.Field) })
	return slices.Compact(fields[:min(len(fields), maxFields)])
}

func collect(e *jsonschema.ValidationError, out *[]problem.Field) {
	add := func(field, code, format string, args ...any) {
		*out = append(*out, problem.Field{Field: field, Code: code, Message: fmt.Sprintf(format, args...)})
	}
	at := path(e.InstanceLocation)
	switch k := e.ErrorKind.(type) {
	case *kind.OneOf, *kind.AnyOf:
		if len(e.Causes) > 0 {
			collect(closest(e.Causes), out)
			return
		}
		add(at, "ambiguous", "fits more than one of the allowed shapes")
	case *kind.Required:
		for _, name := range k.Missing {
			add(join(at, name), "required", "is required")
		}
	case *kind.AdditionalProperties:
		for _, name := range k.Properties {
			add(join(at, clip(name)), "unknown_field", "is not a field of this request")
		}
	case *kind.Type:
		add(at, "wrong_type", "must be %s, not %s", words(k.Want), k.Got)
	case *kind.Enum:
		add(at, "not_allowed", "must be one of %s", list(k.Want))
	case *kind.Const:
		add(at, "not_allowed", "must be %v", k.Want)
	case *kind.Format:
		add(at, "wrong_format", "is not a valid %s", k.Want)
	case *kind.Pattern:
		if strings.Contains(k.Want, `\x{0000}`) {
			add(at, "nul_character", "must not contain the character U+0000")
			return
		}
		add(at, "wrong_format", "does not have the expected form")
	case *kind.MinLength:
		add(at, "too_short", "must have at least %d characters", k.Want)
	case *kind.MaxLength:
		add(at, "too_long", "must have at most %d characters", k.Want)
	case *kind.MinItems:
		add(at, "too_few", "must have at least %d entries", k.Want)
	case *kind.MaxItems:
		add(at, "too_many", "must have at most %d entries", k.Want)
	case *kind.MinProperties:
		add(at, "too_few", "must name at least one field")
	case *kind.UniqueItems:
		add(at, "duplicate", "must not hold the same entry twice")
	case *kind.Minimum:
		add(at, "too_small", "must be at least %s", number(k.Want))
	case *kind.Maximum:
		add(at, "too_large", "must be at most %s", number(k.Want))
	case *kind.ExclusiveMinimum:
		add(at, "too_small", "must be more than %s", number(k.Want))
	case *kind.ExclusiveMaximum:
		add(at, "too_large", "must be less than %s", number(k.Want))
	case *kind.MultipleOf:
		add(at, "wrong_step", "must be a multiple of %s", number(k.Want))
	default:
		if len(e.Causes) == 0 {
			add(at, "invalid", "does not match the contract")
			return
		}
		for _, cause := range e.Causes {
			collect(cause, out)
		}
	}
}

// closest picks, among the branches of a union, the one whose complaint is about the deepest place: with a tagged union
// that is the branch whose tag fitted.
func closest(branches []*jsonschema.ValidationError) *jsonschema.ValidationError {
	return slices.MaxFunc(branches, func(a, b *jsonschema.ValidationError) int { return rank(a) - rank(b) })
}

// rank prefers branches of the right type, then those whose tag (a const) fitted.
func rank(e *jsonschema.ValidationError) int {
	switch e.ErrorKind.(type) {
	case *kind.Const:
		return 0
	case *kind.Type, *kind.Enum:
		return 1 + len(e.InstanceLocation)
	}
	if len(e.Causes) == 0 {
		return 100
	}
	lowest := 100
	for _, cause := range e.Causes {
		lowest = min(lowest, rank(cause))
	}
	return lowest
}

func path(location []string) string {
	out := ""
	for _, part := range location {
		if _, err := strconv.Atoi(part); err == nil && out != "" {
			out += "[" + part + "]"
			continue
		}
		out = join(out, clip(part))
	}
	return out
}

func join(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}

func words(types []string) string {
	named := slices.Clone(types)
	for i, t := range named {
		switch t {
		case "array":
			named[i] = "an array"
		case "object":
			named[i] = "an object"
		case "integer":
			named[i] = "an integer"
		case "null":
			named[i] = "null"
		default:
			named[i] = "a " + t
		}
	}
	return strings.Join(named, " or ")
}

func list(values []any) string {
	out := make([]string, len(values))
	for i, v := range values {
		text, err := json.Marshal(v)
		if err != nil {
			text = fmt.Append(nil, v)
		}
		out[i] = strings.Trim(string(text), `"`)
	}
	return strings.Join(out, ", ")
}

func number(r *big.Rat) string {
	f, _ := r.Float64()
	return strconv.FormatFloat(f, 'f', -1, 64)
}

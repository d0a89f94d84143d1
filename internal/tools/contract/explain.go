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

// maxFields is how many errors a response lists at most.
const maxFields = 50

// explain turns the library's tree of errors into fields with stable codes and sentences. at is the path of the checked value.
func explain(at string, err error) []problem.Field {
	root, ok := errors.AsType[*jsonschema.ValidationError](err)
	if !ok {
		return []problem.Field{problem.InvalidValue.At(at)}
	}
	var fields []problem.Field
	collect(at, root, &fields)
	return sorted(fields)
}

// sorted returns at most maxFields errors, sorted by field, without repetitions.
func sorted(fields []problem.Field) []problem.Field {
	slices.SortStableFunc(fields, func(a, b problem.Field) int { return strings.Compare(a.Field, b.Field) })
	fields = slices.Compact(fields)
	return fields[:min(len(fields), maxFields)]
}

func collect(prefix string, e *jsonschema.ValidationError, out *[]problem.Field) {
	add := func(field string, code problem.FieldCode, format string, args ...any) {
		*out = append(*out, code.WithMessage(field, format, args...))
	}
	at := fieldPath(prefix, e.InstanceLocation)
	switch k := e.ErrorKind.(type) {
	case *kind.OneOf, *kind.AnyOf:
		if len(e.Causes) > 0 {
			collect(prefix, closest(e.Causes), out)
			return
		}
		add(at, problem.Ambiguous, "fits more than one of the allowed shapes")
	case *kind.Required:
		for _, name := range k.Missing {
			add(joinPath(at, name), problem.Required, "is required")
		}
	case *kind.AdditionalProperties:
		for _, name := range k.Properties {
			add(joinPath(at, clip(name)), problem.UnknownField, "is not a field of this request")
		}
	case *kind.Type:
		add(at, problem.WrongType, "must be %s, not %s", typeNames(k.Want), k.Got)
	case *kind.Enum:
		add(at, problem.NotAllowed, "must be one of %s", enumText(k.Want))
	case *kind.Const:
		add(at, problem.NotAllowed, "must be %v", k.Want)
	case *kind.Format:
		add(at, problem.WrongFormat, "is not a valid %s", k.Want)
	case *kind.Pattern:
		if strings.Contains(k.Want, `\x{0000}`) {
			add(at, problem.NULCharacter, "must not contain the character U+0000")
			return
		}
		add(at, problem.WrongFormat, "does not have the expected form")
	case *kind.MinLength:
		add(at, problem.TooShort, "must have at least %d characters", k.Want)
	case *kind.MaxLength:
		add(at, problem.TooLong, "must have at most %d characters", k.Want)
	case *kind.MinItems:
		add(at, problem.TooFew, "must have at least %d entries", k.Want)
	case *kind.MaxItems:
		add(at, problem.TooMany, "must have at most %d entries", k.Want)
	case *kind.MinProperties:
		add(at, problem.TooFew, "must name at least one field")
	case *kind.UniqueItems:
		add(at, problem.Duplicate, "must not hold the same entry twice")
	case *kind.Minimum:
		add(at, problem.TooSmall, "must be at least %s", formatNumber(k.Want))
	case *kind.Maximum:
		add(at, problem.TooLarge, "must be at most %s", formatNumber(k.Want))
	case *kind.ExclusiveMinimum:
		add(at, problem.TooSmall, "must be more than %s", formatNumber(k.Want))
	case *kind.ExclusiveMaximum:
		add(at, problem.TooLarge, "must be less than %s", formatNumber(k.Want))
	case *kind.MultipleOf:
		add(at, problem.WrongStep, "must be a multiple of %s", formatNumber(k.Want))
	default:
		if len(e.Causes) == 0 {
			add(at, problem.InvalidValue, "does not match the contract")
			return
		}
		for _, cause := range e.Causes {
			collect(prefix, cause, out)
		}
	}
}

// closest returns the branch of a union that fits best: the one whose first error is deepest. In a tagged union that is
// the branch whose tag matched.
func closest(branches []*jsonschema.ValidationError) *jsonschema.ValidationError {
	return slices.MaxFunc(branches, func(a, b *jsonschema.ValidationError) int { return rank(a) - rank(b) })
}

// rank is higher for branches of the right type, and highest for those whose tag (a const) matched.
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

func fieldPath(out string, location []string) string {
	for _, part := range location {
		if _, err := strconv.Atoi(part); err == nil && out != "" {
			out += "[" + part + "]"
			continue
		}
		out = joinPath(out, clip(part))
	}
	return out
}

func joinPath(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}

func typeNames(types []string) string {
	names := slices.Clone(types)
	for i, t := range names {
		switch t {
		case "array":
			names[i] = "an array"
		case "object":
			names[i] = "an object"
		case "integer":
			names[i] = "an integer"
		case "null":
			names[i] = "null"
		default:
			names[i] = "a " + t
		}
	}
	return strings.Join(names, " or ")
}

func enumText(values []any) string {
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

func formatNumber(r *big.Rat) string {
	f, _ := r.Float64()
	return strconv.FormatFloat(f, 'f', -1, 64)
}

package problem

import (
	"cmp"
	"fmt"
	"slices"
)

// FieldCode says why a field was refused. Codes are stable; docs and clients list all of them.
type FieldCode struct {
	// Code is snake_case.
	Code string
	// Meaning is the description in the docs.
	Meaning string
	// message is the default sentence for clients.
	message string
}

// fieldCodes is filled while packages are initialised, and only read after that.
var fieldCodes []FieldCode

// DefineField creates a field code and adds it to the list of all codes. It panics when the code exists. message does not
// name the field: "must not be blank".
func DefineField(code, message, meaning string) FieldCode {
	c := FieldCode{code, meaning, message}
	if _, exists := FieldCodeOf(code); exists {
		panic("problem: the field code " + code + " is defined twice")
	}
	fieldCodes = append(fieldCodes, c)
	return c
}

// FieldCodes returns the codes of all linked packages, sorted by name.
func FieldCodes() []FieldCode {
	return slices.SortedFunc(slices.Values(fieldCodes), func(a, b FieldCode) int { return cmp.Compare(a.Code, b.Code) })
}

// FieldCodeOf returns the code with that name.
func FieldCodeOf(code string) (FieldCode, bool) {
	i := slices.IndexFunc(fieldCodes, func(c FieldCode) bool { return c.Code == code })
	if i < 0 {
		return FieldCode{}, false
	}
	return fieldCodes[i], true
}

// At returns the error of a field with the code's own message. An empty field means the whole body.
func (c FieldCode) At(field string) Field {
	return Field{Field: field, Code: c.Code, Message: c.message}
}

// WithMessage returns the error of a field with its own message.
func (c FieldCode) WithMessage(field, format string, args ...any) Field {
	return Field{Field: field, Code: c.Code, Message: fmt.Sprintf(format, args...)}
}

// Codes of values that the contract's schemas refuse. Messages with a number are made where the number is known.
var (
	InvalidValue     = DefineField("invalid", "does not match the contract", "It does not match its schema.")
	Malformed        = DefineField("malformed", "is not valid", "It cannot be read at all.")
	Required         = DefineField("required", "is required", "It is missing.")
	UnknownField     = DefineField("unknown_field", "is not a field of this request", "The operation has no such field.")
	UnknownParameter = DefineField("unknown_parameter", "is not a parameter of this operation", "The operation has no such parameter.")
	Repeated         = DefineField("repeated", "must be given once", "A parameter came more than once.")
	InvalidUTF8      = DefineField("invalid_utf8", "is not valid UTF-8", "It is not valid UTF-8.")
	NULCharacter     = DefineField(
		"nul_character",
		"must not contain the character U+0000",
		"It contains U+0000, which the database cannot keep.",
	)
	WrongType   = DefineField("wrong_type", "has another type", "It is of another JSON type than the schema says.")
	NotAllowed  = DefineField("not_allowed", "is not one of the allowed values", "It is not one of the allowed values.")
	WrongFormat = DefineField(
		"wrong_format",
		"does not have the expected form",
		"It is not a valid UUID, date, time, address, or whatever its schema names.",
	)
	TooShort  = DefineField("too_short", "has too few characters", "It has fewer characters than `minLength`.")
	TooLong   = DefineField("too_long", "has too many characters", "It has more characters than `maxLength`.")
	TooFew    = DefineField("too_few", "has too few entries", "It has fewer entries or fields than the schema says.")
	TooMany   = DefineField("too_many", "has too many entries", "It has more entries than the schema says.")
	Duplicate = DefineField("duplicate", "must not hold the same entry twice", "A list of different things holds one twice.")
	TooSmall  = DefineField("too_small", "is too small", "It is below `minimum`.")
	TooLarge  = DefineField("too_large", "is too large", "It is above `maximum`, or above what 100 g can hold.")
	WrongStep = DefineField("wrong_step", "is not a multiple of the step", "It is not a multiple of `multipleOf`.")
	Ambiguous = DefineField("ambiguous", "fits more than one of the allowed shapes", "It can be read in two ways.")
)

package contract

import (
	"maps"
	"slices"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// shape is a schema prepared for checking a body while it is read. It holds what bounds the work: the names of objects, the
// sizes of arrays and strings, and the tags of unions. The schema library checks the rest, one scalar at a time.
type shape struct {
	schema *jsonschema.Schema // nil accepts everything
	types  []string           // nil accepts every type

	// Objects.
	properties map[string]property
	required   []string
	closed     bool   // other names are refused
	others     *shape // the values of other names

	minProperties, maxProperties int // -1: no limit

	// Arrays.
	items              *shape
	minItems, maxItems int // -1: no limit
	unique             bool

	// maxLength of strings in characters; -1: no limit.
	maxLength int
	format    string

	// Unions: the branch with the value of a tag, or the only branch of the type.
	tag      string
	branches map[string]*shape // by the tag's value
	tags     []any             // the tag's values in the contract's order
	choices  []*shape

	// whole is true for keywords that need the complete value, such as allOf. The library checks it, up to maxWhole values.
	whole bool
}

type property struct {
	*shape
	index int // among the properties
}

// anything accepts every value.
var anything = &shape{minProperties: -1, maxProperties: -1, minItems: -1, maxItems: -1, maxLength: -1}

// shapes holds the shapes of one contract, so that schemas which refer to themselves end.
type shapes map[*jsonschema.Schema]*shape

func (all shapes) of(schema *jsonschema.Schema) *shape {
	for schema != nil && schema.Ref != nil && !hasRules(schema) {
		schema = schema.Ref
	}
	if schema == nil {
		return anything
	}
	if s, ok := all[schema]; ok {
		return s
	}
	s := new(*anything)
	all[schema] = s
	s.schema = schema
	union := slices.Concat(schema.OneOf, schema.AnyOf)
	if needsWhole(schema) || len(union) > 0 && (hasRules(schema) || schema.OneOf != nil && schema.AnyOf != nil) {
		s.whole = true
		return s
	}
	if len(union) > 0 {
		all.unite(s, union)
		return s
	}
	if schema.Types != nil {
		s.types = schema.Types.ToStrings()
	}
	all.describe(s)
	return s
}

// describe fills in the limits of a schema that is not a union.
func (all shapes) describe(s *shape) {
	schema := s.schema
	s.required = schema.Required
	s.minProperties, s.maxProperties = limit(schema.MinProperties), limit(schema.MaxProperties)
	s.minItems, s.maxItems = limit(schema.MinItems), limit(schema.MaxItems)
	s.maxLength = limit(schema.MaxLength)
	s.unique = schema.UniqueItems
	if schema.Format != nil {
		s.format = schema.Format.Name
	}
	switch others := schema.AdditionalProperties.(type) {
	case bool:
		s.closed = !others
	case *jsonschema.Schema:
		s.others = all.of(others)
	}
	s.items = all.of(schema.Items2020)
	s.properties = map[string]property{}
	for i, name := range slices.Sorted(maps.Keys(schema.Properties)) {
		s.properties[name] = property{all.of(schema.Properties[name]), i}
	}
}

// unite fills in the branches of a union. Objects are told apart by a tag: a required property with a constant.
func (all shapes) unite(s *shape, union []*jsonschema.Schema) {
	var objects, arrays []*shape
	texts := 0
	for _, branch := range union {
		choice := all.of(branch)
		s.choices = append(s.choices, choice)
		for _, t := range choice.types {
			if !slices.Contains(s.types, t) {
				s.types = append(s.types, t)
			}
		}
		s.whole = s.whole || choice.whole || choice.types == nil
		if choice.accepts("object") {
			objects = append(objects, choice)
		}
		if choice.accepts("array") {
			arrays = append(arrays, choice)
		}
		if choice.accepts("string") {
			texts++
			s.maxLength = max(s.maxLength, choice.maxLength)
			s.format = choice.format
		}
	}
	if texts > 1 {
		s.maxLength, s.format = -1, ""
	}
	if len(objects) > 1 {
		s.tag = tagOf(objects)
	}
	s.whole = s.whole || len(arrays) > 1 || len(objects) > 1 && s.tag == ""
	if s.tag == "" {
		return
	}
	s.branches = map[string]*shape{}
	for _, branch := range objects {
		value := constantText(branch.properties[s.tag].schema)
		s.branches[value] = branch
		s.tags = append(s.tags, value)
	}
}

// tagOf returns the property that is required and has another constant text in each branch, or "".
func tagOf(branches []*shape) string {
	for _, name := range branches[0].required {
		values := map[string]bool{}
		for _, branch := range branches {
			p, ok := branch.properties[name]
			if !ok || !slices.Contains(branch.required, name) {
				continue
			}
			if text := constantText(p.schema); text != "" {
				values[text] = true
			}
		}
		if len(values) == len(branches) {
			return name
		}
	}
	return ""
}

// constantText returns the only text that a schema allows, a const or an enum of one, or "".
func constantText(s *jsonschema.Schema) string {
	var value any
	switch {
	case s == nil:
	case s.Const != nil:
		value = *s.Const
	case s.Enum != nil && len(s.Enum.Values) == 1:
		value = s.Enum.Values[0]
	}
	text, _ := value.(string)
	return text
}

// accepts reports whether a value of the type may be valid.
func (s *shape) accepts(jsonType string) bool {
	return s.types == nil || slices.Contains(s.types, jsonType)
}

// choose returns the shape of a container: the shape itself, or the only branch that accepts its type. For an object it may be a union with
// a tag, which the object decides.
func (s *shape) choose(jsonType string) *shape {
	if jsonType == "object" && s.tag != "" {
		return s
	}
	for _, choice := range s.choices {
		if choice.accepts(jsonType) {
			return choice.choose(jsonType)
		}
	}
	return s
}

func limit(n *int) int {
	if n == nil {
		return -1
	}
	return *n
}

// hasRules reports whether a schema has keywords besides a reference, a union and annotations.
func hasRules(s *jsonschema.Schema) bool {
	return s.Types != nil || s.Bool != nil || s.Enum != nil || s.Const != nil || s.Format != nil || s.Pattern != nil ||
		s.Properties != nil || s.AdditionalProperties != nil || s.Required != nil || s.MinProperties != nil || s.MaxProperties != nil ||
		s.Items2020 != nil || s.MinItems != nil || s.MaxItems != nil || s.UniqueItems ||
		s.MinLength != nil || s.MaxLength != nil || s.Minimum != nil || s.Maximum != nil ||
		s.ExclusiveMinimum != nil || s.ExclusiveMaximum != nil || s.MultipleOf != nil ||
		needsWhole(s) || s.Ref != nil && (s.OneOf != nil || s.AnyOf != nil)
}

// needsWhole reports whether a schema has keywords that the library must check on the complete value.
func needsWhole(s *jsonschema.Schema) bool {
	return s.Not != nil || s.AllOf != nil || s.If != nil || s.PropertyNames != nil || len(s.PatternProperties) > 0 ||
		s.Dependencies != nil || s.DependentRequired != nil || s.DependentSchemas != nil || s.UnevaluatedProperties != nil ||
		s.Contains != nil || s.PrefixItems != nil || s.UnevaluatedItems != nil || s.Items != nil || s.AdditionalItems != nil ||
		s.RecursiveRef != nil || s.DynamicRef != nil ||
		s.Bool != nil && !*s.Bool || s.Ref != nil && (s.Types != nil || s.Properties != nil || s.Required != nil || s.Pattern != nil)
}

// Bytes that values take in JSON. A character takes 6 bytes where encoders escape everything that is not ASCII.
const (
	bytesPerCharacter = 6
	bytesPerNumber    = 32
	bytesOfShortText  = 64 // of a date, time or UUID
	bytesOfEmail      = 320
	unlimited         = 1 << 30
)

// maxBytes returns how many bytes a valid value has at most, written without white space.
func (s *shape) maxBytes(seen []*shape) int {
	if slices.Contains(seen, s) || s.whole || s.schema == nil {
		return unlimited
	}
	seen = append(seen, s)
	largest := 5 // true, false or null
	if len(s.choices) > 0 {
		for _, choice := range s.choices {
			largest = max(largest, choice.maxBytes(seen))
		}
		return largest
	}
	if s.types == nil && s.schema.Enum == nil && s.schema.Const == nil {
		return unlimited
	}
	if s.accepts("number") || s.accepts("integer") {
		largest = max(largest, bytesPerNumber)
	}
	if s.accepts("string") {
		largest = max(largest, s.maxTextBytes())
	}
	if s.types != nil && s.accepts("array") {
		largest = max(largest, bounded(s.maxItems, s.items.maxBytes(seen)+1)+2)
	}
	if s.types != nil && s.accepts("object") {
		if !s.closed {
			return unlimited
		}
		total := 2
		for name, p := range s.properties {
			total += len(name) + 4 + p.maxBytes(seen)
		}
		largest = max(largest, total)
	}
	return min(largest, unlimited)
}

func (s *shape) maxTextBytes() int {
	longest := 0
	switch {
	case s.maxLength >= 0:
		return bounded(s.maxLength, bytesPerCharacter) + 2
	case s.schema.Const != nil:
		return 2 + bytesPerCharacter*len(enumText([]any{*s.schema.Const}))
	case s.schema.Enum != nil:
		for _, value := range s.schema.Enum.Values {
			longest = max(longest, len(enumText([]any{value})))
		}
		return 2 + bytesPerCharacter*longest
	}
	switch s.format {
	case "date", "time", dateTimeFormat, "uuid":
		return bytesOfShortText
	case "email":
		return bytesPerCharacter * bytesOfEmail
	}
	return unlimited
}

// bounded multiplies a limit of -1 (none) or more.
func bounded(n, size int) int {
	if n < 0 || size >= unlimited || n > 0 && size > unlimited/n {
		return unlimited
	}
	return n * size
}

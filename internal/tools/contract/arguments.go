package contract

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/ultimatecoach/api/internal/tools/problem"
)

// Schemas makes JSON schemas of what operations take, for programs that do not speak HTTP, such as language models. What an operation
// takes is written once, in the contract.
type Schemas struct {
	tree map[string]any
}

// NewSchemas reads a bundled OpenAPI 3.1 document, YAML.
func NewSchemas(source []byte) (*Schemas, error) {
	asJSON, err := JSON(source)
	if err != nil {
		return nil, err
	}
	s := &Schemas{}
	if err := json.Unmarshal(asJSON, &s.tree); err != nil {
		return nil, fmt.Errorf("read contract: %w", err)
	}
	return s, nil
}

// Arguments is the JSON schema of an object and the check of values against it.
type Arguments struct {
	// Schema has no references and no extensions, so that every reader of JSON schema understands it.
	Schema json.RawMessage

	compiled *jsonschema.Schema
}

// Parameters returns an object with the named parameters of an operation, from path and query.
func (s *Schemas) Parameters(operation string, names ...string) (*Arguments, error) {
	op := s.operation(operation)
	if op == nil {
		return nil, fmt.Errorf("there is no operation %s", operation)
	}
	all := newObject()
	for _, p := range list(op["parameters"]) {
		p := s.resolve(p)
		name := text(p["name"])
		if !slices.Contains(names, name) {
			continue
		}
		schema := s.inline(p["schema"])
		if schema, ok := schema.(map[string]any); ok && p["description"] != nil {
			schema["description"] = p["description"]
		}
		all.add(name, schema, p["required"] == true)
	}
	return all.arguments(operation, names)
}

// Body returns an object with the named fields of the JSON body that an operation takes.
func (s *Schemas) Body(operation string, names ...string) (*Arguments, error) {
	op := s.operation(operation)
	if op == nil {
		return nil, fmt.Errorf("there is no operation %s", operation)
	}
	content := object(object(s.resolve(op["requestBody"]))["content"])
	body := object(s.inline(object(content["application/json"])["schema"]))
	all := newObject()
	properties := object(body["properties"])
	for _, name := range names {
		if schema, ok := properties[name]; ok {
			all.add(name, schema, slices.Contains(list(body["required"]), any(name)))
		}
	}
	return all.arguments(operation, names)
}

// With returns the arguments with one more field.
func (a *Arguments) With(name string, required bool, schema map[string]any) (*Arguments, error) {
	var o objectSchema
	if err := json.Unmarshal(a.Schema, &o); err != nil {
		return nil, fmt.Errorf("read schema: %w", err)
	}
	o.add(name, schema, required)
	return o.arguments(name, nil)
}

// Check returns a 400 problem that names each field of the JSON object which does not fit.
func (a *Arguments) Check(raw []byte) error {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return problem.Invalid(problem.Malformed.WithMessage("", "is not valid JSON"))
	}
	if err := a.compiled.Validate(value); err != nil {
		return problem.Invalid(explain("", err)...)
	}
	return nil
}

// objectSchema is the schema of an object without other fields than its own.
type objectSchema struct {
	Type                 string         `json:"type"`
	Properties           map[string]any `json:"properties"`
	Required             []string       `json:"required,omitempty"`
	AdditionalProperties bool           `json:"additionalProperties"`
}

func newObject() *objectSchema { return &objectSchema{Type: "object", Properties: map[string]any{}} }

func (o *objectSchema) add(name string, schema any, required bool) {
	o.Properties[name] = schema
	if required {
		o.Required = append(o.Required, name)
	}
}

// arguments compiles the schema. Each of names must be there, so that a renamed parameter is found at start.
func (o *objectSchema) arguments(operation string, names []string) (*Arguments, error) {
	for _, name := range names {
		if _, ok := o.Properties[name]; !ok {
			return nil, fmt.Errorf("operation %s takes no %s", operation, name)
		}
	}
	raw, err := json.Marshal(o)
	if err != nil {
		return nil, fmt.Errorf("write schema of %s: %w", operation, err)
	}
	tree, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("read schema of %s: %w", operation, err)
	}
	compiler := newCompiler()
	if err := compiler.AddResource(resource, tree); err != nil {
		return nil, fmt.Errorf("read schema of %s: %w", operation, err)
	}
	compiled, err := compiler.Compile(resource)
	if err != nil {
		return nil, fmt.Errorf("compile schema of %s: %w", operation, err)
	}
	return &Arguments{Schema: raw, compiled: compiled}, nil
}

func (s *Schemas) operation(id string) map[string]any {
	for _, methods := range object(s.tree["paths"]) {
		for _, op := range object(methods) {
			if op := object(op); op["operationId"] == id {
				return op
			}
		}
	}
	return nil
}

// resolve returns the object that a reference names, or the object itself.
func (s *Schemas) resolve(v any) map[string]any {
	o := object(v)
	pointer, ok := strings.CutPrefix(text(o["$ref"]), "#/")
	if !ok {
		return o
	}
	at := s.tree
	for name := range strings.SplitSeq(pointer, "/") {
		at = object(at[name])
	}
	return at
}

// inline returns a schema with its references replaced by what they name, and without what only describes the API's own examples and
// unions: OpenAPI's discriminator repeats what the constants of the branches say.
func (s *Schemas) inline(v any) any {
	switch v := v.(type) {
	case map[string]any:
		if v["$ref"] != nil {
			target := object(s.inline(s.resolve(v)))
			if description := v["description"]; description != nil {
				target["description"] = description
			}
			return target
		}
		out := map[string]any{}
		for key, value := range v {
			if key == "discriminator" || key == "example" || key == "examples" || strings.HasPrefix(key, "x-") {
				continue
			}
			out[key] = s.inline(value)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = s.inline(v[i])
		}
		return out
	}
	return v
}

// object, list and text return the empty value for anything else than they are named after.

func object(v any) map[string]any { o, _ := v.(map[string]any); return o }

func list(v any) []any { l, _ := v.([]any); return l }

func text(v any) string { t, _ := v.(string); return t }

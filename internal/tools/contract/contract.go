// Package contract reads the OpenAPI document: which operations exist, who may call them, and whether a request matches
// its operation. Schemas are compiled once, at start.
package contract

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"
)

// Contract is the compiled document.
type Contract struct {
	operations map[string]*Operation // by "METHOD /path/:param"
	literal    map[string][]string   // path → methods, for paths without parameters
}

// Operation is one method on one path.
type Operation struct {
	ID string
	// Tag is the first tag; it names the room.
	Tag    string
	Method string
	// Path is in Echo's notation: /things/:id.
	Path string
	// NeedsUser is false for `security: []`, for operations that allow no credential (`{}`) and for those that take only the refresh cookie.
	NeedsUser bool
	// RateClass is x-rate-class.
	RateClass string
	// Statuses are the documented status codes, ascending.
	Statuses []int
	// Deprecation is nil unless the operation is deprecated.
	Deprecation *Deprecation

	parameters []parameter
	shape      *shape // of a JSON body
	file       bool   // the body is a file; the contract does not describe its content
	maxBody    int
	location   string // x-location
}

type parameter struct {
	name, in string
	required bool
	schema   *jsonschema.Schema
}

// HasBody reports whether the operation takes a body.
func (o *Operation) HasBody() bool { return o.shape != nil || o.TakesFile() }

// TakesFile reports whether the body is a file, which the handler reads itself, and not JSON.
func (o *Operation) TakesFile() bool { return o.file }

// Parameters returns the names of the parameters in one place: "path", "query" or "header".
func (o *Operation) Parameters(in string) []string {
	var names []string
	for _, p := range o.parameters {
		if p.in == in {
			names = append(names, p.name)
		}
	}
	return names
}

// Find returns the operation at an Echo path, or nil.
func (c *Contract) Find(method, path string) *Operation { return c.operations[method+" "+path] }

// Methods returns the methods of a path that the document lists literally, without a parameter; nil for every other path.
// The router needs it: for GET /things/special, which has only POST, it would otherwise choose GET /things/{id}.
func (c *Contract) Methods(path string) []string { return c.literal[path] }

// Operations returns all operations, sorted by path and method.
func (c *Contract) Operations() []*Operation {
	return slices.SortedFunc(maps.Values(c.operations), func(a, b *Operation) int {
		return strings.Compare(a.Path+a.Method, b.Path+b.Method)
	})
}

// document is the part of OpenAPI that this package reads.
type document struct {
	Security []map[string][]string `json:"security"`
	Paths    map[string]map[string]struct {
		OperationID string   `json:"operationId"`
		Tags        []string `json:"tags"`
		RateClass   string   `json:"x-rate-class"`
		Location    string   `json:"x-location"`
		deprecation
		Security   *[]map[string][]string `json:"security"`
		Parameters []struct {
			Ref      string `json:"$ref"`
			Name     string `json:"name"`
			In       string `json:"in"`
			Required bool   `json:"required"`
		} `json:"parameters"`
		RequestBody *struct {
			Content  map[string]any `json:"content"`
			MaxBytes int            `json:"x-max-bytes"` // of a file
		} `json:"requestBody"`
		Responses map[string]any `json:"responses"`
	} `json:"paths"`
	Components struct {
		Parameters map[string]struct {
			Name     string `json:"name"`
			In       string `json:"in"`
			Required bool   `json:"required"`
		} `json:"parameters"`
	} `json:"components"`
}

var pathParameter = regexp.MustCompile(`\{([^}]+)\}`)

// resource is the document's name inside the schema compiler.
const resource = "contract.json"

// Compile reads a bundled OpenAPI 3.1 document, YAML.
func Compile(source []byte) (*Contract, error) {
	asJSON, err := JSON(source)
	if err != nil {
		return nil, err
	}
	var doc document
	if err := json.Unmarshal(asJSON, &doc); err != nil {
		return nil, fmt.Errorf("read contract: %w", err)
	}
	tree, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		return nil, fmt.Errorf("read contract: %w", err)
	}
	compiler := newCompiler()
	if err := compiler.AddResource(resource, tree); err != nil {
		return nil, fmt.Errorf("read contract: %w", err)
	}
	compile := func(pointer ...string) (*jsonschema.Schema, error) {
		for i, p := range pointer {
			pointer[i] = strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(p)
		}
		return compiler.Compile(resource + "#/" + strings.Join(pointer, "/"))
	}

	bodies := shapes{}
	c := &Contract{operations: map[string]*Operation{}, literal: map[string][]string{}}
	for path, methods := range doc.Paths {
		for method, spec := range methods {
			op := &Operation{
				ID: spec.OperationID, Method: strings.ToUpper(method),
				Path:      pathParameter.ReplaceAllString(path, ":$1"),
				RateClass: spec.RateClass,
				location:  spec.Location,
			}
			if op.Deprecation, err = spec.parse(); err != nil {
				return nil, fmt.Errorf("%s: %w", op.ID, err)
			}
			if len(spec.Tags) > 0 {
				op.Tag = spec.Tags[0]
			}
			security := doc.Security
			if spec.Security != nil {
				security = *spec.Security
			}
			optional := slices.ContainsFunc(security, func(s map[string][]string) bool { return len(s) == 0 })
			op.NeedsUser = !optional && slices.ContainsFunc(security, func(s map[string][]string) bool {
				_, cookie := s["cookieAuth"]
				_, bearer := s["bearerAuth"]
				return cookie || bearer
			})
			for status := range spec.Responses {
				var n int
				if _, err := fmt.Sscan(status, &n); err != nil {
					return nil, fmt.Errorf("%s: status %q is not a number", op.ID, status)
				}
				op.Statuses = append(op.Statuses, n)
			}
			slices.Sort(op.Statuses)
			for i, p := range spec.Parameters {
				at := []string{"paths", path, method, "parameters", fmt.Sprint(i), "schema"}
				param := parameter{name: p.Name, in: p.In, required: p.Required}
				if name, ok := strings.CutPrefix(p.Ref, "#/components/parameters/"); ok {
					shared := doc.Components.Parameters[name]
					at = []string{"components", "parameters", name, "schema"}
					param = parameter{name: shared.Name, in: shared.In, required: shared.Required}
				}
				if param.schema, err = compile(at...); err != nil {
					return nil, fmt.Errorf("%s: parameter %s: %w", op.ID, param.name, err)
				}
				op.parameters = append(op.parameters, param)
			}
			switch {
			case spec.RequestBody == nil:
			case spec.RequestBody.Content["application/json"] == nil:
				if spec.RequestBody.MaxBytes == 0 || spec.RequestBody.Content[mediaFile] == nil {
					return nil, fmt.Errorf("%s: a body that is a file needs %s and x-max-bytes", op.ID, mediaFile)
				}
				op.file, op.maxBody = true, spec.RequestBody.MaxBytes
			default:
				schema, err := compile("paths", path, method, "requestBody", "content", "application/json", "schema")
				if err != nil {
					return nil, fmt.Errorf("%s: body: %w", op.ID, err)
				}
				op.shape = bodies.of(schema)
				op.maxBody = maxBody(op.shape)
			}
			c.operations[op.Method+" "+op.Path] = op
			if !strings.Contains(op.Path, ":") {
				c.literal[op.Path] = append(c.literal[op.Path], op.Method)
			}
		}
	}
	return c, nil
}

func newCompiler() *jsonschema.Compiler {
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.AssertFormat()
	compiler.RegisterFormat(&jsonschema.Format{Name: dateTimeFormat, Validate: checkDateTime})
	compiler.UseRegexpEngine(CompilePattern)
	return compiler
}

// unicodeEscape is \uXXXX, which ECMA 262 knows and Go writes \x{XXXX}.
var unicodeEscape = regexp.MustCompile(`\\u([0-9A-Fa-f]{4})`)

// CompilePattern compiles a pattern of the contract, which is written for ECMA 262.
func CompilePattern(pattern string) (jsonschema.Regexp, error) {
	return regexp.Compile(unicodeEscape.ReplaceAllString(pattern, `\x{$1}`))
}

// JSON turns the YAML document into JSON.
func JSON(source []byte) ([]byte, error) {
	var tree any
	if err := yaml.Unmarshal(source, &tree); err != nil {
		return nil, fmt.Errorf("read contract: %w", err)
	}
	out, err := json.Marshal(tree)
	if err != nil {
		return nil, fmt.Errorf("read contract: %w", err)
	}
	return out, nil
}

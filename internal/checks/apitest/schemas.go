package apitest

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/routers"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"github.com/ultimatecoach/api/gen"
	"github.com/ultimatecoach/api/internal/tools/contract"
)

// responseSchemas has the compiled schema of each response body that was seen. openapi3filter compiles the schema again for each
// response, which took most of the processor time of the tests of the food search.
type responseSchemas struct {
	mu       sync.Mutex
	compiler *jsonschema.Compiler
	compiled map[string]*jsonschema.Schema // by JSON pointer
}

var responseSchemasOnce = sync.OnceValues(func() (*responseSchemas, error) {
	var document map[string]any
	if err := yaml.Unmarshal(gen.OpenAPI, &document); err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.AssertFormat()
	compiler.UseRegexpEngine(contract.CompilePattern)
	return &responseSchemas{compiler: compiler, compiled: map[string]*jsonschema.Schema{}}, compiler.AddResource("contract.json", document)
})

// isJSON tells whether a response says that its body is JSON.
func isJSON(response *http.Response) bool {
	media, _, err := mime.ParseMediaType(response.Header.Get("Content-Type"))
	return err == nil && (media == "application/json" || strings.HasSuffix(media, "+json"))
}

// validate compares a JSON body with what the contract says about the route, the status and the media type.
func (s *responseSchemas) validate(route *routers.Route, response *http.Response, body []byte) error {
	media, _, err := mime.ParseMediaType(response.Header.Get("Content-Type"))
	if err != nil {
		return err
	}
	status := strconv.Itoa(response.StatusCode)
	documented := route.Operation.Responses.Value(status)
	if documented.Value.Content[media] == nil {
		return fmt.Errorf("the contract does not have the media type %s", media)
	}
	pointer := documented.Ref
	if pointer == "" {
		pointer = "#" + pointerTo("paths", route.Path, strings.ToLower(route.Method), "responses", status)
	}
	schema, err := s.schema(pointer + pointerTo("content", media, "schema"))
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// validateEvent compares the data of an event of a stream with what the contract says about it.
func (s *responseSchemas) validateEvent(data string) error {
	schema, err := s.schema("#/components/schemas/CoachEvent")
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(data))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

func (s *responseSchemas) schema(pointer string) (*jsonschema.Schema, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if known := s.compiled[pointer]; known != nil {
		return known, nil
	}
	schema, err := s.compiler.Compile("contract.json" + pointer)
	if err != nil {
		return nil, err
	}
	s.compiled[pointer] = schema
	return schema, nil
}

// pointerTo returns a JSON pointer as part of a URL.
func pointerTo(tokens ...string) string {
	var pointer strings.Builder
	for _, token := range tokens {
		pointer.WriteString("/" + url.PathEscape(strings.NewReplacer("~", "~0", "/", "~1").Replace(token)))
	}
	return pointer.String()
}

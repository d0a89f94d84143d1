package coach

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ultimatecoach/api/gen"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/contract"
	"github.com/ultimatecoach/api/internal/tools/llm"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

// tool is something that a program may do for the person whose identity is in the context: look something up, or propose something. No
// tool takes the id of a user, and none changes data.
type tool struct {
	Name, Description string
	// Arguments is what Run takes.
	Arguments *contract.Arguments
	// ReadOnly is false for tools that make proposals.
	ReadOnly bool
	Run      func(ctx context.Context, arguments []byte) (found, error)
}

// found is what a tool returns. Data is encoded as JSON.
type found struct {
	Data    any
	Sources []api.CoachSource
}

// toolMaker makes tools whose arguments are those of operations, as the contract describes them.
type toolMaker struct {
	schemas *contract.Schemas
	tools   []tool
	errs    []error
}

// makeLookups returns the tools that look something up, for any program: language models here, others by a protocol such as MCP.
func (h *Handlers) makeLookups(schemas *contract.Schemas) ([]tool, error) {
	m := &toolMaker{schemas: schemas}
	h.addFoodTools(m)
	h.addDayTools(m)
	h.addActivityTools(m)
	h.addBodyTools(m)
	return m.tools, errors.Join(m.errs...)
}

// toolSet is what the tools of all turns share.
type toolSet struct {
	lookups   []tool
	proposals map[string]*contract.Arguments // by the name of the tool
	draft     *contract.Arguments            // of any kind, as a person sends it
}

// makeTools reads the contract, which takes some tenths of a second.
func (h *Handlers) makeTools() (toolSet, error) {
	schemas, err := contract.NewSchemas(gen.OpenAPI)
	if err != nil {
		return toolSet{}, fmt.Errorf("make tools: %w", err)
	}
	var s toolSet
	if s.lookups, err = h.makeLookups(schemas); err != nil {
		return s, fmt.Errorf("make tools: %w", err)
	}
	if s.proposals, err = makeProposalArguments(schemas); err != nil {
		return s, fmt.Errorf("make tools: %w", err)
	}
	if s.draft, err = schemas.Body("updateProposal", "draft"); err != nil {
		return s, fmt.Errorf("make tools: %w", err)
	}
	return s, nil
}

// addLookup adds a tool that runs an operation with some of its parameters.
func addLookup[Args any](
	m *toolMaker, name, description, operation string, takes []string, run func(context.Context, Args) (found, error),
) {
	arguments, err := m.schemas.Parameters(operation, takes...)
	m.errs = append(m.errs, err)
	m.tools = append(m.tools, tool{
		Name: name, Description: description, Arguments: arguments, ReadOnly: true,
		Run: func(ctx context.Context, raw []byte) (found, error) {
			var args Args
			if err := json.Unmarshal(raw, &args); err != nil {
				return found{}, problem.Invalid(problem.Malformed.At("")).Wrap(err)
			}
			return run(ctx, args)
		},
	})
}

//go:embed tool_titles.tsv
var toolTitleTable string

// toolTitles say what a tool does, by name and language: what the app shows meanwhile.
var toolTitles = func() map[string]map[string]string {
	rows := strings.Split(strings.TrimSpace(toolTitleTable), "\n")
	languages := strings.Split(rows[0], "\t")
	titles := map[string]map[string]string{}
	for _, row := range rows[1:] {
		cells := strings.Split(row, "\t")
		titles[cells[0]] = map[string]string{}
		for i, cell := range cells[1:] {
			titles[cells[0]][languages[i+1]] = cell
		}
	}
	return titles
}()

// title returns what to show while a tool works, in English when there is no text in the language.
func (t *tool) title(language string) string {
	if title := toolTitles[t.Name][language]; title != "" {
		return title
	}
	return toolTitles[t.Name]["en"]
}

// toolbox runs the tools that a model calls for one reply.
type toolbox struct {
	tools    []tool
	language string
	s        *speaker
	made     map[string]bool // calls, by name and arguments
	tooLow   bool            // a proposal was refused because of too little energy
	sources  []api.CoachSource
}

func (h *Handlers) newToolbox(t turn, s *speaker) (*toolbox, error) {
	set, err := h.tools()
	if err != nil {
		return nil, err
	}
	tools := slices.Concat(set.lookups, h.proposers(t, s, set.proposals))
	return &toolbox{tools: tools, language: t.Person.Language, s: s, made: map[string]bool{}}, nil
}

// offered returns the tools as a model needs them.
func (b *toolbox) offered() []llm.Tool {
	out := make([]llm.Tool, len(b.tools))
	for i, t := range b.tools {
		out[i] = llm.Tool{Name: t.Name, Description: t.Description, Schema: t.Arguments.Schema}
	}
	return out
}

// toolResult is what the model reads.
type toolResult struct {
	text   string
	failed bool
}

func failedCall(text string) toolResult { return toolResult{text, true} }

// call runs one call of the model. What is wrong with it, or with what it asks for, is a result for the model and no error.
func (b *toolbox) call(ctx context.Context, c llm.ToolCall) (toolResult, error) {
	i := slices.IndexFunc(b.tools, func(t tool) bool { return t.Name == c.Name })
	if i < 0 {
		return failedCall("There is no such tool."), nil
	}
	arguments := []byte(c.Arguments)
	if len(bytes.TrimSpace(arguments)) == 0 {
		arguments = []byte("{}")
	}
	if err := b.tools[i].Arguments.Check(arguments); err != nil {
		return b.refusal(ctx, c.Name, err)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, arguments); err != nil {
		return toolResult{}, fmt.Errorf("read arguments: %w", err)
	}
	key := c.Name + compact.String()
	if b.made[key] {
		return failedCall("You made this call before. Use its result."), nil
	}
	b.made[key] = true
	return b.run(ctx, &b.tools[i], arguments)
}

// run runs a tool between two events.
func (b *toolbox) run(ctx context.Context, t *tool, arguments []byte) (toolResult, error) {
	id := strconv.Itoa(len(b.made)) // of our own: a provider's can be empty or long
	err := b.s.emit("tool.started", map[string]any{"call_id": id, "tool": t.Name, "label": t.title(b.language)})
	if err != nil {
		return toolResult{}, err
	}
	got, err := t.Run(ctx, arguments)
	if ctx.Err() != nil {
		return toolResult{}, context.Cause(ctx)
	}
	var result toolResult
	if err != nil {
		result, err = b.refusal(ctx, t.Name, err)
	} else {
		b.sources = addSources(b.sources, got.Sources)
		result.text, err = fenced(t.Name, got.Data)
	}
	if err != nil {
		return result, err
	}
	return result, b.s.emit("tool.finished", map[string]any{"call_id": id, "tool": t.Name, "ok": !result.failed})
}

// refusal returns an error as the model reads it: what the operation says to clients, nothing of what is ours.
func (b *toolbox) refusal(ctx context.Context, name string, err error) (toolResult, error) {
	p, ok := errors.AsType[*problem.Problem](err)
	if !ok {
		slog.ErrorContext(ctx, "coach_tool_failed", "tool", name, "error", err)
		p = problem.New(coachFailed)
	}
	b.tooLow = b.tooLow || slices.ContainsFunc(p.Errors, isTooLittleEnergy)
	text, err := fenced(name, map[string]any{"problem": p.Type.Code, "detail": p.Detail, "errors": p.Errors})
	return toolResult{text, true}, err
}

// isTooLittleEnergy reports whether a field of a proposal is less energy than is safe: by the contract's minimum, or by the person's.
func isTooLittleEnergy(f problem.Field) bool {
	return f.Code == belowSafeMinimum.Code || f.Code == problem.TooSmall.Code && f.Field == customTargets+".calories"
}

const (
	// maxResultBytes is the longest result of a tool: about 4 000 tokens.
	maxResultBytes = 12_000
	// maxResultText is how many characters of a text in a result are kept: notes are up to 2 000 long.
	maxResultText = 300
)

// fenced returns what a tool found as fenced data, shortened to maxResultBytes.
func fenced(name string, data any) (string, error) {
	raw, err := json.Marshal(data)
	if err != nil {
		return "", fmt.Errorf("write the result of %s: %w", name, err)
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber() // keeps each number as it is written
	var tree any
	if err := decoder.Decode(&tree); err != nil {
		return "", fmt.Errorf("read the result of %s: %w", name, err)
	}
	tree = essential(tree)
	for {
		raw, err = json.Marshal(tree)
		if err != nil {
			return "", fmt.Errorf("write the result of %s: %w", name, err)
		}
		if len(raw) <= maxResultBytes || !halveLongestList(tree) {
			break
		}
	}
	if len(raw) > maxResultBytes {
		tree = map[string]any{"problem": "too_long", "detail": "The result is too long. Ask for less."}
	}
	return llm.Fence(name, tree)
}

// unneeded are fields that only programs need.
var unneeded = []string{"version", "created_at", "updated_at", "source", "warnings", "next_cursor", "coverage", "url", "barcode"}

// essential returns a value without unneeded fields and with long texts cut.
func essential(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			if value == nil || slices.Contains(unneeded, key) {
				delete(v, key)
				continue
			}
			v[key] = essential(value)
		}
	case []any:
		for i := range v {
			v[i] = essential(v[i])
		}
	case string:
		if utf8.RuneCountInString(v) > maxResultText {
			return clip(v, maxResultText) + "…"
		}
	}
	return v
}

// halveLongestList drops the second half of the longest list and notes how many entries are left out. It returns false when there is no
// list with two entries.
func halveLongestList(v any) bool {
	var owner map[string]any
	var field string
	longest := 1
	var visit func(any)
	visit = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, value := range v {
				if entries, ok := value.([]any); ok && (len(entries) > longest || len(entries) == longest && key < field) {
					owner, field, longest = v, key, len(entries)
				}
				visit(value)
			}
		case []any:
			for _, entry := range v {
				visit(entry)
			}
		}
	}
	visit(v)
	if owner == nil {
		return false
	}
	entries, _ := owner[field].([]any)
	owner[field] = entries[:longest/2]
	note := field + "_left_out"
	before, _ := owner[note].(int)
	owner[note] = before + longest - longest/2
	return true
}

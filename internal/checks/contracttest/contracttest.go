// Package contracttest tests that a room does what the contract says. Each room calls [Run] from a test of its own and passes what is
// special about its operations; this package knows what all operations have in common.
package contracttest

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/tools/contract"
)

// Room describes the operations of a room.
type Room struct {
	// Tag is the room's tag in the contract, and the name of its folder.
	Tag string
	// Scenarios lead an operation to a status that is special to it, by operation and status.
	Scenarios map[string]map[int]Scenario
	// Foreign creates data of a person, and returns requests for it: one for each path with an id. Another person sends them and
	// must get 404. It may be nil when no path has an id.
	Foreign func(t *testing.T, w *World, owner *apitest.Person) map[string]Request
	// AnyParameter lists the operations that ignore unknown parameters; all others refuse them.
	AnyParameter []string
}

// Scenario leads an operation to a status with one or more requests. The client's transport checks them against the contract.
type Scenario func(t *testing.T, w *World, op *contract.Operation)

// Run checks that every documented status of the room's operations is returned at least once (the transport fails on undocumented ones),
// that callers who are not signed in get only 401, that unknown parameters are refused by name, and that nobody can read or change the
// data of somebody else.
func Run(t *testing.T, room Room) {
	t.Parallel()
	w := newWorld(t)
	var operations []*contract.Operation
	for _, op := range w.Usual.Server.Contract().Operations() {
		if op.Tag == room.Tag {
			operations = append(operations, op)
		}
	}
	require.NotEmpty(t, operations, "no operation of the contract has the tag %s", room.Tag)
	for id := range room.Scenarios {
		require.True(
			t,
			slices.ContainsFunc(operations, func(op *contract.Operation) bool { return op.ID == id }),
			"%s is not an operation of %s",
			id,
			room.Tag,
		)
	}
	t.Run("every documented status is returned", func(t *testing.T) {
		for _, op := range operations {
			for _, status := range op.Statuses {
				if scenario, ok := room.Scenarios[op.ID][status]; ok {
					scenario(t, w, op)
				} else {
					w.common(t, op, status)
				}
				assert.NotZero(t, apitest.Seen(op.ID, status), "%s never returned %d: add a scenario that shows how", op.ID, status)
			}
		}
	})
	t.Run("without a session it is 401", func(t *testing.T) { w.requireSignIn(t, operations) })
	t.Run("unknown parameters are refused", func(t *testing.T) { w.requireKnownParameters(t, operations, room.AnyParameter) })
	t.Run("data of another person is 404", func(t *testing.T) { w.requireNothingForeign(t, operations, room) })
}

func (w *World) requireSignIn(t *testing.T, operations []*contract.Operation) {
	t.Helper()
	for _, op := range operations {
		if !op.NeedsUser {
			continue
		}
		response := w.Send(t, w.Usual.Client(t), w.Usual.URL, Request{Op: op, ID: notAnID, Body: "{"})
		assert.Equal(t, http.StatusUnauthorized, response.Status, op.ID)
		assert.Contains(t, response.Header.Get("WWW-Authenticate"), "Bearer", op.ID)
	}
}

func (w *World) requireKnownParameters(t *testing.T, operations []*contract.Operation, except []string) {
	t.Helper()
	for _, op := range operations {
		if slices.Contains(except, op.ID) {
			continue
		}
		response := w.Send(t, w.Usual.Person(t).Client, w.Usual.URL, Request{Op: op, Query: "nonsense=1"})
		var refused api.Problem
		require.NoError(t, json.Unmarshal(response.Body, &refused), "%s: %s", op.ID, response.Body)
		assert.Equal(t, http.StatusBadRequest, response.Status, "%s: %s", op.ID, response.Body)
		assert.Contains(
			t,
			refused.Errors,
			api.FieldError{Field: "nonsense", Code: "unknown_parameter", Message: "is not a parameter of this operation"},
			op.ID,
		)
	}
}

// requireNothingForeign requires 404 for the id of another person's data and for an unknown id, and unchanged data after all requests.
func (w *World) requireNothingForeign(t *testing.T, operations []*contract.Operation, room Room) {
	t.Helper()
	owner, other := w.Usual.Person(t), w.Usual.Person(t)
	foreign := map[string]Request{}
	if room.Foreign != nil {
		foreign = room.Foreign(t, w, owner)
	}
	read := map[string][]byte{}
	for _, op := range operations {
		if request, ok := foreign[op.Path]; ok && op.Method == http.MethodGet {
			request.Op = op
			response := w.Send(t, owner.Client, w.Usual.URL, request)
			require.Equal(t, http.StatusOK, response.Status, "%s: the owner: %s", op.ID, response.Body)
			read[op.ID] = response.Body
		}
	}
	for _, op := range operations {
		if !slices.Contains(op.Parameters("path"), "id") {
			continue
		}
		request, ok := foreign[op.Path]
		if !assert.True(t, ok, "%s: let the room's Foreign return a request for %s", op.ID, op.Path) {
			continue
		}
		request.Op = op
		theirs := w.Send(t, other.Client, w.Usual.URL, request)
		unknown := w.Send(t, other.Client, w.Usual.URL, Request{Op: op, ID: uuid.NewString()})
		assert.Equal(t, http.StatusNotFound, theirs.Status, op.ID)
		assert.Equal(t, http.StatusNotFound, unknown.Status, op.ID)
	}
	for _, op := range operations {
		if before, ok := read[op.ID]; ok {
			request := foreign[op.Path]
			request.Op = op
			after := w.Send(t, owner.Client, w.Usual.URL, request)
			if json.Valid(before) {
				assert.JSONEq(t, string(before), string(after.Body), "%s: another person has changed it", op.ID)
			} else {
				assert.Equal(t, string(before), string(after.Body), "%s: another person has changed it", op.ID)
			}
		}
	}
	still, err := owner.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, still.StatusCode())
}

package coach

import (
	"net/http"

	"github.com/ultimatecoach/api/internal/tools/problem"
)

// Problems of this room.
var (
	conversationNotFound = problem.Define(
		http.StatusNotFound,
		"conversation_not_found",
		"There is no such conversation.",
		"Read the list again; the conversation may have been deleted.",
	)
	messageNotFound = problem.Define(
		http.StatusNotFound,
		"message_not_found",
		"There is no such reply of the coach.",
		"Use the `reply_id` that `sendMessage` returned; the conversation may have been deleted.",
	)
)

// Problems of proposals.
var (
	proposalNotFound = problem.Define(
		http.StatusNotFound,
		"proposal_not_found",
		"There is no such proposal.",
		"Read the list again; its conversation may have been deleted.",
	)
	proposalClosed = problem.Define(
		http.StatusConflict,
		"proposal_closed",
		"The proposal is not in a state in which this is possible.",
		"Read the proposal again; `status` says what became of it.",
	)
	proposalExpired = problem.Define(
		http.StatusConflict,
		"proposal_expired",
		"The proposal is older than 24 hours.",
		"Ask the coach again, or log it yourself.",
	)
	undoExpired = problem.Define(
		http.StatusConflict,
		"undo_expired",
		"The proposal was confirmed more than 24 hours ago.",
		"Change or delete what was written with its own operations.",
	)
	changedSince = problem.Define(
		http.StatusConflict,
		"changed_since",
		"What the proposal wrote was changed since.",
		"Change or delete it with its own operations.",
	)
)

// Reasons for which this room refuses fields.
var (
	kindFixed = problem.DefineField(
		"kind_fixed",
		"must be the kind that the proposal has",
		"A proposal of another kind is another proposal.",
	)
	notInDraft = problem.DefineField(
		"not_in_draft",
		"must not be in a draft",
		"What a proposal writes has the id of the proposal, and is not a record of another app.",
	)
	belowSafeMinimum = problem.DefineField(
		"below_safe_minimum",
		"is less energy than is safe without medical advice",
		"The coach never proposes less than 1200 kcal, less than 0.9 of the energy at rest, or a deficit for people under 18.",
	)
)

// Problems that SQL functions raise.
var (
	_ = problem.Define(
		http.StatusConflict,
		"reply_in_progress",
		"The coach is still replying to the message before.",
		"Wait for `message.completed`, or stop the reply with `cancelMessage`, and send the message again.",
	)
	_ = problem.Define(
		http.StatusUnprocessableEntity,
		"conversation_full",
		"The conversation has 10 000 messages.",
		"Start a new conversation.",
	)
)

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

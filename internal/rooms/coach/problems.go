package coach

import (
	"errors"
	"net/http"
	"time"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/llm"
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

// Problems with which replies fail. They are in the event message.failed and in the message, not in the status of a response; the status
// is that of the same cause elsewhere.
var (
	coachFailed = problem.Define(
		http.StatusInternalServerError,
		"coach_failed",
		"The coach could not reply. Your message is stored.",
		"Send the message again. Quote the id of the reply when it persists.",
	)
	providerUnavailable = problem.Define(
		http.StatusServiceUnavailable,
		"provider_unavailable",
		"The provider of the language model does not reply. Your message is stored.",
		"Send the message again in a minute, or after `retry_after` seconds where it is given.",
	)
	providerRateLimited = problem.Define(
		http.StatusTooManyRequests,
		"provider_rate_limited",
		"The provider of the language model has too many requests. Your message is stored.",
		"Wait `retry_after` seconds, or a minute where it is absent, and send the message again.",
	)
	providerRefused = problem.Define(
		http.StatusUnprocessableEntity,
		"provider_refused",
		"The provider of the language model refuses to process this message. It is stored.",
		"Write the message in other words.",
	)
	contextTooLong = problem.Define(
		http.StatusRequestEntityTooLarge,
		"context_too_long",
		"The message is longer than the language model can read. It is stored.",
		"Send a shorter message, or begin a new conversation.",
	)
	budgetUsed = problem.Define(
		http.StatusTooManyRequests,
		"coach_budget_used",
		"You have used what the coach may use for you today.",
		"Wait `Retry-After` seconds: the budget begins anew at midnight UTC. Everything but the coach works as before.",
	)
)

// problemOf returns what clients learn of the error of a reply.
func problemOf(err error, now time.Time) api.CoachProblem {
	p, ok := errors.AsType[*problem.Problem](err)
	if !ok {
		p = problem.New(coachFailed)
		for _, known := range providerProblems {
			if errors.Is(err, known.code) {
				p = problem.New(known.problem)
				break
			}
		}
		if failure, ok := errors.AsType[*llm.Error](err); ok && failure.ResetAt.After(now) {
			p.RetryAfter = failure.ResetAt.Sub(now)
		}
	}
	out := api.CoachProblem{Code: p.Type.Code, Detail: p.Detail}
	if p.RetryAfter > 0 {
		out.RetryAfter = new(int((p.RetryAfter + time.Second - 1) / time.Second))
	}
	return out
}

// providerProblems are the problems for the failures of providers. Where several providers failed, the first line that fits counts. What
// only the operator can mend, such as a wrong key, is an outage for the person.
var providerProblems = []struct {
	code    llm.Code
	problem problem.Type
}{
	{llm.ErrRefused, providerRefused},
	{llm.ErrContextTooLong, contextTooLong},
	{llm.ErrRateLimited, providerRateLimited},
	{llm.ErrOverloaded, providerUnavailable},
	{llm.ErrFailed, providerUnavailable},
	{llm.ErrTimeout, providerUnavailable},
	{llm.ErrCut, providerUnavailable},
	{llm.ErrMalformed, providerUnavailable},
	{llm.ErrOutputTooLarge, providerUnavailable},
	{llm.ErrUnavailable, providerUnavailable},
	{llm.ErrUnauthorized, providerUnavailable},
	{llm.ErrBadRequest, providerUnavailable},
}

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
	noDeficit = problem.DefineField(
		"no_deficit",
		"would make a person eat less who must not",
		"The coach proposes no deficit and no weight loss to people under 18, who are underweight, or who show signs of an eating disorder.",
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

package coach

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/safety"
)

// checkBudget returns the problem coach_budget_used when the person has used what language models may use for them today. It asks the
// database only where there is a limit. Replies that are being made are not counted yet: each can go over the limit once.
func (h *Handlers) checkBudget(ctx context.Context, user uuid.UUID) error {
	tokens, dollars := h.coach.DailyTokens, h.coach.DailyUSD
	if h.coach.Provider == nil || tokens == 0 && dollars == 0 {
		return nil
	}
	now := h.now().UTC()
	midnight := now.Truncate(24 * time.Hour)
	used, err := h.db.GetCoachUse(ctx, queries.GetCoachUseParams{UserID: user, Since: midnight})
	if err != nil {
		return fmt.Errorf("read what was used today: %w", err)
	}
	if tokens > 0 && used.Tokens >= int64(tokens) || dollars > 0 && used.Dollars >= dollars {
		return problem.New(budgetUsed).WithRetryAfter(midnight.AddDate(0, 0, 1).Sub(now))
	}
	return nil
}

// checkBudgetOf is checkBudget for a new message. One with signs of danger is accepted, since its reply uses no language model.
func (h *Handlers) checkBudgetOf(ctx context.Context, text string, zone *string) error {
	user := db.IdentityFrom(ctx).UserID
	err := h.checkBudget(ctx, user)
	if err == nil {
		return nil
	}
	t := turn{UserID: user, Text: text, SentAt: h.now()}
	if zone != nil {
		t.Timezone = *zone
	}
	if t, e := h.examine(ctx, t); e == nil && t.Finding.Action == safety.ActionReply {
		return nil
	}
	return err
}

package auth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/logs"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/rate"
	"github.com/ultimatecoach/api/internal/tools/session"
)

// Budgets of wrong passwords and codes. The first is counted for each account and client address (FailedSignIns, 10 in 15 minutes).
// These are counted for each account, whatever address the guesses come from.
var (
	// wrongCodes of one mail: its code is dead after 10 wrong tries. One try comes back in a day, when a code has expired anyway.
	wrongCodes = rate.Class{Name: "wrong_code", Quota: 10, Window: 10 * 24 * time.Hour, Strict: true}
	// wrongCodesDaily of one account: whoever asks for a new mail after every 10 guesses finds a code of 6 digits with a probability
	// of 1 in 10 000 a day. The links of mails are not limited, so the owner still gets in.
	wrongCodesDaily = rate.Class{Name: "wrong_code_daily", Quota: 100, Window: 24 * time.Hour, Strict: true}
	// wrongPasswords of one account. When it is used up, sign-in from a known address works as before, and other addresses share
	// fewAttempts.
	wrongPasswords = rate.Class{Name: "wrong_password", Quota: 100, Window: time.Hour, Strict: true}
	fewAttempts    = rate.Class{Name: "few_attempts", Quota: 10, Window: time.Minute, Strict: true}
)

// budget is a rate class and whose bucket of it.
type budget struct {
	class rate.Class
	key   string
}

// bucketKey returns a key for a rate bucket: a hash, which contains neither the email nor the IP address.
func bucketKey(parts ...string) string {
	hash := sha256.New()
	for _, part := range parts {
		fmt.Fprintf(hash, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(hash.Sum(nil)[:16])
}

// perAddress is the budget of failures of an account and a client address.
func (h *Handlers) perAddress(ctx context.Context, email, what string) budget {
	return budget{h.failures, bucketKey(what, email, rate.Address(session.Caller(ctx).IP))}
}

// take takes one from each budget. Take before the try and give back on success, so that 100 guesses at the same moment are limited too.
// It returns the first refusal and which budget refused; then it has given back what it took.
func (h *Handlers) take(ctx context.Context, budgets ...budget) (refusal rate.Decision, refused int, err error) {
	for i, b := range budgets {
		d, err := h.limiter.Take(ctx, b.class, b.key)
		if err != nil {
			return rate.Decision{}, 0, err
		}
		if !d.Allowed {
			h.giveBack(ctx, budgets[:i]...)
			return d, i, nil
		}
	}
	return rate.Decision{}, -1, nil
}

func (h *Handlers) giveBack(ctx context.Context, budgets ...budget) {
	for _, b := range budgets {
		if err := h.limiter.GiveBack(context.WithoutCancel(ctx), b.class, b.key); err != nil {
			slog.WarnContext(ctx, "rate_return_failed", "error", err)
		}
	}
}

// isFailedGuess reports whether a try counts as a wrong guess. A caller that disconnects before the response has used a guess too.
func isFailedGuess(err error) bool {
	if err == nil {
		return false
	}
	return errors.Is(err, context.Canceled) || isRefusal(err) && gotrue.CodeOf(err) != gotrue.CodeEmailNotConfirmed
}

func tooManyGuesses(ctx context.Context, email string, d rate.Decision) error {
	slog.WarnContext(ctx, "user_login_throttled", "email", logs.Mask(email), "ip", session.Caller(ctx).IP, "budget", d.Class.Name)
	return problem.New(tooManyFailures).WithRetryAfter(d.RetryAfter)
}

// tryPassword signs in with a password, within the budgets of wrong passwords. signedIn is true for a user who has a session already:
// then the budget of the account does not matter.
func (h *Handlers) tryPassword(ctx context.Context, email, password string, signedIn bool) (gotrue.Session, error) {
	budgets := []budget{h.perAddress(ctx, email, "password"), {wrongPasswords, bucketKey("password", email)}}
	d, refused, err := h.take(ctx, budgets...)
	if err != nil {
		return gotrue.Session{}, err
	}
	attacked := false // the account, from addresses that it is not known to use
	switch {
	case refused == 0:
		return gotrue.Session{}, tooManyGuesses(ctx, email, d)
	case refused == 1:
		budgets = budgets[:1]
		if !signedIn {
			if attacked, err = h.isForeignAddress(ctx, email); err != nil {
				return gotrue.Session{}, err
			}
		}
		if attacked {
			budgets = append(budgets, budget{fewAttempts, bucketKey("password", email)})
		}
		again, stillRefused, err := h.take(ctx, budgets...)
		if err != nil {
			return gotrue.Session{}, err
		}
		if stillRefused >= 0 {
			return gotrue.Session{}, tooManyGuesses(ctx, email, again)
		}
	}
	s, err := h.auth.SignInWithPassword(ctx, session.Caller(ctx), email, password)
	if !isFailedGuess(err) {
		h.giveBack(ctx, budgets...)
		return s, err
	}
	if attacked && !errors.Is(err, context.Canceled) {
		return gotrue.Session{}, tooManyGuesses(ctx, email, d)
	}
	return gotrue.Session{}, err
}

// isForeignAddress reports whether the account has no session from the client's address or IPv6 network.
func (h *Handlers) isForeignAddress(ctx context.Context, email string) (bool, error) {
	params := queries.IsKnownAddressParams{Email: email}
	if address := rate.Address(session.Caller(ctx).IP); isNetwork(address) {
		params.Network = &address
	}
	known, err := h.db.IsKnownAddress(db.AsService(ctx), params)
	if err != nil {
		return false, fmt.Errorf("look up known addresses: %w", err)
	}
	return !known, nil
}

// isNetwork reports whether Postgres can read the text as inet.
func isNetwork(text string) bool {
	_, prefixErr := netip.ParsePrefix(text)
	_, addressErr := netip.ParseAddr(text)
	return prefixErr == nil || addressErr == nil
}

// errCodeDead is what Supabase Auth returns for a wrong code. It is never asked about a code with too many wrong tries.
var errCodeDead = &gotrue.Error{Status: http.StatusForbidden, Code: gotrue.CodeOTPExpired, Message: "too many wrong tries"}

// tryCode exchanges the six digits of a mail for a session, within the budgets of wrong codes. For an unknown address it does the
// same as for a known one. A dead code is refused like a wrong one, even when it is right.
func (h *Handlers) tryCode(ctx context.Context, kind gotrue.VerifyType, email, code string) (gotrue.Session, error) {
	sent, err := h.db.MailSentAt(db.AsService(ctx), queries.MailSentAtParams{Email: email, Recovery: kind == gotrue.TypeRecovery})
	if err != nil {
		return gotrue.Session{}, fmt.Errorf("look up mail: %w", err)
	}
	budgets := []budget{
		h.perAddress(ctx, email, "code"),
		{wrongCodes, bucketKey(string(kind), email, sent)},
		{wrongCodesDaily, bucketKey("code", email)},
	}
	d, refused, err := h.take(ctx, budgets...)
	switch {
	case err != nil:
		return gotrue.Session{}, err
	case refused == 0:
		return gotrue.Session{}, tooManyGuesses(ctx, email, d)
	case refused > 0:
		// The guess counts for the client address, or the responses would show that the code is dead.
		if d, refused, err = h.take(ctx, budgets[0]); err != nil {
			return gotrue.Session{}, err
		}
		if refused == 0 {
			return gotrue.Session{}, tooManyGuesses(ctx, email, d)
		}
		slog.WarnContext(ctx, "mail_code_dead", "email", logs.Mask(email), "ip", session.Caller(ctx).IP)
		return gotrue.Session{}, errCodeDead
	}
	s, err := h.auth.Verify(ctx, session.Caller(ctx), gotrue.VerifyRequest{Type: kind, Email: email, Token: code})
	if !isFailedGuess(err) {
		h.giveBack(ctx, budgets...)
	}
	return s, err
}

// verifyMailToken exchanges the token of a mail for a session.
func (h *Handlers) verifyMailToken(ctx context.Context, kind gotrue.VerifyType, tokenHash, email, token *string) (gotrue.Session, error) {
	start := time.Now()
	var s gotrue.Session
	var err error
	switch {
	case tokenHash != nil && email == nil && token == nil:
		s, err = h.auth.Verify(ctx, session.Caller(ctx), gotrue.VerifyRequest{Type: kind, TokenHash: *tokenHash})
	case tokenHash == nil && email != nil && token != nil:
		s, err = h.tryCode(ctx, kind, normalizeEmail(*email), *token)
	default:
		return gotrue.Session{}, problem.Unprocessable(mailTokenRequired.At("token_hash"))
	}
	if isRefusal(err) {
		waitMinResponseTime(ctx, start)
		return gotrue.Session{}, problem.New(mailTokenInvalid).Wrap(err)
	}
	return s, err
}

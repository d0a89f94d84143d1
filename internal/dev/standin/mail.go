package standin

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/big"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/ultimatecoach/api/internal/tools/logs"
)

// The purposes of mails and their one-time tokens.
const (
	kindSignup      = "signup"
	kindInvite      = "invite"
	kindRecovery    = "recovery"
	kindMagicLink   = "magiclink"
	kindEmailChange = "email_change"
	kindReauth      = "reauthentication"
)

// otpLife is the lifetime of a one-time token, GoTrue's default.
const otpLife = 24 * time.Hour

// mailing describes a mail to send.
type mailing struct {
	kind string
	challenge
}

// oneTime is a one-time token in two forms: six digits to type, a hash for the link.
type oneTime struct {
	address string
	code    string
	hash    string
}

func newOneTime(address string, c challenge) oneTime {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		panic(fmt.Sprintf("read random number: %v", err))
	}
	code := fmt.Sprintf("%06d", n)
	hash := tokenHash(address, code)
	if c.asked() {
		hash = pkcePrefix + hash
	}
	return oneTime{address: address, code: code, hash: hash}
}

// tokenHash returns the hash of a code and the address it was sent to.
func tokenHash(address, code string) string {
	sum := sha256.Sum224([]byte(address + code))
	return hex.EncodeToString(sum[:])
}

// issue creates the one-time token of an account (a change of address has two, the new address
// first) and saves the account, whose row must be locked or new.
func (s *Server) issue(ctx context.Context, tx pgx.Tx, a *account, m mailing) ([]oneTime, error) {
	now := s.now()
	to := a.Email
	if m.kind == kindEmailChange {
		to = a.EmailChange
	}
	t := newOneTime(to, m.challenge)
	tokens := []oneTime{t}
	var column string
	switch m.kind {
	case kindSignup, kindInvite:
		column, a.confirmationToken, a.ConfirmationSentAt = confirmationToken, t.hash, &now
		if m.kind == kindInvite {
			a.InvitedAt = &now
		}
	case kindRecovery, kindMagicLink:
		column, a.recoveryToken, a.RecoverySentAt = recoveryToken, t.hash, &now
	case kindReauth:
		column, a.reauthToken, a.ReauthSentAt = reauthToken, t.hash, &now
	case kindEmailChange:
		column, a.changeTokenNew, a.EmailChangeSentAt, a.changeConfirmations = changeTokenNew, t.hash, &now, 0
		// The old address must confirm too: a stolen session must not take over the account.
		old := newOneTime(a.Email, m.challenge)
		tokens = append(tokens, old)
		a.changeTokenOld = old.hash
		if err := setOneTimeToken(ctx, tx, a.ID, changeTokenOld, old.hash, old.address, now); err != nil {
			return nil, err
		}
	default:
		panic("unknown kind of mail: " + m.kind)
	}
	if err := setOneTimeToken(ctx, tx, a.ID, column, t.hash, t.address, now); err != nil {
		return nil, err
	}
	if m.asked() {
		for _, t := range tokens {
			s.flows.expect(t.hash, a.ID, m.challenge, now)
		}
	}
	return tokens, a.save(ctx, tx, now)
}

// mailToken issues a one-time token and mails it, unless a mail was sent less than MailFrequency
// ago. Call it last in the transaction, so that the token of a mail is committed at once.
func (s *Server) mailToken(ctx context.Context, tx pgx.Tx, r *http.Request, a *account, m mailing) error {
	now := s.now()
	var last *time.Time
	switch m.kind {
	case kindSignup, kindInvite:
		last = a.ConfirmationSentAt
	case kindRecovery, kindMagicLink:
		last = a.RecoverySentAt
	case kindEmailChange:
		last = a.EmailChangeSentAt
	case kindReauth:
		last = a.ReauthSentAt
	}
	if last != nil {
		if next := last.Add(s.o.MailFrequency); s.o.MailFrequency > 0 && !next.Before(now) {
			return refuse(http.StatusTooManyRequests, "over_email_send_rate_limit",
				fmt.Sprintf("For security purposes, you can only request this after %d seconds.", int(next.Sub(now).Seconds())))
		}
	}
	if !s.limits.mail(now) {
		return refuse(http.StatusTooManyRequests, "over_email_send_rate_limit", "email rate limit exceeded")
	}
	tokens, err := s.issue(ctx, tx, a, m)
	if err != nil {
		return err
	}
	for _, t := range tokens {
		s.deliver(ctx, Mail{
			At: now, To: t.address, Type: m.kind, Code: t.code, TokenHash: t.hash,
			Link:       s.siteLink(r, m.kind, t.hash),
			VerifyLink: s.verifyLinkTo(m.kind, t.hash, s.redirectTarget(r)),
		})
	}
	return nil
}

// deliver puts a mail into the inbox and the log. The log contains the code, because developers need
// it and this server never runs in production; the address is masked.
func (s *Server) deliver(ctx context.Context, m Mail) {
	s.inbox.put(m)
	s.o.Logger.InfoContext(ctx, "mail_sent",
		"type", m.Type, "to", logs.Mask(m.To), "code", m.Code, "link", m.Link)
}

// siteLink returns a link to the application, which then uses the token.
func (s *Server) siteLink(r *http.Request, kind, hash string) string {
	if kind == kindReauth {
		return "" // only the code can be used
	}
	u, err := url.Parse(s.redirectTarget(r))
	if err != nil {
		u = new(*s.site)
	}
	q := u.Query()
	q.Set("token_hash", hash)
	q.Set("type", kind)
	u.RawQuery = q.Encode()
	return u.String()
}

// verifyLinkTo returns a link to this server, which redirects to the application with the session in the fragment.
func (s *Server) verifyLinkTo(kind, hash, target string) string {
	if kind == kindReauth {
		return ""
	}
	// GoTrue escapes the target only when it contains one of these characters.
	if strings.ContainsAny(target, "&=#") {
		target = url.QueryEscape(target)
	}
	return s.o.URL + "/verify?token=" + hash + "&type=" + kind + "&redirect_to=" + target
}

// redirectTarget returns redirect_to if it is allowed, else SiteURL.
func (s *Server) redirectTarget(r *http.Request) string {
	return s.allowedTarget(r.URL.Query().Get("redirect_to"))
}

func (s *Server) allowedTarget(to string) string {
	u, err := url.Parse(to)
	if to == "" || err != nil {
		return s.o.SiteURL
	}
	if (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() == s.site.Hostname() {
		return to
	}
	for _, allowed := range s.o.RedirectAllowList {
		if prefix, ok := strings.CutSuffix(allowed, "*"); to == allowed || (ok && strings.HasPrefix(to, prefix)) {
			return to
		}
	}
	return s.o.SiteURL
}

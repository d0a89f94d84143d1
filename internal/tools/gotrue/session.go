package gotrue

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
)

// Session has the access token for each request and the refresh token that renews it.
type Session struct {
	AccessToken  string
	RefreshToken string
	ExpiresAt    time.Time // of the access token, UTC
	User         User
}

// User is an account of the auth server.
type User struct {
	ID               uuid.UUID
	Email            string
	EmailConfirmedAt *time.Time
	NewEmail         string // requested, not confirmed yet
	FullName         string // user_metadata.full_name, which users write themselves; never authorize by it
	Role             string
	Identities       []Identity
	BannedUntil      *time.Time
	CreatedAt        time.Time
}

// Identity is a sign-in method of a user.
type Identity struct {
	Provider   string // "email"
	ProviderID string
}

// SignupRequest describes a new account. RedirectTo is the target of the confirmation link; it may be
// empty and must be on the server's allow list.
type SignupRequest struct {
	Email      string
	Password   string
	FullName   string
	RedirectTo string
}

// SignupResult is the result of a successful signup.
//
// The server returns 200 in three cases: the user is signed in (Session is set); a confirmation
// mail was sent; or the address is taken and the server invented a user to hide that. The last
// two cannot be distinguished, so without a Session only User.Email is set.
type SignupResult struct {
	User    User
	Session *Session
}

// LogoutScope selects the sessions to end.
type LogoutScope string

// The scopes of a logout.
const (
	ScopeGlobal LogoutScope = "global" // every session of the user
	ScopeLocal  LogoutScope = "local"  // the one of the access token
	ScopeOthers LogoutScope = "others" // all others
)

// VerifyType is the purpose of a one-time token.
type VerifyType string

// The types of one-time tokens.
const (
	TypeSignup      VerifyType = "signup"
	TypeRecovery    VerifyType = "recovery"
	TypeEmailChange VerifyType = "email_change"
	TypeMagicLink   VerifyType = "magiclink"
	TypeInvite      VerifyType = "invite"
)

// VerifyRequest is either {Type, TokenHash}, from a link, or {Type, Email, Token}, typed by hand.
type VerifyRequest struct {
	Type      VerifyType `json:"type"`
	TokenHash string     `json:"token_hash,omitempty"`
	Email     string     `json:"email,omitempty"`
	Token     string     `json:"token,omitempty"` // six digits
}

// UserUpdate changes the fields that are not nil.
type UserUpdate struct {
	Password *string
	Email    *string
	FullName *string
}

// AdminUser is an account created by an administrator. Without Confirmed it cannot sign in.
type AdminUser struct {
	ID        uuid.UUID // chosen by the server where zero
	Email     string
	Password  string
	FullName  string
	Confirmed bool
}

type wireSession struct {
	AccessToken  string   `json:"access_token"`
	RefreshToken string   `json:"refresh_token"`
	ExpiresIn    int64    `json:"expires_in"`
	ExpiresAt    int64    `json:"expires_at"`
	User         wireUser `json:"user"`
}

func (w wireSession) session() (Session, error) {
	if w.AccessToken == "" || w.RefreshToken == "" || w.User.ID == uuid.Nil {
		return Session{}, malformed(200, errors.New("session without tokens or user"))
	}
	expires := time.Unix(w.ExpiresAt, 0)
	if w.ExpiresAt == 0 {
		expires = time.Now().Add(time.Duration(w.ExpiresIn) * time.Second)
	}
	return Session{
		AccessToken:  w.AccessToken,
		RefreshToken: w.RefreshToken,
		ExpiresAt:    expires.UTC(),
		User:         w.User.user(),
	}, nil
}

type wireUser struct {
	ID               uuid.UUID       `json:"id"`
	Email            string          `json:"email"`
	NewEmail         string          `json:"new_email"`
	Role             string          `json:"role"`
	EmailConfirmedAt *time.Time      `json:"email_confirmed_at"`
	BannedUntil      *time.Time      `json:"banned_until"`
	CreatedAt        time.Time       `json:"created_at"`
	UserMetadata     json.RawMessage `json:"user_metadata"`
	Identities       []struct {
		ID       string `json:"id"`
		Provider string `json:"provider"`
	} `json:"identities"`
}

func (w wireUser) user() User {
	u := User{
		ID: w.ID, Email: w.Email, NewEmail: w.NewEmail, Role: w.Role,
		EmailConfirmedAt: w.EmailConfirmedAt, BannedUntil: w.BannedUntil,
		CreatedAt:  w.CreatedAt.UTC(),
		Identities: make([]Identity, 0, len(w.Identities)),
	}
	for _, i := range w.Identities {
		u.Identities = append(u.Identities, Identity{Provider: i.Provider, ProviderID: i.ID})
	}
	// Users write this object themselves: full_name may have any type.
	var meta struct {
		FullName any `json:"full_name"`
	}
	if json.Unmarshal(w.UserMetadata, &meta) == nil {
		u.FullName, _ = meta.FullName.(string)
	}
	return u
}

package gotrue

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
)

// Session is a signed-in user: a short proof for each request and the token that renews it.
type Session struct {
	AccessToken  string
	RefreshToken string
	ExpiresAt    time.Time // of the access token, UTC
	User         User
}

// User is an account as the auth server tells it.
type User struct {
	ID               uuid.UUID
	Email            string
	EmailConfirmedAt *time.Time
	NewEmail         string // asked for, not confirmed yet
	FullName         string // user_metadata.full_name: the user's own word, never a right
	Role             string
	Identities       []Identity
	BannedUntil      *time.Time
	CreatedAt        time.Time
}

// Identity is one way in which a user signs in.
type Identity struct {
	Provider   string // "email"
	ProviderID string
}

// SignupRequest asks for an account. RedirectTo is where the confirmation link leads; it may be
// empty and must be on the server's allow list.
type SignupRequest struct {
	Email      string
	Password   string
	FullName   string
	RedirectTo string
}

// SignupResult is what a successful signup honestly says.
//
// The server answers 200 in three cases: the user is signed in (Session is set); a confirmation
// mail is under way; or the address is taken and the server made a user up to hide that. The last
// two are indistinguishable on purpose, so without a Session only User.Email is filled.
type SignupResult struct {
	User    User
	Session *Session
}

// LogoutScope says which sessions end.
type LogoutScope string

// The scopes of a logout.
const (
	ScopeGlobal LogoutScope = "global" // every session of the user
	ScopeLocal  LogoutScope = "local"  // the one that asks
	ScopeOthers LogoutScope = "others" // all but the one that asks
)

// VerifyType says what a one-time token was made for.
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

// UserUpdate changes what is set.
type UserUpdate struct {
	Password *string
	Email    *string
	FullName *string
}

// AdminUser is an account made by an administrator. Without Confirmed it cannot sign in.
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
	// The user writes this object, whole: anything may stand where a name is expected.
	var meta struct {
		FullName any `json:"full_name"`
	}
	if json.Unmarshal(w.UserMetadata, &meta) == nil {
		u.FullName, _ = meta.FullName.(string)
	}
	return u
}

package standin

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"
)

// handler writes a response or returns an error.
type handler func(w http.ResponseWriter, r *http.Request) error

// protocol returns the handler of all routes.
func (s *Server) protocol() http.Handler {
	type methods map[string]handler
	routes := map[string]methods{
		"/health":                           {"GET": s.health},
		"/settings":                         {"GET": s.settings},
		"/.well-known/jwks.json":            {"GET": s.jwks},
		"/.well-known/openid-configuration": {"GET": s.openidConfiguration},

		"/signup":         {"POST": s.limited("signup", s.signup)},
		"/token":          {"POST": s.limited("token", s.token)},
		"/logout":         {"POST": s.logout},
		"/recover":        {"POST": s.limited("recover", s.recover)},
		"/resend":         {"POST": s.limited("resend", s.resend)},
		"/otp":            {"POST": s.limited("otp", s.otp)},
		"/verify":         {"GET": s.limited("verify", s.verifyLink), "POST": s.limited("verify", s.verify)},
		"/user":           {"GET": s.getUser, "PUT": s.limited("user", s.updateUser)},
		"/reauthenticate": {"GET": s.reauthenticate},

		"/invite":              {"POST": s.admin(s.invite)},
		"/admin/users":         {"GET": s.admin(s.adminListUsers), "POST": s.admin(s.adminCreateUser)},
		"/admin/users/{id}":    {"GET": s.admin(s.adminGetUser), "PUT": s.admin(s.adminUpdateUser), "DELETE": s.admin(s.adminDeleteUser)},
		"/admin/generate_link": {"POST": s.admin(s.adminGenerateLink)},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if preflight(w, r) {
			return
		}
		path := r.URL.Path
		if id, ok := strings.CutPrefix(path, "/admin/users/"); ok && id != "" && !strings.Contains(id, "/") {
			r.SetPathValue("id", id)
			path = "/admin/users/{id}"
		}
		byMethod, ok := routes[path]
		if !ok {
			http.NotFound(w, r) // text/plain, as in the real server
			return
		}
		handle, ok := byMethod[r.Method]
		if !ok {
			for m := range byMethod {
				w.Header().Add("Allow", m)
			}
			slices.Sort(w.Header()["Allow"])
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		if err := handle(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

// maxBody is the real server's limit.
const maxBody = 1 << 20

// corsHeaders are the request headers that browsers may send. A bare GoTrue does not allow
// `apikey`; the hosted gateway does, and browsers always send it.
var corsHeaders = []string{
	"accept", "apikey", "authorization", "content-type", "x-client-info", "x-client-ip",
	"x-jwt-aud", "x-supabase-api-version", "x-use-cookie",
}

var corsMethods = []string{"GET", "POST", "PUT", "PATCH", "DELETE"}

// preflight writes the CORS headers. It returns true when the request was a preflight and has its response.
func preflight(w http.ResponseWriter, r *http.Request) bool {
	h := w.Header()
	method := r.Header.Get("Access-Control-Request-Method")
	if r.Method != http.MethodOptions || method == "" {
		h.Set("Vary", "Origin")
		if r.Header.Get("Origin") != "" {
			h.Set("Access-Control-Allow-Origin", "*")
			h.Set("Access-Control-Allow-Credentials", "true")
			h.Set("Access-Control-Expose-Headers", "X-Total-Count, Link, X-Supabase-Api-Version")
		}
		return false
	}
	h.Set("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers")
	defer w.WriteHeader(http.StatusNoContent)
	if r.Header.Get("Origin") == "" || !slices.Contains(corsMethods, method) {
		return true
	}
	asked := r.Header.Get("Access-Control-Request-Headers")
	for name := range strings.SplitSeq(asked, ",") {
		if name = strings.ToLower(strings.TrimSpace(name)); name != "" && !slices.Contains(corsHeaders, name) {
			return true
		}
	}
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Credentials", "true")
	h.Set("Access-Control-Allow-Methods", method)
	if asked != "" {
		h.Set("Access-Control-Allow-Headers", asked)
	}
	return true
}

// refusal is an error that clients see.
type refusal struct {
	status  int
	code    string
	msg     string
	reasons []string // of a weak password
	// raw is a Postgres error that clients without the version header receive unchanged.
	raw *pgconn.PgError
}

func (e *refusal) Error() string {
	if e.raw != nil {
		return fmt.Sprintf("%d %s: %s: %v", e.status, e.code, e.msg, e.raw)
	}
	return fmt.Sprintf("%d %s: %s", e.status, e.code, e.msg)
}

func refuse(status int, code, msg string) error {
	return &refusal{status: status, code: code, msg: msg}
}

func invalid(msg string) error { return refuse(http.StatusBadRequest, "validation_failed", msg) }

func badJWT(msg string) error { return refuse(http.StatusForbidden, "bad_jwt", msg) }

// saveError returns the error of a failed write. Clients without the version header receive the errors of
// constraints and triggers unchanged, as from the real server.
func saveError(err error) error {
	var r *refusal
	if errors.As(err, &r) {
		return err
	}
	e := &refusal{status: http.StatusInternalServerError, code: "unexpected_failure", msg: "Database error saving new user"}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok &&
		slices.Contains([]string{"23502", "23503", "23505", "23514", "P0001"}, pg.Code) {
		e.raw = pg
		return e
	}
	return fmt.Errorf("%w: %w", e, err)
}

// fail writes an error in one of the real server's three shapes.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	var e *refusal
	pg, _ := errors.AsType[*pgconn.PgError](err)
	switch {
	case pg != nil && strings.HasPrefix(pg.Code, "22"):
		// The value cannot be stored: a NUL in a text, a date out of range.
		e = &refusal{status: http.StatusBadRequest, code: "validation_failed", msg: "Request holds a value that cannot be stored"}
	case !errors.As(err, &e):
		e = &refusal{
			status: http.StatusInternalServerError,
			code:   "unexpected_failure",
			msg:    "Unexpected failure, please check server logs for more information",
		}
	}
	if e.status >= 500 {
		s.o.Logger.ErrorContext(r.Context(), "auth_request_failed", "method", r.Method, "path", r.URL.Path, "error", err.Error())
	}
	versioned := false
	if v, err := time.Parse(time.DateOnly, r.Header.Get("X-Supabase-Api-Version")); err == nil {
		versioned = !v.Before(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC))
	}
	h := w.Header()
	if versioned {
		h.Set("X-Supabase-Api-Version", "2024-01-01")
	}
	if !versioned || e.code != "weak_password" {
		h.Set("X-Sb-Error-Code", e.code)
	}
	body := map[string]any{}
	switch {
	case versioned:
		body["code"], body["message"] = e.code, e.msg
	case e.raw != nil:
		body["code"], body["message"] = e.raw.Code, e.raw.Message
		if e.raw.Detail != "" {
			body["detail"] = e.raw.Detail
		}
		if e.raw.Hint != "" {
			body["hint"] = e.raw.Hint
		}
	default:
		body["code"], body["error_code"], body["msg"] = e.status, e.code, e.msg
		if e.status >= 500 {
			body["error_id"] = uuid.NewString()
		}
	}
	if e.reasons != nil {
		body["weak_password"] = map[string]any{"reasons": e.reasons}
	}
	writeJSON(w, e.status, body)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("encode response: %v", err))
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(b) // the client may have disconnected
}

// decode reads JSON with any content type except a form: the real server's form parser has
// consumed that body before.
func decode(r *http.Request, into any) error {
	var body []byte
	if t, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); t != "application/x-www-form-urlencoded" {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
				return refuse(http.StatusRequestEntityTooLarge, "request_entity_too_large",
					fmt.Sprintf("Request body too large (max %d bytes)", maxBody))
			}
			return refuse(http.StatusBadRequest, "bad_json", "Could not read body into byte slice")
		}
	}
	if err := json.Unmarshal(body, into); err != nil {
		return refuse(http.StatusBadRequest, "bad_json", "Could not parse request body as JSON: "+err.Error())
	}
	return nil
}

var bearer = regexp.MustCompile(`^[Bb]earer (\S+)$`)

func (s *Server) bearerClaims(r *http.Request) (claims, error) {
	m := bearer.FindStringSubmatch(r.Header.Get("Authorization"))
	if m == nil {
		return claims{}, refuse(http.StatusUnauthorized, "no_authorization", "This endpoint requires a valid Bearer token")
	}
	return s.keys.verify(m[1], s.o.Clock())
}

// caller is the user of a request and the session of the token.
type caller struct {
	account *account
	session uuid.UUID // zero: the token has none
	claims  claims
}

func (s *Server) authenticate(r *http.Request) (caller, error) {
	c, err := s.bearerClaims(r)
	if err != nil {
		return caller{}, err
	}
	if c.Subject == "" {
		return caller{}, badJWT("invalid claim: missing sub claim")
	}
	id, err := uuid.Parse(c.Subject)
	if err != nil {
		return caller{}, refuse(http.StatusBadRequest, "bad_jwt", "invalid claim: sub claim must be a UUID")
	}
	a, err := accountByID(r.Context(), s.o.Pool, id)
	if errors.Is(err, errNoAccount) {
		return caller{}, refuse(http.StatusForbidden, "user_not_found", "User from sub claim in JWT does not exist")
	}
	if err != nil {
		return caller{}, err
	}
	out := caller{account: a, claims: c}
	if c.SessionID != "" {
		if out.session, err = uuid.Parse(c.SessionID); err != nil {
			return caller{}, badJWT("invalid claim: session_id claim must be a UUID")
		}
		lives, err := sessionLives(r.Context(), s.o.Pool, out.session, a.ID, s.now())
		if err != nil {
			return caller{}, err
		}
		if !lives {
			return caller{}, errNoSession
		}
	}
	if a.banned(s.now()) {
		return caller{}, refuse(http.StatusForbidden, "user_banned", "User is banned")
	}
	return out, nil
}

var errNoSession = refuse(http.StatusForbidden, "session_not_found", "Session from session_id claim in JWT does not exist")

// admin allows only tokens with an administrator's role, such as the service key.
func (s *Server) admin(next handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		c, err := s.bearerClaims(r)
		if err != nil {
			return err
		}
		if c.Role != "service_role" && c.Role != "supabase_admin" {
			return refuse(http.StatusForbidden, "not_admin", "User not allowed")
		}
		return next(w, r)
	}
}

// ownAudience is the only audience: the real server lets any caller choose another.
const ownAudience = "authenticated"

// foreignAudience reports whether a request is for users of another audience. There are none.
func foreignAudience(r *http.Request) bool {
	aud := r.Header.Get("X-JWT-AUD")
	return aud != "" && aud != ownAudience
}

var errAudience = invalid("Token audience doesn't match request audience")

// clientIP returns the client address that is stored with a session, or nil when it is unknown.
func clientIP(r *http.Request) *netip.Addr {
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	for _, v := range []string{r.Header.Get("Sb-Forwarded-For"), r.Header.Get("X-Forwarded-For"), host} {
		first, _, _ := strings.Cut(v, ",")
		if ip, err := netip.ParseAddr(strings.TrimSpace(first)); err == nil {
			ip = ip.WithZone("")
			return &ip
		}
	}
	return nil
}

// userAgent returns valid UTF-8 for the database; headers may contain any byte.
func userAgent(r *http.Request) string { return strings.ToValidUTF8(r.UserAgent(), "?") }

func (s *Server) health(w http.ResponseWriter, _ *http.Request) error {
	writeJSON(w, http.StatusOK, map[string]any{
		"version": "", "name": "GoTrue",
		"description": "GoTrue is a user registration and authentication API",
	})
	return nil
}

func (s *Server) jwks(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Cache-Control", "public, max-age=600")
	writeJSON(w, http.StatusOK, s.keys.publicKeys())
	return nil
}

// openidConfiguration returns the real server's document, with OAuth endpoints that neither server
// has enabled.
func (s *Server) openidConfiguration(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Cache-Control", "public, max-age=600")
	at := s.o.URL
	writeJSON(w, http.StatusOK, map[string]any{
		"issuer":                                s.o.Issuer,
		"authorization_endpoint":                at + "/oauth/authorize",
		"token_endpoint":                        at + "/oauth/token",
		"jwks_uri":                              at + "/.well-known/jwks.json",
		"userinfo_endpoint":                     at + "/oauth/userinfo",
		"scopes_supported":                      []string{"openid", "profile", "email", "phone", "offline_access"},
		"response_types_supported":              []string{"code"},
		"response_modes_supported":              []string{"query"},
		"grant_types_supported":                 []string{"authorization_code", "refresh_token"},
		"subject_types_supported":               []string{"public"},
		"id_token_signing_alg_values_supported": []string{"RS256", "HS256", "ES256"},
		"token_endpoint_auth_methods_supported": []string{"client_secret_basic", "client_secret_post", "none"},
		"claims_supported": []string{
			"sub", "aud", "iss", "exp", "iat", "auth_time", "nonce", "email", "email_verified", "phone_number",
			"phone_number_verified", "name", "picture", "preferred_username", "updated_at",
		},
		"code_challenge_methods_supported": []string{"S256", "plain"},
	})
	return nil
}

func (s *Server) settings(w http.ResponseWriter, _ *http.Request) error {
	external := map[string]bool{"email": true}
	for _, p := range []string{
		"anonymous_users", "apple", "azure", "bitbucket", "discord", "facebook", "snapchat", "figma", "fly",
		"github", "gitlab", "google", "keycloak", "kakao", "linkedin", "linkedin_oidc", "notion", "spotify",
		"slack", "slack_oidc", "workos", "twitch", "twitter", "phone", "zoom",
	} {
		external[p] = false
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"external":                         external,
		"disable_signup":                   s.o.SignupDisabled,
		"mailer_autoconfirm":               s.o.Autoconfirm,
		"phone_autoconfirm":                false,
		"sms_provider":                     "",
		"saml_enabled":                     false,
		"saml_private_key_next_configured": true,
		"passkeys_enabled":                 false,
	})
	return nil
}

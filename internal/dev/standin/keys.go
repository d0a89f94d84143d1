package standin

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"
	"github.com/lestrrat-go/jwx/v3/jws"
)

// keyFile holds the private key as a JWK, readable by its owner only.
const keyFile = "auth-signing-key.json"

// keyring signs and verifies tokens: ES256 with an optional HS256 secret for old tokens, or only HS256.
type keyring struct {
	kid     string
	private *ecdsa.PrivateKey // nil: HS256
	secret  []byte            // nil: HS256 tokens are refused
}

func newKeyring(o Options) (*keyring, error) {
	if o.Secret != "" {
		return &keyring{secret: []byte(o.Secret)}, nil
	}
	k := &keyring{}
	if o.LegacySecret != "" {
		k.secret = []byte(o.LegacySecret)
	}
	var err error
	if o.DataDir == "" {
		k.kid = uuid.NewString()
		k.private, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		return k, err
	}
	path := filepath.Join(o.DataDir, keyFile)
	if err := k.load(path); !errors.Is(err, os.ErrNotExist) {
		return k, err
	}
	return k, k.create(path)
}

func (k *keyring) load(path string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	key, err := jwk.ParseKey(b)
	if err != nil {
		return fmt.Errorf("read signing key %s: %w", path, err)
	}
	var private ecdsa.PrivateKey
	if err := jwk.Export(key, &private); err != nil {
		return fmt.Errorf("read signing key %s: %w", path, err)
	}
	kid, ok := key.KeyID()
	if !ok || private.Curve != elliptic.P256() {
		return fmt.Errorf("read signing key %s: not a P-256 key with a kid", path)
	}
	k.kid, k.private = kid, &private
	return nil
}

// create writes a new key to a temporary file and links it to path, so that two servers that start
// at once use one key, and a crash leaves no partial file.
func (k *keyring) create(path string) error {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	key, err := jwk.Import(private)
	if err != nil {
		return err
	}
	if err := key.Set(jwk.KeyIDKey, uuid.NewString()); err != nil {
		return err
	}
	b, err := json.Marshal(key)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), keyFile+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(b)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write signing key: %w", err)
	}
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, os.ErrExist) {
		return fmt.Errorf("write signing key: %w", err)
	}
	return k.load(path)
}

func (k *keyring) sign(claims any) (string, error) {
	payload, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	h := jws.NewHeaders()
	if err := h.Set(jws.TypeKey, "JWT"); err != nil {
		return "", err
	}
	var key jws.SignOption
	if k.private != nil {
		if err := h.Set(jws.KeyIDKey, k.kid); err != nil {
			return "", err
		}
		key = jws.WithKey(jwa.ES256(), k.private, jws.WithProtectedHeaders(h))
	} else {
		key = jws.WithKey(jwa.HS256(), k.secret, jws.WithProtectedHeaders(h))
	}
	token, err := jws.Sign(payload, key)
	return string(token), err
}

// apiKey returns a token without a subject: `anon` has no rights, `service_role` is an administrator.
func (k *keyring) apiKey(role string, o Options) (string, error) {
	now := o.Clock()
	return k.sign(map[string]any{
		"iss": o.Issuer, "role": role, "iat": now.Unix(),
		"exp": now.AddDate(10, 0, 0).Unix(), // ten years, as on the hosted platform
	})
}

// claims are the claims that this server reads.
type claims struct {
	Subject   string   `json:"sub"`
	Audience  audience `json:"aud"`
	Expires   *float64 `json:"exp"`
	NotBefore *float64 `json:"nbf"`
	Role      string   `json:"role"`
	SessionID string   `json:"session_id"`
}

// audience is a string or a list of them.
type audience []string

func (a *audience) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		*a = audience{""}
		return json.Unmarshal(b, &(*a)[0])
	}
	return json.Unmarshal(b, (*[]string)(a))
}

// verify checks form, signature and time in the real server's order and with its messages, which
// clients may compare. Like the real server it accepts a token without exp.
func (k *keyring) verify(token string, now time.Time) (claims, error) {
	bad := func(format string, args ...any) (claims, error) {
		return claims{}, badJWT("invalid JWT: unable to parse or verify signature, " + fmt.Sprintf(format, args...))
	}
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return bad("token is malformed: token contains an invalid number of segments")
	}
	var header struct {
		Alg string `json:"alg"`
		Kid any    `json:"kid"`
	}
	var c claims
	for i, part := range []struct {
		name string
		into any
	}{{"header", &header}, {"claim", &c}} {
		b, err := base64.RawURLEncoding.DecodeString(parts[i])
		if err != nil {
			return bad("token is malformed: could not base64 decode %s: %v", part.name, err)
		}
		if err := json.Unmarshal(b, part.into); err != nil {
			return bad("token is malformed: could not JSON decode %s: %v", part.name, err)
		}
	}
	var key jws.VerifyOption
	switch {
	case header.Alg == "HS256" && k.secret != nil:
		if k.private != nil && header.Kid == k.kid {
			// Key confusion attack: the kid of the public key with an algorithm that uses the key as a secret.
			return bad("token signature is invalid: key is of invalid type: HMAC verify expects []byte")
		}
		key = jws.WithKey(jwa.HS256(), k.secret)
	case header.Alg == "ES256" && k.private != nil:
		if header.Kid != k.kid {
			return bad("token is unverifiable: error while executing keyfunc: unrecognized JWT kid %v for algorithm ES256", header.Kid)
		}
		key = jws.WithKey(jwa.ES256(), &k.private.PublicKey)
	default:
		return bad("token signature is invalid: signing method %s is invalid", header.Alg)
	}
	if _, err := jws.Verify([]byte(token), key); err != nil {
		return bad("token signature is invalid: signature is invalid")
	}
	at := float64(now.UnixMicro()) / 1e6
	if c.Expires != nil && at >= *c.Expires {
		return bad("token has invalid claims: token is expired")
	}
	if c.NotBefore != nil && at < *c.NotBefore {
		return bad("token has invalid claims: token is not valid yet")
	}
	return c, nil
}

// publicKeys returns the JWKS document, without secrets.
func (k *keyring) publicKeys() map[string]any {
	keys := []map[string]any{}
	if k.private != nil {
		point, err := k.private.PublicKey.Bytes() // 0x04, x, y
		if err != nil {
			panic(fmt.Sprintf("a P-256 key has a point: %v", err))
		}
		keys = append(keys, map[string]any{
			"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": k.kid,
			"ext": true, "key_ops": []string{"verify"},
			"x": base64.RawURLEncoding.EncodeToString(point[1:33]),
			"y": base64.RawURLEncoding.EncodeToString(point[33:]),
		})
	}
	return map[string]any{"keys": keys}
}

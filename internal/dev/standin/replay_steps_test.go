package standin

import (
	"crypto/ecdsa"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash"
	"maps"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jws"
)

// Unrecorded steps, by the recording that they come before.

var hsSteps = map[string]func(*replayer){
	"hs__052": func(p *replayer) {
		_, err := p.w.db.Owner.Exec(p.t.Context(), `
			create table public.trg_notnull (x int not null);
			create function public.trg() returns trigger language plpgsql security definer set search_path = '' as $$
			begin
			  if new.email like 'trg-null%' then
			    insert into public.trg_notnull values (null);
			  elsif new.email like 'trg-raise%' then
			    raise exception 'no room for %', new.email;
			  elsif new.email like 'trg-perm%' then
			    raise insufficient_privilege using message = 'permission denied for table secrets';
			  end if;
			  return new;
			end $$;
			create trigger trg after insert on auth.users for each row execute function public.trg();`)
		ok(p.t, err)
	},
	"hs__058": func(p *replayer) { p.signup("", "race@example.com", nil) },
	"hs__061": func(p *replayer) { p.signup("", "lin@example.com", map[string]any{"full_name": "Lin"}) },
	"hs__083": func(p *replayer) {
		p.ask("POST", "/signup", "", map[string]any{"email": "long72@example.com", "password": strings.Repeat("b", 72)})
	},
	"hs__084": func(p *replayer) {
		id := p.last["user"].(map[string]any)["id"].(string)
		p.ask("PUT", "/admin/users/"+id, "service", map[string]any{"password": "short"})
	},
	"hs__086": userTokens,
	"hs__120": func(p *replayer) {
		own := p.signup("put", "put@example.com", map[string]any{"full_name": "Put", "keep": 1})
		p.stands("gudtwwgrj4bm", own["refresh_token"])
		other := p.login("put, elsewhere", "put@example.com", recordedPassword)
		p.stands("35kt4xn6rjlq", other["refresh_token"])
	},
	"hs__137": func(p *replayer) { p.signup("", "taken@example.com", nil) },
	"hs__140": func(p *replayer) {
		p.stands("4dtciulw7e6n", p.signup("ref", "ref@example.com", nil)["refresh_token"])
	},
	"hs__155": func(p *replayer) {
		parent := p.login("", "ref@example.com", recordedPassword)["refresh_token"].(string)
		p.stands("cinpb3yc36ub", parent)
		p.stands("k7ubow3jv672", p.refresh("", parent)["refresh_token"])
		p.rotated("ao3lsjil4vrg", "i3ixpalkmx6c", "reused")
		p.rotated("", "6cvuliv72diy", "reused too")
		p.w.clock.pass(11 * time.Second)
	},
	"hs__160": func(p *replayer) {
		// Token reuse in the second session, and the interval after it.
		a := p.send(
			"POST",
			"/token?grant_type=refresh_token",
			nil,
			fmt.Appendf(nil, `{"refresh_token": %q}`, p.live["grandparent of 6cvuliv72diy"]),
		)
		if a.status != 400 {
			p.t.Fatalf("no alarm: %v", a)
		}
		p.w.clock.pass(11 * time.Second)
	},
	"hs__161": func(p *replayer) {
		p.stands("cmwlfctw5wv5", p.signup("out 1", "out@example.com", nil)["refresh_token"])
		p.login("out 2", "out@example.com", recordedPassword)
		p.login("out 3", "out@example.com", recordedPassword)
	},
	"hs__174": func(p *replayer) {
		p.stands("f4l46sxkjrve", p.login("out 4", "out@example.com", recordedPassword)["refresh_token"])
	},
	"hs__178": func(p *replayer) { p.login("out 5", "out@example.com", recordedPassword) },
	"hs__180": func(p *replayer) {
		p.login("out 6", "out@example.com", recordedPassword)
		p.tokens["expired"] = p.forge("out 6", nil, func(c map[string]any) { c["exp"] = p.w.clock.now().Add(-time.Hour).Unix() })
	},
	"hs__182": func(p *replayer) { p.signup("", "rec@example.com", nil) },
	"hs__200": func(p *replayer) {
		p.stands("943d93a12dc9c16f053a8b988792ff68bc7c982c7d60e807ccca2e2d", p.tokenOf("rec@example.com", recoveryToken))
	},
	"hs__203": func(p *replayer) { p.login("rec", "rec@example.com", recordedPassword) },
	"hs__214": func(p *replayer) { p.w.clock.pass(2 * time.Second) },
	"hs__216": func(p *replayer) { p.login("rec", "rec@example.com", "recovered-pass-1") },
	"hs__237": func(p *replayer) { p.login("adm6", "adm6@example.com", recordedPassword) },
	"hs__238": func(p *replayer) {
		p.stands("adrzyq42pixr", p.login("adm1", "adm1@example.com", recordedPassword)["refresh_token"])
		p.stands("kwhpr36f7xeq", p.login("", "adm1@example.com", recordedPassword)["refresh_token"])
	},
	"hs__250": func(p *replayer) {
		p.stands("e16caa37-fd49-492b-b628-32424eba34dd", p.signup("", "soft@example.com", nil)["user"].(map[string]any)["id"])
	},
}

// rotated opens a session of ref@example.com and refreshes it twice.
func (p *replayer) rotated(grandparent, newest, name string) {
	p.t.Helper()
	first := p.login(name, "ref@example.com", recordedPassword)["refresh_token"].(string)
	if grandparent == "" {
		grandparent = "grandparent of " + newest
	}
	p.stands(grandparent, first)
	second := p.refresh(name, first)["refresh_token"].(string)
	p.stands(newest, p.refresh(name, second)["refresh_token"])
}

// userTokens are valid and forged tokens of the user uma.
func userTokens(p *replayer) {
	p.stands("2b32e64rmo3j", p.signup("uma", "uma@example.com", map[string]any{"full_name": "Uma"})["refresh_token"])
	p.live["a72gv3c7oujm"] = p.live["2b32e64rmo3j"]
	now := p.w.clock.now()
	claim := func(name string, value any) string {
		return p.forge("uma", nil, func(c map[string]any) {
			if c[name] = value; value == nil {
				delete(c, name)
			}
		})
	}
	maps.Copy(p.tokens, map[string]string{
		"expired":         claim("exp", now.Add(-time.Hour).Unix()),
		"just expired":    claim("exp", now.Add(-time.Second).Unix()),
		"wrong signature": p.forge("uma", map[string]any{"key": "another secret"}, nil),
		"no exp":          claim("exp", nil),
		"iat ahead":       claim("iat", now.Add(time.Hour).Unix()),
		"nbf ahead":       claim("nbf", now.Add(time.Hour).Unix()),
		"other iss":       claim("iss", "https://other.example"),
		"other aud":       claim("aud", "other"),
		"aud list":        claim("aud", []string{"authenticated"}),
		"no aud":          claim("aud", nil),
		"no sub":          claim("sub", nil),
		"odd sub":         claim("sub", "not-a-uuid"),
		"unknown sub":     claim("sub", uuid.NewString()),
		"no session":      claim("session_id", nil),
		"unknown session": claim("session_id", uuid.NewString()),
		"hs512":           p.forge("uma", map[string]any{"alg": "HS512"}, nil),
		"unknown kid":     p.forge("uma", map[string]any{"kid": "nope"}, nil),
		"hs256 user":      p.forge("uma", nil, nil),
	})
}

var hsBearers = map[string]string{
	"hs__086": "uma", "hs__087": "uma", "hs__088": "uma", "hs__093": "uma",
	"hs__097": "expired", "hs__098": "expired", "hs__099": "just expired", "hs__100": "wrong signature",
	"hs__101": "no exp", "hs__102": "iat ahead", "hs__103": "nbf ahead", "hs__104": "other iss",
	"hs__105": "other aud", "hs__106": "aud list", "hs__107": "no aud", "hs__108": "no sub",
	"hs__109": "odd sub", "hs__110": "unknown sub", "hs__111": "no session", "hs__112": "unknown session",
	"hs__114": "hs512", "hs__115": "unknown kid", "hs__116": "anon", "hs__117": "service", "hs__119": "uma",
	"hs__120": "put", "hs__121": "put", "hs__122": "put", "hs__123": "put", "hs__124": "put", "hs__125": "put",
	"hs__127": "put", "hs__128": "put", "hs__129": "put", "hs__130": "put", "hs__131": "put", "hs__132": "put",
	"hs__133": "put", "hs__134": "put, elsewhere", "hs__137": "put", "hs__138": "put", "hs__139": "put",
	"hs__142": "ref", "hs__158": "reused",
	"hs__161": "out 1", "hs__164": "out 1", "hs__165": "out 1", "hs__166": "out 1", "hs__169": "out 1",
	"hs__170": "out 2", "hs__171": "out 2", "hs__172": "out 2", "hs__173": "out 3",
	"hs__174": "out 2", "hs__175": "out 2", "hs__176": "out 4", "hs__178": "out 5", "hs__179": "out 5", "hs__180": "expired",
	"hs__203": "rec", "hs__216": "rec", "hs__234": "anon", "hs__235": "anon", "hs__236": "uma", "hs__237": "adm6",
	"hs__242": "adm1", "hs__247": "adm1",
}

var offSteps = map[string]func(*replayer){
	"off__017": func(p *replayer) { p.w.clock.pass(2 * time.Second) },
	"off__018": func(p *replayer) {
		p.stands("506500cf71993b186c125d111fc819eea2592e50df2d385689da1ab0", p.tokenOf("cat@example.com", confirmationToken))
		p.w.clock.pass(2 * time.Second)
	},
	"off__020": func(p *replayer) {
		p.stands("13d2e33bcd46a5e7d4628e7742f49b28623de9a3e81ec78fc730c38b", p.tokenOf("cat@example.com", confirmationToken))
	},
	"off__032": func(p *replayer) {
		p.stands("81c0f527beca0483ec0d1ee87d60cd0aa7df43ad7b736739c296adab", p.tokenOf("dan@example.com", recoveryToken))
	},
	"off__034": func(p *replayer) {
		p.stands("pkce_9edff8e0be53c7ef4f7221f5589f9a3d453f715903c3b18cccb0250f", p.tokenOf("pk@example.com", confirmationToken))
	},
}

var esSteps = map[string]func(*replayer){
	"es__014": func(p *replayer) { p.tokens["hs256 service"] = p.hs256(nil, map[string]any{"role": "service_role"}) },
	"es__015": func(p *replayer) {
		userTokens(p)
		kid := p.w.keys.kid
		maps.Copy(p.tokens, map[string]string{
			"expired": p.forge("uma", map[string]any{"alg": "ES256", "kid": kid}, func(c map[string]any) {
				c["exp"] = p.w.clock.now().Add(-time.Hour).Unix()
			}),
			"by hand":         p.forge("uma", map[string]any{"alg": "ES256", "kid": kid}, nil),
			"no kid":          p.forge("uma", map[string]any{"alg": "ES256"}, nil),
			"es, unknown kid": p.forge("uma", map[string]any{"alg": "ES256", "kid": "nope"}, nil),
			"hs256, its kid":  p.forge("uma", map[string]any{"kid": "the-legacy-key"}, nil),
			"key confusion":   p.forge("uma", map[string]any{"kid": kid, "key": string(must(json.Marshal(p.w.keys.publicKeys())))}, nil),
		})
	},
}

var esBearers = map[string]string{
	"es__014": "hs256 service", "es__015": "uma", "es__016": "uma", "es__017": "uma", "es__022": "uma",
	"es__026": "expired", "es__027": "by hand", "es__028": "no kid", "es__029": "es, unknown kid",
	"es__030": "hs256 user", "es__031": "hs256, its kid", "es__033": "key confusion",
	"es__034": "anon", "es__035": "service", "es__037": "uma",
}

var esonlySteps = map[string]func(*replayer){
	"esonly__003": func(p *replayer) {
		p.tokens["hs256 service"] = p.hs256(nil, map[string]any{"role": "service_role"})
		p.tokens["hs256 user"] = p.hs256(nil, map[string]any{"sub": uuid.NewString(), "role": "authenticated"})
	},
}

var rt2Steps = map[string]func(*replayer){
	"rt2__008": func(p *replayer) {
		parent := p.login("kept", "r2@example.com", recordedPassword)["refresh_token"].(string)
		p.stands("AFY_qCIEPE3BopxziOmDMAoAHSM00so27C68fIhvzjh1WAmzkkY", parent)
		p.stands("AFY_qCIEPE3BopxziOmDMAoBgf5JxVVn1pC-EwEEPiQPmYOKt_M", p.refresh("kept", parent)["refresh_token"])

		first := p.login("reused", "r2@example.com", recordedPassword)["refresh_token"].(string)
		p.stands("AA5kg5mw6ku-lBiDr5kQVJIAM_Ab6dKb4YLShEEy0QBdx15cNYo", first)
		second := p.refresh("reused", first)["refresh_token"].(string)
		p.stands("AA5kg5mw6ku-lBiDr5kQVJICDdR2mbswe72zMvtw1mNLufc_xWI", p.refresh("reused", second)["refresh_token"])
		p.w.clock.pass(11 * time.Second)
	},
}

var rateSteps = map[string]func(*replayer){
	"rate__001": func(p *replayer) {
		p.signup("", "rl@example.com", nil)
		p.burst("POST", "/token?grant_type=password", `{"email": "rl@example.com", "password": "correct-horse-9"}`)
	},
	"rate__007": func(p *replayer) { p.burst("POST", "/signup", `{}`) },
	"rate__008": func(p *replayer) { p.burst("POST", "/recover", `{"email": "nobody@example.com"}`) },
}

// burst uses up the rate limit of an address.
func (p *replayer) burst(method, path, body string) {
	for range burst {
		if a := p.send(method, path, map[string]string{"X-Forwarded-For": "203.0.113.7"}, []byte(body)); a.status == 429 {
			p.t.Fatalf("limited too early: %v", a)
		}
	}
}

// forge signs a copy of a live token: with another header (alg, kid; "key" is the secret to sign
// with), other claims, or both.
func (p *replayer) forge(name string, header map[string]any, change func(map[string]any)) string {
	p.t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(strings.Split(p.tokens[name], ".")[1])
	ok(p.t, err)
	claims := map[string]any{}
	ok(p.t, json.Unmarshal(b, &claims))
	if change != nil {
		change(claims)
	}
	if header["alg"] == "ES256" {
		return es256(p.w.keys.private, header["kid"], claims)
	}
	return p.hs256(header, claims)
}

func (p *replayer) hs256(header, claims map[string]any) string {
	h := map[string]any{"alg": "HS256", "typ": "JWT"}
	maps.Copy(h, header)
	key := legacySecret
	if k, found := h["key"]; found {
		key = k.(string)
		delete(h, "key")
	}
	digest := map[any]func() hash.Hash{"HS256": sha256.New, "HS512": sha512.New}[h["alg"]]
	signed := base64.RawURLEncoding.EncodeToString(
		must(json.Marshal(h)),
	) + "." + base64.RawURLEncoding.EncodeToString(
		must(json.Marshal(claims)),
	)
	mac := hmac.New(digest, []byte(key))
	mac.Write([]byte(signed))
	return signed + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func es256(key *ecdsa.PrivateKey, kid any, claims map[string]any) string {
	h := jws.NewHeaders()
	if err := h.Set(jws.TypeKey, "JWT"); err != nil {
		panic(err)
	}
	if kid != nil {
		if err := h.Set(jws.KeyIDKey, kid); err != nil {
			panic(err)
		}
	}
	return string(must(jws.Sign(must(json.Marshal(claims)), jws.WithKey(jwa.ES256(), key, jws.WithProtectedHeaders(h)))))
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

package standin

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// recording is one request and response of a real server, or one of its decoded tokens.
type recording struct {
	key    string // file name without .json: suite, number, name
	Suite  string
	Server struct{ Issuer string }

	Request *struct {
		Method, Path string
		Headers      map[string]string
		Body         any
	}
	Response struct {
		Status  int
		Headers map[string]string
		Body    any
	}

	Header, Claims map[string]any
}

func (r recording) number() string { return r.key[:len(r.Suite)+5] } // hs__012

func recordings(t *testing.T) map[string][]recording {
	t.Helper()
	files, err := filepath.Glob("testdata/recordings/*.json") // sorted
	ok(t, err)
	out := map[string][]recording{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		ok(t, err)
		r := recording{key: strings.TrimSuffix(filepath.Base(f), ".json")}
		ok(t, json.Unmarshal(b, &r))
		out[r.Suite] = append(out[r.Suite], r)
	}
	return out
}

// A deviation is an intended difference from the real server. The values here replace the recorded ones.
type deviation struct {
	why     string
	status  int      // instead of the recorded one
	code    string   // the error code instead, body and headers are then not compared
	headers []string // not compared
	fields  []string // of the body, not compared
}

const (
	whyApikey   = "browsers always send apikey; the gateway before the hosted server allows it, and here we are the gateway"
	whyAudience = "any caller could choose the audience of a new user, and so of its tokens; we have one audience and refuse others"
	whyReuse    = "an old refresh token ends the session at once; the real server (v1 tokens) only revokes the tokens, leaves the session and revives the family for 10 s"
	whyTypeName = "the sentence names a Go type of the server"
	whyV2       = "we make v1 refresh tokens, whatever was recorded: no counter, and a prefix instead"
)

var deviations = map[string]deviation{
	"hs__008": {
		why: whyApikey,
		headers: []string{
			"Access-Control-Allow-Credentials",
			"Access-Control-Allow-Headers",
			"Access-Control-Allow-Methods",
			"Access-Control-Allow-Origin",
		},
	},
	"off__008": {
		why: whyApikey,
		headers: []string{
			"Access-Control-Allow-Credentials",
			"Access-Control-Allow-Headers",
			"Access-Control-Allow-Methods",
			"Access-Control-Allow-Origin",
		},
	},
	"es__008": {
		why: whyApikey,
		headers: []string{
			"Access-Control-Allow-Credentials",
			"Access-Control-Allow-Headers",
			"Access-Control-Allow-Methods",
			"Access-Control-Allow-Origin",
		},
	},

	"hs__037": {why: whyTypeName, fields: []string{"msg"}},
	"hs__038": {why: whyTypeName, fields: []string{"msg"}},

	"hs__058": {
		why:    "the loser of a race for an address is told what everybody later is told, not a Postgres error",
		status: 422,
		code:   "user_already_exists",
	},
	"hs__059": {why: whyAudience, status: 400, code: "validation_failed"},
	"hs__060": {why: whyAudience + "; so the address is still free", status: 200},

	"hs__157": {why: whyReuse, status: 400, code: "refresh_token_not_found"},
	"hs__158": {why: whyReuse, status: 403, code: "session_not_found"},
	"hs__159": {why: whyReuse, status: 400, code: "refresh_token_not_found"},
	"hs__160": {why: whyReuse, status: 400, code: "refresh_token_not_found"},

	"hs__222": {why: "the real server panics over a password longer than bcrypt takes", status: 400, code: "validation_failed"},

	"rt2__001": {why: whyV2, headers: v2Headers},
	"rt2__002": {why: whyV2, headers: v2Headers},
	"rt2__003": {why: whyV2, headers: v2Headers},
	"rt2__004": {why: whyV2, headers: v2Headers},
	"rt2__008": {why: whyV2, headers: v2Headers},
	"rt2__009": {why: whyV2, headers: []string{"Sb-Auth-Refresh-Token-Rotated"}},
}

var v2Headers = []string{
	"Sb-Auth-Refresh-Token-Counter", "Sb-Auth-Refresh-Token-Reuse", "Sb-Auth-Refresh-Token-Reuse-Cause", "Sb-Auth-Refresh-Token-Prefix",
}

// excluded recordings are not replayed; the value is the reason.
var excluded = map[string]string{
	"hs__254":  "there is no audit log: GoTrue's table of it is not among those we keep",
	"rt2__005": "v1 tokens fork where v2 tokens do not; the fork is recorded in hs__145",
}

func TestReplay(t *testing.T) {
	t.Parallel()
	all := recordings(t)
	suites := map[string]suite{
		"hs":     {options: Options{Autoconfirm: true}, before: hsSteps, bearer: hsBearers},
		"off":    {options: Options{}, before: offSteps},
		"closed": {options: Options{Autoconfirm: true, SignupDisabled: true}},
		"es":     {options: Options{Autoconfirm: true}, before: esSteps, bearer: esBearers},
		"esonly": {
			options: Options{Autoconfirm: true},
			before:  esonlySteps,
			bearer:  map[string]string{"esonly__003": "hs256 service", "esonly__004": "hs256 user", "esonly__005": "service"},
		},
		"rt2": {
			options: Options{Autoconfirm: true},
			before:  rt2Steps,
			bearer:  map[string]string{"rt2__010": "reused", "rt2__013": "kept"},
		},
		"rate":     {options: Options{Autoconfirm: true, RateLimitHeader: "X-Forwarded-For"}, before: rateSteps},
		"mailrate": {options: Options{MailsPerHour: 2}},
	}
	known := map[string]bool{}
	for name, recs := range all {
		s, found := suites[name]
		if !found {
			t.Errorf("suite %s is neither replayed nor excluded", name)
		}
		for _, r := range recs {
			known[r.number()] = true
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s.replay(t, name, recs)
		})
	}
	if len(known) != 364 {
		t.Errorf("%d recordings, where 364 were made", len(known))
	}
	for n := range maps.Keys(excluded) {
		if !known[n] {
			t.Errorf("%s is excluded and does not exist", n)
		}
	}
	for n := range maps.Keys(deviations) {
		if !known[n] || excluded[n] != "" {
			t.Errorf("%s is a deviation of nothing", n)
		}
	}
}

// suite is the recordings of one server. before has the unrecorded steps before a recording; bearer
// names the token of a recording when it is not the service key.
type suite struct {
	options Options
	before  map[string]func(*replayer)
	bearer  map[string]string
}

func (s suite) replay(t *testing.T, name string, recs []recording) {
	o := s.options
	o.Issuer = recs[0].Server.Issuer
	o.MailFrequency = time.Second // as in the recorded server
	switch name {
	case "hs", "off", "closed", "rt2", "rate", "mailrate":
		o.Secret = legacySecret
	case "es":
		o.LegacySecret = legacySecret
	}
	p := &replayer{
		t: t, w: start(t, o),
		live:   map[string]string{},
		tokens: map[string]string{},
	}
	p.tokens["service"] = p.w.ServiceRoleKey()
	p.tokens["anon"] = p.w.AnonKey()
	for n := range s.before {
		if !slices.ContainsFunc(recs, func(r recording) bool { return r.number() == n }) {
			t.Errorf("a step goes before %s, which does not exist", n)
		}
	}
	replayed := 0
	for _, r := range recs {
		if excluded[r.number()] != "" {
			continue
		}
		replayed++
		if step := s.before[r.number()]; step != nil {
			step(p)
		}
		if r.Request == nil {
			p.compareToken(r)
			continue
		}
		bearer := s.bearer[r.number()]
		if bearer == "" {
			bearer = "service"
		}
		p.exchange(r, bearer)
	}
	t.Logf("%d of %d replayed", replayed, len(recs))
}

const legacySecret = "a-secret-for-tests-that-is-long-enough-0123456789"

// replayer maps recorded values to live ones.
type replayer struct {
	t      *testing.T
	w      world
	live   map[string]string // recorded id, refresh token, hash or code → live value
	tokens map[string]string // live access tokens by name
	last   map[string]any    // the last response, for steps
}

// response is a live response.
type response struct {
	status int
	header http.Header
	body   any
}

func (p *replayer) send(method, path string, header map[string]string, body []byte) response {
	p.t.Helper()
	p.w.clock.pass(7 * time.Millisecond)
	req, err := http.NewRequestWithContext(p.t.Context(), method, p.w.url+"/auth/v1"+path, bytes.NewReader(body))
	ok(p.t, err)
	for k, v := range header {
		req.Header.Set(k, v)
	}
	res, err := noRedirects.Do(req)
	ok(p.t, err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	ok(p.t, err)
	a := response{status: res.StatusCode, header: res.Header}
	if len(b) > 0 && json.Unmarshal(b, &a.body) != nil {
		a.body = map[string]any{"_raw": string(b)}
	}
	return a
}

var noRedirects = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// ask sends an unrecorded request, which must succeed.
func (p *replayer) ask(method, path, bearer string, body any) map[string]any {
	p.t.Helper()
	b, err := json.Marshal(body)
	ok(p.t, err)
	header := map[string]string{"Content-Type": "application/json"}
	if bearer != "" {
		header["Authorization"] = "Bearer " + p.tokens[bearer]
	}
	a := p.send(method, path, header, b)
	if a.status > 299 {
		p.t.Fatalf("%s %s: %d %v", method, path, a.status, a.body)
	}
	p.last, _ = a.body.(map[string]any)
	return p.last
}

const recordedPassword = "correct-horse-9"

// signup creates a user in an unrecorded step and stores the tokens under the name.
func (p *replayer) signup(name, email string, data map[string]any) map[string]any {
	p.t.Helper()
	return p.keep(name, p.ask("POST", "/signup", "", map[string]any{"email": email, "password": recordedPassword, "data": data}))
}

func (p *replayer) login(name, email, password string) map[string]any {
	p.t.Helper()
	return p.keep(name, p.ask("POST", "/token?grant_type=password", "", map[string]any{"email": email, "password": password}))
}

func (p *replayer) refresh(name, token string) map[string]any {
	p.t.Helper()
	return p.keep(name, p.ask("POST", "/token?grant_type=refresh_token", "", map[string]any{"refresh_token": token}))
}

func (p *replayer) keep(name string, session map[string]any) map[string]any {
	p.tokens[name] = session["access_token"].(string)
	return session
}

// stands sets the live value of a recorded value from an unrecorded step.
func (p *replayer) stands(recorded string, live any) { p.live[recorded] = live.(string) }

func (p *replayer) tokenOf(email, kind string) string {
	p.t.Helper()
	var hash string
	ok(p.t, p.w.db.Owner.QueryRow(p.t.Context(), `
		select t.token_hash
		from auth.one_time_tokens t
		join auth.users u on u.id = t.user_id
		where u.email = $1 and t.token_type::text = $2`, email, kind).Scan(&hash))
	return hash
}

func (p *replayer) exchange(r recording, bearer string) {
	p.t.Helper()
	req := r.Request
	header := map[string]string{}
	for k, v := range req.Headers {
		switch k {
		case "apikey":
			v = p.w.AnonKey()
		case "Authorization":
			token := p.tokens[bearer]
			if strings.Contains(v, "<jwt>") && token == "" {
				p.t.Fatalf("%s: no token named %q", r.key, bearer)
			}
			v = strings.ReplaceAll(v, "<jwt>", token)
		}
		header[k] = v
	}
	a := p.send(req.Method, p.translate(req.Path), header, p.body(r))
	p.last, _ = a.body.(map[string]any)

	d := deviations[r.number()]
	var diff []string
	report := func(format string, args ...any) { diff = append(diff, fmt.Sprintf(format, args...)) }
	status := r.Response.Status
	if d.status != 0 {
		status = d.status
	}
	if a.status != status {
		report("status %d, want %d", a.status, status)
	}
	switch {
	case d.code != "":
		if got := a.header.Get("X-Sb-Error-Code"); got != d.code {
			report("code %q, want %q", got, d.code)
		}
	case d.status != 0: // another success than the recorded failure
	default:
		p.compareHeaders(r.Response.Headers, a.header, d.headers, report)
		p.compare("", r.Response.Body, a.body, d.fields, report)
	}
	if _, meant := deviations[r.number()]; meant {
		differs := a.status != r.Response.Status
		notice := func(string, ...any) { differs = true }
		p.compareHeaders(r.Response.Headers, a.header, nil, notice)
		p.compare("", r.Response.Body, a.body, nil, notice)
		if !differs {
			report("deviates no longer: take it off the table")
		}
	}
	if len(diff) > 0 {
		p.t.Errorf("%s:\n  %s\n  answer: %d %v", r.key, strings.Join(diff, "\n  "), a.status, a.body)
	}
}

func (p *replayer) body(r recording) []byte {
	p.t.Helper()
	switch r.number() {
	case "hs__033": // recorded as null, like no body at all
		return []byte("null")
	case "hs__049": // recorded shortened
		return []byte(`{"email": "big@example.com", "password": "correct-horse-9", "data": {"x": "` + strings.Repeat("y", maxBody) + `"}}`)
	}
	switch b := r.Request.Body.(type) {
	case nil:
		return nil
	case map[string]any:
		if raw, found := b["_raw"]; found {
			return []byte(raw.(string))
		}
	}
	out, err := json.Marshal(r.Request.Body)
	ok(p.t, err)
	return []byte(p.translate(strings.ReplaceAll(string(out), `\u003cjwt\u003e`, p.w.AnonKey())))
}

// translate replaces recorded values by live ones.
func (p *replayer) translate(s string) string {
	for recorded, live := range p.live {
		s = strings.ReplaceAll(s, recorded, live)
	}
	return s
}

func (p *replayer) compareHeaders(recorded map[string]string, live http.Header, ignored []string, report func(string, ...any)) {
	names := map[string]bool{}
	for n := range recorded {
		names[n] = true
	}
	for n := range live {
		names[n] = true
	}
	for _, n := range slices.Sorted(maps.Keys(names)) {
		if slices.Contains(ignored, n) {
			continue
		}
		want, got := recorded[n], strings.Join(live.Values(n), ", ")
		switch n {
		case "Content-Length", "Transfer-Encoding", "Date", "X-Total-Count":
			// The number includes the users of unrecorded steps.
			if n == "X-Total-Count" && (want == "") != (got == "") {
				report("header %s: %q, want %q", n, got, want)
			}
		case "Location":
			p.compareLocation(want, got, report)
		case "Link":
			if pages.ReplaceAllString(got, "last") != pages.ReplaceAllString(want, "last") {
				report("header %s: %q, want %q", n, got, want)
			}
		case "Sb-Auth-Refresh-Token-Prefix":
			if len(got) != 5 || want == "" {
				report("header %s: %q, want %q", n, got, want)
			}
		default:
			if !p.equal(want, got) {
				report("header %s: %q, want %q", n, got, want)
			}
		}
	}
}

// pages matches the number of the last page, which depends on the number of users.
var pages = regexp.MustCompile(`page=\d+(&per_page=\d+>; rel="last")`)

// compareLocation compares the URL part by part, because its values differ.
func (p *replayer) compareLocation(recorded, live string, report func(string, ...any)) {
	split := func(s string) (base string, v url.Values) {
		base, rest, _ := strings.Cut(s, "#")
		if rest == "" {
			base, rest, _ = strings.Cut(s, "?")
		}
		v, err := url.ParseQuery(rest)
		ok(p.t, err)
		return base, v
	}
	base, want := split(recorded)
	gotBase, got := split(live)
	if base != gotBase || len(want) != len(got) {
		report("location %q, want %q", live, recorded)
	}
	for k := range want {
		switch k {
		case "expires_at":
			if n := len(got.Get(k)); n != 10 {
				report("location: %s=%q", k, got.Get(k))
			}
		default:
			if !p.equal(want.Get(k), got.Get(k)) {
				report("location: %s=%q, want %q", k, got.Get(k), want.Get(k))
			}
		}
	}
}

// compare compares two bodies. Shape and fixed values must be equal. Of generated values the form
// must be equal, and equal recorded values must be equal live values.
func (p *replayer) compare(path string, recorded, live any, ignored []string, report func(string, ...any)) {
	if slices.Contains(ignored, path) {
		return
	}
	switch want := recorded.(type) {
	case map[string]any:
		got, isMap := live.(map[string]any)
		if !isMap {
			report("%s is %v, want %v", path, live, recorded)
			return
		}
		if raw, found := want["_raw"].(string); found {
			text, _ := got["_raw"].(string)
			if volatile.ReplaceAllString(text, "*") != volatile.ReplaceAllString(raw, "*") {
				report("text %q, want %q", text, raw)
			}
			return
		}
		keys := maps.Clone(want)
		maps.Copy(keys, got)
		for _, k := range slices.Sorted(maps.Keys(keys)) {
			below := strings.TrimPrefix(path+"."+k, ".")
			w, recorded := want[k]
			g, lives := got[k]
			switch {
			case slices.Contains(ignored, below):
			case !lives:
				report("%s is missing, want %v", below, w)
			case !recorded:
				report("%s is %v, want nothing", below, g)
			default:
				p.compare(below, w, g, ignored, report)
			}
		}
	case []any:
		got, isList := live.([]any)
		if !isList || len(got) != len(want) {
			report("%s is %v, want %v", path, live, recorded)
			return
		}
		for i := range want {
			p.compare(fmt.Sprintf("%s.%d", path, i), want[i], got[i], ignored, report)
		}
	case string:
		got, isString := live.(string)
		if !isString || !p.equal(want, got) {
			report("%s is %q, want %q", path, live, want)
		}
	case float64:
		p.compareNumber(path, want, live, report)
	default:
		if !reflect.DeepEqual(recorded, live) {
			report("%s is %v, want %v", path, live, recorded)
		}
	}
}

// compareNumber compares times with the test's clock and other numbers with the recorded ones.
func (p *replayer) compareNumber(path string, want float64, live any, report func(string, ...any)) {
	got, isNumber := live.(float64)
	switch name := path[strings.LastIndex(path, ".")+1:]; {
	case !isNumber:
		report("%s is %v, want %v", path, live, want)
	case name == "expires_at" || name == "exp":
		if at := p.w.clock.now().Add(7 * 24 * time.Hour).Unix(); int64(got) != at {
			report("%s is %v, want %v", path, got, at)
		}
	case name == "iat" || name == "timestamp":
		if at := p.w.clock.now().Unix(); int64(got) > at || int64(got) < at-60 {
			report("%s is %v, want about %v", path, got, at)
		}
	case got != want:
		report("%s is %v, want %v", path, got, want)
	}
}

// volatile matches generated parts of a text.
var volatile = regexp.MustCompile(
	`<jwt>|eyJ[\w-]+\.[\w-]+\.[\w-]+|[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{56}\b|(expires_at|refresh_token)=\w+`,
)

// forms are the forms of generated values. once: equal recorded values must be equal live values,
// so the pair is stored.
var forms = []struct {
	once bool
	re   *regexp.Regexp
}{
	{false, regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$`)},
	{false, regexp.MustCompile(`^(<jwt>|eyJ[\w-]+\.[\w-]+\.[\w-]+)$`)},
	{true, regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)},
	{true, regexp.MustCompile(`^[a-z2-7]{12}$`)},                    // refresh token
	{true, regexp.MustCompile(`^(pkce_)?[0-9a-f]{56}$`)},            // one-time token
	{true, regexp.MustCompile(`^\d{6}$`)},                           // code of a mail
	{true, regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)},               // coordinate of a key, hash of a deleted value
	{false, regexp.MustCompile(`^[A-Za-z0-9_-]{15}$`)},              // hash of a deleted phone number
	{true, regexp.MustCompile(`^(AA|AF)[\w-]{49}$|^[a-z2-7]{12}$`)}, // v2 refresh token; ours is v1
}

func (p *replayer) equal(recorded, live string) bool {
	if recorded == live {
		return true
	}
	if known, found := p.live[recorded]; found {
		return known == live
	}
	for _, f := range forms {
		if f.re.MatchString(recorded) && f.re.MatchString(live) {
			if f.once {
				p.live[recorded] = live
			}
			return true
		}
	}
	// Links contain values that are stored already.
	return strings.Contains(recorded, "://") &&
		volatile.ReplaceAllString(p.translate(recorded), "*") == volatile.ReplaceAllString(live, "*")
}

// compareToken decodes and compares the token of the last response.
func (p *replayer) compareToken(r recording) {
	p.t.Helper()
	var header, claims map[string]any
	parts := strings.Split(p.last["access_token"].(string), ".")
	for i, into := range []*map[string]any{&header, &claims} {
		b, err := base64.RawURLEncoding.DecodeString(parts[i])
		ok(p.t, err)
		ok(p.t, json.Unmarshal(b, into))
	}
	var diff []string
	report := func(format string, args ...any) { diff = append(diff, fmt.Sprintf(format, args...)) }
	p.compare("header", r.Header, header, nil, report)
	p.compare("claims", r.Claims, claims, nil, report)
	if len(diff) > 0 {
		p.t.Errorf("%s:\n  %s", r.key, strings.Join(diff, "\n  "))
	}
}

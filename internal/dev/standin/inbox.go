package standin

import (
	"encoding/json"
	"html/template"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Mail is a mail in the development inbox; it is not really sent.
type Mail struct {
	At         time.Time `json:"at"`
	To         string    `json:"to"`
	Type       string    `json:"type"` // signup, recovery, email_change, ...
	Code       string    `json:"code"` // six digits
	TokenHash  string    `json:"token_hash"`
	Link       string    `json:"link"`        // to the application
	VerifyLink string    `json:"verify_link"` // to the auth server
}

// keptMails is the size of the inbox; older mails are dropped.
const keptMails = 500

// inbox keeps the latest mails and shows them at /inbox, /inbox.json?to=… and /inbox.css.
type inbox struct {
	mu    sync.Mutex
	mails []Mail // oldest first
}

func newInbox() *inbox { return &inbox{} }

func (b *inbox) put(m Mail) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.mails) >= keptMails {
		b.mails = slices.Delete(b.mails, 0, len(b.mails)-keptMails+1)
	}
	b.mails = append(b.mails, m)
}

// list returns the mails to an address, newest first; an empty address means all.
func (b *inbox) list(to string) []Mail {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := []Mail{}
	for _, m := range slices.Backward(b.mails) {
		if to == "" || strings.EqualFold(m.To, to) {
			out = append(out, m)
		}
	}
	return out
}

// Inbox returns the mails to an address (empty: all), newest first.
func (s *Server) Inbox(to string) []Mail { return s.inbox.list(to) }

func (b *inbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// A foreign host name that resolves to loopback (DNS rebinding) would let another site read the inbox.
	if !loopbackName(r.Host) {
		http.Error(w, "the inbox is only served under a loopback name", http.StatusMisdirectedRequest)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer") // links contain tokens
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	to := strings.TrimSpace(r.URL.Query().Get("to"))
	switch r.URL.Path {
	case "/inbox.css":
		h.Set("Content-Type", "text/css; charset=utf-8")
		_, _ = w.Write([]byte(inboxCSS))
	case "/inbox.json":
		h.Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{"mails": b.list(to)})
	default:
		h.Set("Content-Type", "text/html; charset=utf-8")
		_ = inboxPage.Execute(w, map[string]any{"To": to, "Mails": b.list(to)})
	}
}

func loopbackName(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return ip != nil && ip.IsLoopback()
}

// inboxPage escapes its values: anybody can sign up with any address.
var inboxPage = template.Must(template.New("inbox").Parse(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Inbox</title>
<link rel="stylesheet" href="/inbox.css">
</head>
<body>
<main>
<h1>Inbox</h1>
<p>Mails the development auth server did not send. Newest first.</p>
<form action="/inbox" method="get">
<label>To <input type="email" name="to" value="{{.To}}"></label>
<button>Filter</button>
</form>
{{range .Mails}}
<article>
<h2>{{.Type}}</h2>
<dl>
<dt>To</dt><dd>{{.To}}</dd>
<dt>At</dt><dd><time datetime="{{.At.Format "2006-01-02T15:04:05Z07:00"}}">{{.At.Format "2006-01-02 15:04:05 MST"}}</time></dd>
<dt>Code</dt><dd><code class="otp">{{.Code}}</code></dd>
<dt>Token hash</dt><dd><code>{{.TokenHash}}</code></dd>
{{if .Link}}<dt>Application</dt><dd><a href="{{.Link}}">{{.Link}}</a></dd>{{end}}
{{if .VerifyLink}}<dt>Auth server</dt><dd><a href="{{.VerifyLink}}">{{.VerifyLink}}</a></dd>{{end}}
</dl>
</article>
{{else}}
<p class="empty">No mail yet.</p>
{{end}}
</main>
</body>
</html>
`))

const inboxCSS = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 52rem; margin: 0 auto; padding: 1.5rem; }
article { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .5rem; padding: 1rem; margin: 1rem 0; }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1rem; margin: 0 0 .5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0; }
dt { opacity: .7; }
dd { margin: 0; overflow-wrap: anywhere; }
code { font: 0.9rem ui-monospace, monospace; }
.otp { font-size: 1.3rem; letter-spacing: .15em; font-weight: 600; }
input, button { font: inherit; padding: .25rem .5rem; }
`

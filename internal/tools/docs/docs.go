// Package docs serves the documentation: the reference, the guides and the contract, from the same commit as the server.
package docs

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"

	"github.com/ultimatecoach/api/gen"
	docsfs "github.com/ultimatecoach/api/gen/docs"
)

// policy allows a page only the server's own files, without 'unsafe-…'. openapi/docs/site/csp.js makes the libraries of the
// reference work under it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const (
	cacheForever = "public, max-age=31536000, immutable" // the name carries a hash of the content
	revalidate   = "no-cache"                            // caches ask with the ETag each time
)

// page is one file. Its tag and encodings are computed at the first request and cached: most replicas never serve most
// files, and the start should not wait for them.
type page struct {
	content     func() io.ReadSeeker // uncompressed; from the binary, or from memory for the contract as JSON
	contentType string
	cache       string
	// tag returns a hash of the content. Each encoding adds a suffix, because it needs its own ETag.
	tag func() string
	// br and gz are nil for files that are already compressed.
	br, gz func() []byte
}

// missingPage is the page that browsers get with status 404. Its own address is unknown, too.
const missingPage = "/docs/404"

// published returns the site and the contract as they were built. All servers of a process share it.
var published = sync.OnceValue(func() map[string]page { return publish("") })

// publish returns the site and the contract with the addresses of publicURL; see [Handler].
func publish(publicURL string) map[string]page {
	pages := site(publicURL)
	contract := gen.OpenAPI
	if publicURL != "" {
		contract = []byte(absolute(string(contract), "openapi.yaml", publicURL))
	}
	pages["/openapi.yaml"] = text(inMemory(contract), "application/yaml", revalidate)
	converted := sync.OnceValue(func() []byte { return must(toJSON(contract)) })
	pages["/openapi.json"] = text(func() io.ReadSeeker { return bytes.NewReader(converted()) }, "application/json", revalidate)
	return pages
}

// Handler returns a function that makes the handler of the site. Unknown paths go to notFound; browsers get an HTML page instead.
//
// publicURL is where clients reach this server, such as https://api.example.com: the `servers` of the contract, the links of
// llms.txt and of other Markdown, and the samples then have it. Without it the contract's server is relative; the samples
// have [sampleURL], which browsers replace by the address of the page.
func Handler(publicURL string) func(notFound http.Handler) http.Handler {
	return func(notFound http.Handler) http.Handler { return handler(publicURL, notFound) }
}

func handler(publicURL string, notFound http.Handler) http.Handler {
	pages := published()
	if publicURL != "" {
		pages = publish(publicURL)
	}
	missing := pages[missingPage]

	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p, ok := pages[r.URL.Path]
		ok = ok && r.URL.Path != missingPage
		reads := r.Method == http.MethodGet || r.Method == http.MethodHead
		// Public documents: any page may read them. A trusted origin has its own header already.
		if w.Header().Get("Access-Control-Allow-Origin") == "" {
			w.Header().Set("Access-Control-Allow-Origin", "*")
		}
		switch {
		case reads && ok:
			p.serve(w, r)
		case reads && r.URL.Path == SecurityPath:
			securityPage(time.Now()).serve(w, r)
		case reads && len(r.URL.Path) > 1 && strings.HasSuffix(r.URL.Path, "/") && pages[strings.TrimRight(r.URL.Path, "/")].content != nil:
			http.Redirect(w, r, strings.TrimRight(r.URL.Path, "/"), http.StatusMovedPermanently)
		case reads && strings.Contains(r.Header.Get("Accept"), "text/html"):
			missing.serveMissing(w, r)
		default:
			notFound.ServeHTTP(w, r)
		}
	})
}

// SecurityPath is where security contacts look for ours (RFC 9116).
const SecurityPath = "/.well-known/security.txt"

// securityPage names the security contact. It expires within a year, as RFC 9116 asks: at the start of a month, 6 months from now.
func securityPage(now time.Time) page {
	expires := time.Date(now.Year(), now.Month()+6, 1, 0, 0, 0, 0, time.UTC)
	content := "Contact: mailto:security@ultimate-coach.example\nExpires: " + expires.Format(time.RFC3339) + "\nPreferred-Languages: en\n"
	return packed(inMemory([]byte(content)), "text/plain; charset=utf-8", revalidate)
}

func (p page) serve(w http.ResponseWriter, r *http.Request) {
	body := p.choose(w, r)
	// Handles If-None-Match, Range and HEAD; the zero time leaves Last-Modified out.
	http.ServeContent(w, r, "", time.Time{}, body)
}

func (p page) serveMissing(w http.ResponseWriter, r *http.Request) {
	body := p.choose(w, r)
	w.Header().Del("ETag")
	w.WriteHeader(http.StatusNotFound)
	if r.Method != http.MethodHead {
		_, _ = io.Copy(w, body) // a lost client needs no error
	}
}

// choose selects the encoding, sets the headers, and returns the bytes to send.
func (p page) choose(w http.ResponseWriter, r *http.Request) io.ReadSeeker {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Content-Type", p.contentType)
	h.Set("Cache-Control", p.cache)
	h.Add("Vary", "Accept-Encoding")

	accept := strings.Join(r.Header.Values("Accept-Encoding"), ",")
	switch {
	case p.br != nil && accepts(accept, "br"):
		h.Set("Content-Encoding", "br")
		h.Set("ETag", `"`+p.tag()+`-br"`)
		return bytes.NewReader(p.br())
	case p.gz != nil && accepts(accept, "gzip"):
		h.Set("Content-Encoding", "gzip")
		h.Set("ETag", `"`+p.tag()+`-gz"`)
		return bytes.NewReader(p.gz())
	default:
		h.Set("ETag", `"`+p.tag()+`"`)
		return p.content()
	}
}

// accepts reports whether Accept-Encoding has the coding, or *, with a quality above zero.
func accepts(header, coding string) bool {
	star := false
	for part := range strings.SplitSeq(header, ",") {
		name, parameters, _ := strings.Cut(part, ";")
		quality := 1.0
		if q, ok := strings.CutPrefix(strings.ReplaceAll(parameters, " ", ""), "q="); ok {
			quality, _ = strconv.ParseFloat(q, 64) // an invalid number counts as zero
		}
		switch strings.ToLower(strings.TrimSpace(name)) {
		case coding:
			return quality > 0
		case "*":
			star = quality > 0
		}
	}
	return star
}

// site reads the built files: index.html is /docs, guides/errors.html is /docs/guides/errors.
func site(publicURL string) map[string]page {
	pages := map[string]page{}
	err := fs.WalkDir(docsfs.FS, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		address := "/docs/" + strings.TrimSuffix(name, ".html")
		switch name {
		case "index.html":
			address = "/docs"
		case "llms.txt", "llms-full.txt":
			address = "/" + name
		}
		cache := revalidate
		if strings.HasPrefix(name, "assets/") && name != "assets/licences.txt" {
			cache = cacheForever
		}
		content := inBinary(name)
		switch {
		case path.Ext(name) == ".woff2":
			pages[address] = packed(content, contentType(name), cache)
			return nil
		case publicURL != "" && !strings.HasPrefix(name, "assets/"):
			changed := sync.OnceValue(func() []byte { return []byte(absolute(read(name), name, publicURL)) })
			content = func() io.ReadSeeker { return bytes.NewReader(changed()) }
		}
		pages[address] = text(content, contentType(name), cache)
		return nil
	})
	if err != nil {
		panic(fmt.Sprintf("the embedded documentation is broken: %v", err))
	}
	return pages
}

// packed returns the page of a file that is already compressed.
func packed(content func() io.ReadSeeker, contentType, cache string) page {
	return page{content: content, contentType: contentType, cache: cache, tag: sync.OnceValue(func() string { return tag(content()) })}
}

// text returns the page of a file that is worth compressing.
func text(content func() io.ReadSeeker, contentType, cache string) page {
	p := packed(content, contentType, cache)
	p.br = sync.OnceValue(func() []byte { return compress(content(), newBrotli) })
	p.gz = sync.OnceValue(func() []byte { return compress(content(), newGzip) })
	return p
}

// newBrotli uses quality 5. For the largest file (1.9 MB): quality 5 gives 539 kB in 0.1 s, 9 gives 527 kB in 0.5 s, 11
// gives 479 kB in 10 s. A window of 0.5 MB instead of 4 MB costs 1 % and saves memory.
func newBrotli(w io.Writer) io.WriteCloser {
	return brotli.NewWriterOptions(w, brotli.WriterOptions{Quality: 5, LGWin: 19})
}

func newGzip(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }

// compressing limits compression to one file at a time. The first visitor asks for a dozen files at once, which must not
// take every processor and the memory of a dozen encoders.
var compressing sync.Mutex

func compress(content io.Reader, encoder func(io.Writer) io.WriteCloser) []byte {
	compressing.Lock()
	defer compressing.Unlock()
	var out bytes.Buffer
	w := encoder(&out)
	_, _ = io.Copy(w, content) // memory reads and writes do not fail
	_ = w.Close()
	return bytes.Clone(out.Bytes()) // the clone has no spare capacity; it is kept for ever
}

// contentType does not use the machine's table of types, which differs between machines.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".json":
		return "application/json"
	case ".md":
		return "text/markdown; charset=utf-8"
	case ".woff2":
		return "font/woff2"
	default:
		return "text/plain; charset=utf-8"
	}
}

func tag(content io.Reader) string {
	sum := sha256.New()
	_, _ = io.Copy(sum, content) // reading memory does not fail
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

// inBinary reads a file directly from the binary, without a copy in memory.
func inBinary(name string) func() io.ReadSeeker {
	return func() io.ReadSeeker {
		f, err := docsfs.FS.Open(name)
		if err != nil {
			panic(fmt.Sprintf("the embedded documentation is broken: %v", err)) // the name came from the same file system
		}
		return f.(io.ReadSeeker)
	}
}

func inMemory(content []byte) func() io.ReadSeeker {
	return func() io.ReadSeeker { return bytes.NewReader(content) }
}

// must panics on errors that the tests of the build exclude.
func must(content []byte, err error) []byte {
	if err != nil {
		panic(fmt.Sprintf("the embedded documentation is broken: %v", err))
	}
	return content
}

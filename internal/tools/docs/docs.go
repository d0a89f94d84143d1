// Package docs serves what partners read: the reference, the guides and the contract, at the same commit as the server
// that answers them. It knows only net/http, so that it can be looked at without the rest.
package docs

import (
	"bytes"
	"compress/gzip"
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

	"github.com/ultimatecoach/api/gen"
	docsfs "github.com/ultimatecoach/api/gen/docs"
)

// policy lets a page run and show nothing but the server's own files. There is no 'unsafe-…' in it: what the
// reference's libraries need for that is in openapi/docs/site/csp.js.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const (
	cacheForever = "public, max-age=31536000, immutable" // the name carries a hash of the content
	revalidate   = "no-cache"                            // kept, and asked about with the ETag each time
)

// page is one answer in the encodings it is kept in. br is nil for the contract, which is compressed at start.
type page struct {
	br, gz []byte
	// plain unpacks what is only kept packed when it is first asked for, which few do, and once: together the files are
	// 5 MB, and to unpack the largest for everybody would cost 2 MB each time.
	plain       func() []byte
	contentType string
	cache       string
	// tag identifies the content; each encoding is a representation of its own and adds to it.
	tag string
}

// missingPage is served for what is not there, and is not there itself.
const missingPage = "/docs/404"

// published is the site and the contract, compressed once.
var published = sync.OnceValue(func() map[string]page {
	pages := site()
	pages["/openapi.yaml"] = contract(gen.OpenAPI, "application/yaml")
	pages["/openapi.json"] = contract(must(toJSON(gen.OpenAPI)), "application/json")
	return pages
})

// Handler serves the site. A path it does not know goes to notFound, unless a person with a browser asked for a page.
func Handler(notFound http.Handler) http.Handler {
	pages := published()
	missing := pages[missingPage]

	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p, ok := pages[r.URL.Path]
		ok = ok && r.URL.Path != missingPage
		reads := r.Method == http.MethodGet || r.Method == http.MethodHead
		switch {
		case reads && ok:
			p.serve(w, r)
		case reads && strings.Contains(r.Header.Get("Accept"), "text/html"):
			missing.serveMissing(w, r)
		default:
			notFound.ServeHTTP(w, r)
		}
	})
}

func (p page) serve(w http.ResponseWriter, r *http.Request) {
	body := p.choose(w, r)
	// Answers If-None-Match, Range and HEAD; the zero time leaves Last-Modified out.
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

func (p page) serveMissing(w http.ResponseWriter, r *http.Request) {
	body := p.choose(w, r)
	w.Header().Del("ETag")
	w.WriteHeader(http.StatusNotFound)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the reader is gone; nobody is left to tell
	}
}

// choose picks the encoding, sets every header but the status, and answers the bytes to send.
func (p page) choose(w http.ResponseWriter, r *http.Request) []byte {
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
		h.Set("ETag", `"`+p.tag+`-br"`)
		return p.br
	case p.gz != nil && accepts(accept, "gzip"):
		h.Set("Content-Encoding", "gzip")
		h.Set("ETag", `"`+p.tag+`-gz"`)
		return p.gz
	default:
		h.Set("ETag", `"`+p.tag+`"`)
		return p.plain()
	}
}

// accepts tells whether an Accept-Encoding names the coding, or *, without a quality of zero.
func accepts(header, coding string) bool {
	star := false
	for part := range strings.SplitSeq(header, ",") {
		name, parameters, _ := strings.Cut(part, ";")
		quality := 1.0
		if q, ok := strings.CutPrefix(strings.ReplaceAll(parameters, " ", ""), "q="); ok {
			quality, _ = strconv.ParseFloat(q, 64) // nonsense is as good as zero
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
func site() map[string]page {
	pages := map[string]page{}
	err := fs.WalkDir(docsfs.FS, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := docsfs.FS.ReadFile(name)
		if err != nil {
			return err
		}
		base, encoding := name, ""
		if ext := path.Ext(name); ext == ".br" || ext == ".gz" {
			base, encoding = strings.TrimSuffix(name, ext), ext
		}
		address := "/docs/" + strings.TrimSuffix(base, ".html")
		switch base {
		case "index.html":
			address = "/docs"
		case "llms.txt":
			address = "/llms.txt"
		}
		p := pages[address]
		p.contentType = contentType(base)
		p.cache = revalidate
		if strings.HasPrefix(base, "assets/") && base != "assets/licences.txt" {
			p.cache = cacheForever
		}
		switch encoding {
		case ".br":
			p.br = content
		case ".gz":
			p.gz, p.tag = content, tag(content)
			p.plain = sync.OnceValue(func() []byte { return must(gunzip(content)) })
		default:
			p.plain, p.tag = kept(content), tag(content)
		}
		pages[address] = p
		return nil
	})
	if err != nil {
		panic(fmt.Sprintf("the embedded documentation is broken: %v", err))
	}
	return pages
}

func contract(content []byte, contentType string) page {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = w.Write(content) // a buffer takes everything
	_ = w.Close()
	return page{gz: packed.Bytes(), plain: kept(content), contentType: contentType, cache: revalidate, tag: tag(content)}
}

// contentType is spelled out, because the machine's own table of types differs from machine to machine.
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

func tag(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:8])
}

func gunzip(content []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func kept(content []byte) func() []byte { return func() []byte { return content } }

// must is for what was checked when the binary was built.
func must(content []byte, err error) []byte {
	if err != nil {
		panic(fmt.Sprintf("the embedded documentation is broken: %v", err))
	}
	return content
}

package docs_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/stretchr/testify/require"

	docsfs "github.com/ultimatecoach/api/gen/docs"
	"github.com/ultimatecoach/api/internal/tools/docs"
)

// Unknown paths go to the handler of the server; here it returns 418.
var site = docs.Handler("")(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }))

func ask(method, path string, headers ...string) *http.Response {
	return askOf(site, method, path, headers...)
}

func askOf(site http.Handler, method, path string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	site.ServeHTTP(w, r)
	return w.Result()
}

func text(t *testing.T, response *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return string(body)
}

func TestHandler_EachKindOfFile_HasTypeAndCacheHeaders(t *testing.T) {
	t.Parallel()
	script := regexp.MustCompile(`/docs/assets/site-\w+\.js`).FindString(text(t, ask("GET", "/docs")))
	require.NotEmpty(t, script)

	const forever, revalidate = "public, max-age=31536000, immutable", "no-cache"
	for path, want := range map[string]struct{ contentType, cache, holds string }{
		"/docs":                  {"text/html; charset=utf-8", revalidate, "<!doctype html>"},
		"/docs/guides/errors":    {"text/html; charset=utf-8", revalidate, "<h1>Errors</h1>"},
		"/docs/guides/errors.md": {"text/markdown; charset=utf-8", revalidate, "# Errors"},
		"/docs/reference.md":     {"text/markdown; charset=utf-8", revalidate, "### getMe: Get your profile"},
		"/llms.txt":              {"text/plain; charset=utf-8", revalidate, "# Ultimate Coach API"},
		"/openapi.yaml":          {"application/yaml", revalidate, "openapi: 3.1.0"},
		"/openapi.json":          {"application/json", revalidate, `{"openapi":"3.1.0","info":{"title":`},
		script:                   {"text/javascript; charset=utf-8", forever, "localStorage"},
	} {
		response := ask("GET", path)
		require.Equal(t, http.StatusOK, response.StatusCode, path)
		require.Equal(t, want.contentType, response.Header.Get("Content-Type"), path)
		require.Equal(t, want.cache, response.Header.Get("Cache-Control"), path)
		require.Equal(t, "nosniff", response.Header.Get("X-Content-Type-Options"), path)
		require.Equal(t, "no-referrer", response.Header.Get("Referrer-Policy"), path)
		policy := response.Header.Get("Content-Security-Policy")
		require.Contains(t, policy, "default-src 'none'", path)
		require.NotContains(t, policy, "unsafe", path)
		require.Contains(t, text(t, response), want.holds, path)
	}
}

func TestHandler_EachEncoding_HasItsOwnETag(t *testing.T) {
	t.Parallel()
	plain := ask("GET", "/docs/guides/errors")
	require.Empty(t, plain.Header.Get("Content-Encoding"))
	page := text(t, plain)
	tags := map[string]bool{plain.Header.Get("ETag"): true}

	for accept, want := range map[string]string{
		"gzip, deflate, br, zstd": "br",
		"gzip, deflate":           "gzip",
		"GZIP;q=0.5":              "gzip",
		"br;q=0, gzip":            "gzip",
		"*":                       "br",
		"identity":                "",
		"br;q=0, gzip;q=0.0":      "",
		"deflate":                 "",
	} {
		response := ask("GET", "/docs/guides/errors", "Accept-Encoding", accept)
		require.Equal(t, want, response.Header.Get("Content-Encoding"), accept)
		require.Equal(t, "Accept-Encoding", response.Header.Get("Vary"), accept)
		tags[response.Header.Get("ETag")] = true
		switch want {
		case "gzip":
			unpacked, err := gzip.NewReader(response.Body)
			require.NoError(t, err)
			body, err := io.ReadAll(unpacked)
			require.NoError(t, err)
			require.Equal(t, page, string(body), accept)
		case "":
			require.Equal(t, page, text(t, response), accept)
		}
	}
	require.Len(t, tags, 3)
}

// Not parallel: it measures the allocations of the whole process.
func TestHandler_SecondRequest_DoesNotCompressAgain(t *testing.T) {
	head := func(path, encoding string) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		response := ask("HEAD", path, "Accept-Encoding", encoding)
		runtime.ReadMemStats(&after)
		require.Equal(t, http.StatusOK, response.StatusCode, path)
		return after.TotalAlloc - before.TotalAlloc
	}
	files, err := fs.Glob(docsfs.FS, "assets/*.js")
	require.NoError(t, err)
	largest := 0
	for _, file := range files {
		path := "/docs/" + file
		size, err := strconv.Atoi(ask("HEAD", path).Header.Get("Content-Length"))
		require.NoError(t, err)
		largest = max(largest, size)
		for _, encoding := range []string{"identity", "gzip", "br"} {
			head(path, encoding)
			require.Less(t, head(path, encoding), uint64(20_000), "%s for %s", path, encoding) // what any request allocates
		}
	}
	require.Greater(t, largest, 1_000_000)
}

func TestHandler_EachEncoding_DecompressesToTheFile(t *testing.T) {
	t.Parallel()
	err := fs.WalkDir(docsfs.FS, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == "404.html" {
			return err
		}
		path := "/docs/" + strings.TrimSuffix(name, ".html")
		switch name {
		case "index.html":
			path = "/docs"
		case "llms.txt", "llms-full.txt":
			path = "/" + name
		}
		want, err := docsfs.FS.ReadFile(name)
		require.NoError(t, err)
		plain := ask("GET", path)
		require.Equal(t, http.StatusOK, plain.StatusCode, path)
		require.Equal(t, string(want), text(t, plain), path)
		if strings.HasSuffix(name, ".woff2") {
			require.Empty(t, ask("GET", path, "Accept-Encoding", "br, gzip").Header.Get("Content-Encoding"), path)
			return nil
		}
		zipped, err := gzip.NewReader(ask("GET", path, "Accept-Encoding", "gzip").Body)
		require.NoError(t, err)
		for encoding, unpacked := range map[string]io.Reader{"gzip": zipped, "br": brotli.NewReader(ask("GET", path, "Accept-Encoding", "br").Body)} {
			got, err := io.ReadAll(unpacked)
			require.NoError(t, err)
			require.Equal(t, string(want), string(got), "%s as %s", path, encoding)
		}
		return nil
	})
	require.NoError(t, err)
}

func TestHandler_IfNoneMatch_Returns304(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/docs", "/openapi.json", "/llms.txt"} {
		tag := ask("GET", path).Header.Get("ETag")
		require.NotEmpty(t, tag)

		response := ask("GET", path, "If-None-Match", tag)
		require.Equal(t, http.StatusNotModified, response.StatusCode)
		require.Equal(t, tag, response.Header.Get("ETag"))
		require.Empty(t, text(t, response))

		require.Equal(t, http.StatusOK, ask("GET", path, "If-None-Match", `"another"`).StatusCode)
	}
}

func TestHandler_TrailingSlash_RedirectsToThePage(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{"/docs/": "/docs", "/docs/guides/errors/": "/docs/guides/errors", "/docs//": "/docs"} {
		response := ask("GET", path)
		require.Equal(t, http.StatusMovedPermanently, response.StatusCode, path)
		require.Equal(t, want, response.Header.Get("Location"), path)
	}
}

func TestHandler_PublicDocuments_AllowEveryOrigin(t *testing.T) {
	t.Parallel()
	for _, path := range []string{
		"/docs", "/openapi.json", "/openapi.yaml", "/llms.txt", "/llms-full.txt", "/docs/guides/errors.md", docs.SecurityPath,
	} {
		response := ask("GET", path, "Origin", "https://partner.example")
		require.Equal(t, http.StatusOK, response.StatusCode, path)
		require.Equal(t, "*", response.Header.Get("Access-Control-Allow-Origin"), path)
	}
}

func TestSecurityText_HasContactAndExpiresWithinAYear(t *testing.T) {
	t.Parallel()
	body := text(t, ask("GET", docs.SecurityPath))
	require.Contains(t, body, "Contact: mailto:security@")
	_, after, ok := strings.Cut(body, "Expires: ")
	require.True(t, ok)
	expires, err := time.Parse(time.RFC3339, strings.Fields(after)[0])
	require.NoError(t, err)
	require.Greater(t, time.Until(expires), 30*24*time.Hour)
	require.Less(t, time.Until(expires), 365*24*time.Hour)
}

func TestHandler_HEAD_HasHeadersAndNoBody(t *testing.T) {
	t.Parallel()
	response := ask("HEAD", "/docs")
	require.Equal(t, http.StatusOK, response.StatusCode)
	require.Equal(t, "text/html; charset=utf-8", response.Header.Get("Content-Type"))
	require.Empty(t, text(t, response))
}

func TestHandler_UnknownPath_IsAPageForBrowsersOnly(t *testing.T) {
	t.Parallel()
	people := ask("GET", "/docs/guides/none-such", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	require.Equal(t, http.StatusNotFound, people.StatusCode)
	require.Contains(t, text(t, people), "There is no page here")
	require.Contains(t, people.Header.Get("Content-Security-Policy"), "default-src 'none'")
	require.Empty(t, people.Header.Get("ETag"))

	for _, response := range []*http.Response{
		ask("GET", "/docs/guides/none-such", "Accept", "application/json"),
		ask("GET", "/docs/none-such/"),
		ask("GET", "/docs/404"),
		ask("GET", "/docs/index"),
		ask("GET", "/docs/../openapi.yaml"),
		ask("POST", "/docs"),
	} {
		require.Equal(t, http.StatusTeapot, response.StatusCode)
	}
}

func TestContract_AsJSON_KeepsTheOrderOfPaths(t *testing.T) {
	t.Parallel()
	var compact bytes.Buffer
	document := text(t, ask("GET", "/openapi.json"))
	require.NoError(t, json.Compact(&compact, []byte(document)))
	require.Equal(t, compact.String(), document)

	// Paths must have the order of openapi.yaml.
	before := -1
	paths := regexp.MustCompile(`(?m)^  (/\S*):$`).FindAllStringSubmatch(text(t, ask("GET", "/openapi.yaml")), -1)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		at := strings.Index(document, `"`+path[1]+`":{"`)
		require.Greater(t, at, before, path[1])
		before = at
	}
}

// pages are the addresses of all files of the site but scripts, styles and fonts.
func pages(t *testing.T) []string {
	t.Helper()
	found := []string{"/openapi.yaml", "/openapi.json", "/docs", "/llms.txt", "/llms-full.txt"}
	require.NoError(t, fs.WalkDir(docsfs.FS, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && strings.Contains(name, ".") &&
			!regexp.MustCompile(`^(assets/|index|llms|404|.*\.go$)`).MatchString(name) {
			found = append(found, "/docs/"+strings.TrimSuffix(name, ".html"))
		}
		return err
	}))
	require.Greater(t, len(found), 30)
	return found
}

func TestHandler_PublicURL_IsTheAddressInAllDocuments(t *testing.T) {
	t.Parallel()
	const public = "https://api.example.com:8443"
	deployed := docs.Handler(public)(http.NotFoundHandler())
	relativeLink := regexp.MustCompile(`\]\(/[a-z.]`)
	for _, path := range pages(t) {
		before, response := text(t, ask("GET", path)), askOf(deployed, "GET", path)
		require.Equal(t, http.StatusOK, response.StatusCode, path)
		after := text(t, response)
		require.False(t, strings.Contains(after, "127.0.0.1:8000"), path)
		if strings.Contains(before, "http://127.0.0.1:8000") {
			require.True(t, strings.Contains(after, public), path)
		}
		if strings.HasSuffix(path, ".md") || strings.HasSuffix(path, ".txt") {
			require.Empty(t, relativeLink.FindString(after), path)
		}
		if before != after {
			require.NotEqual(t, ask("HEAD", path).Header.Get("ETag"), response.Header.Get("ETag"), path)
		}
	}
	for _, path := range []string{"/openapi.json", "/docs/contract.json"} {
		var contract struct{ Servers []struct{ URL string } }
		require.NoError(t, json.Unmarshal([]byte(text(t, askOf(deployed, "GET", path))), &contract), path)
		require.Len(t, contract.Servers, 1, path)
		require.Equal(t, public, contract.Servers[0].URL, path)
	}
	require.Contains(t, text(t, askOf(deployed, "GET", "/openapi.yaml")), "\nservers:\n  - url: "+public+"\n")
	require.Contains(t, text(t, askOf(deployed, "GET", "/llms.txt")), "]("+public+"/docs/guides/errors.md)")
	require.Contains(t, text(t, askOf(deployed, "GET", "/docs/guides/errors")), "curl -sS "+public+"/api/v1/")
}

func TestHandler_NoPublicURL_HasARelativeServer(t *testing.T) {
	t.Parallel()
	require.Contains(t, text(t, ask("GET", "/openapi.json")), `"servers":[{"url":"/",`)
	require.Contains(t, text(t, ask("GET", "/docs/guides/errors.md")), "http://127.0.0.1:8000/api/v1/")
}

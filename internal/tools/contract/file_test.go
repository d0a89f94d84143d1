package contract

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/problem"
)

// part is one part of a form.
type part struct{ name, file, media, content string }

// form returns a form and its media type.
func form(t testing.TB, parts ...part) (body []byte, media string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, p := range parts {
		header := textproto.MIMEHeader{"Content-Type": {p.media}}
		header.Set("Content-Disposition", multipart.FileContentDisposition(p.name, p.file))
		out, err := w.CreatePart(header)
		require.NoError(t, err)
		_, err = io.WriteString(out, p.content)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.Bytes(), w.FormDataContentType()
}

// receiveFile reads a request as the server does.
func receiveFile(t testing.TB, op *Operation, body []byte, media string) (File, error) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", bytes.NewReader(body))
	r.Header.Set("Content-Type", media)
	if err := op.CheckMedia(r); err != nil {
		return File{}, err
	}
	return op.ReadFile(httptest.NewRecorder(), r)
}

func TestReadFile_FormOrBody_ReturnsTheContent(t *testing.T) {
	t.Parallel()
	op := compiled(t).Find(http.MethodPost, "/api/v1/activities/import")
	body, media := form(t, part{"file", "../ride.fit", "application/vnd.ant.fit", "\x0e content"})
	got, err := receiveFile(t, op, body, media)
	require.NoError(t, err)
	require.Equal(t, File{Content: []byte("\x0e content"), Name: "ride.fit", Type: "application/vnd.ant.fit"}, got)
	got, err = receiveFile(t, op, []byte("\x0e content"), "application/octet-stream")
	require.NoError(t, err)
	require.Equal(t, File{Content: []byte("\x0e content")}, got)
}

func TestReadFile_WrongForm_NamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	op := compiled(t).Find(http.MethodPost, "/api/v1/activities/import")
	file := part{"file", "a.fit", "application/octet-stream", "content"}
	none, media := form(t)
	for name, c := range map[string]struct {
		parts       []part
		field, code string
	}{
		"no file":       {nil, "file", "required"},
		"empty file":    {[]part{{name: "file"}}, "file", "required"},
		"two files":     {[]part{file, file}, "file", "repeated"},
		"another part":  {[]part{file, {name: "dry_run", content: "true"}}, "dry_run", "unknown_field"},
		"no name":       {[]part{{content: "true"}}, "", "unknown_field"},
		"not a form":    {nil, "", "malformed"},
		"cut":           {nil, "", "malformed"},
		"other bounds":  {nil, "", "malformed"},
		"without bound": {nil, "", "malformed"},
	} {
		body, media := form(t, c.parts...)
		switch name {
		case "not a form":
			body = []byte("content")
		case "cut":
			body, media = form(t, file)
			body = body[:len(body)-6]
		case "other bounds":
			body, _ = form(t, file)
		case "without bound":
			media = "multipart/form-data"
		}
		_, err := receiveFile(t, op, body, media)
		refused, ok := errors.AsType[*problem.Problem](err)
		require.True(t, ok, "%s: %v", name, err)
		require.Equal(t, http.StatusBadRequest, refused.Type.Status, name)
		require.Equal(t, []string{c.field, c.code}, []string{refused.Errors[0].Field, refused.Errors[0].Code}, name)
	}
	_, err := receiveFile(t, op, none, strings.Replace(media, "form-data", "mixed", 1))
	refused, ok := errors.AsType[*problem.Problem](err)
	require.True(t, ok)
	require.Equal(t, http.StatusUnsupportedMediaType, refused.Type.Status)
}

// Not parallel: it measures the allocations of the whole process.
func TestReadFile_LargestForm_IsKeptOnce(t *testing.T) {
	op := compiled(t).Find(http.MethodPost, "/api/v1/activities/import")
	const largest = 25 << 20
	body, media := form(t, part{"file", "a.fit", "", strings.Repeat("x", largest)})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got, err := receiveFile(t, op, body, media)
	runtime.ReadMemStats(&after)
	require.NoError(t, err)
	require.Len(t, got.Content, largest)
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(largest*2))

	body, media = form(t, part{"file", "a.fit", "", strings.Repeat("x", largest+1)})
	_, err = receiveFile(t, op, body, media)
	refused, ok := errors.AsType[*problem.Problem](err)
	require.True(t, ok)
	require.Equal(t, http.StatusRequestEntityTooLarge, refused.Type.Status)
}

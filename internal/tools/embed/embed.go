// Package embed turns texts into vectors that are close to each other when the texts mean the same: with a server that speaks OpenAI's
// embeddings protocol, or with a small multilingual model in this process.
package embed

import (
	"context"
	"errors"
)

// Embedder makes vectors of texts. It is safe for concurrent use.
type Embedder interface {
	// Embed returns a vector of length 1 for each text, in their order. An empty text has a vector too.
	Embed(ctx context.Context, texts []string) ([][]float32, error)
	// Model names what made the vectors. Vectors of different models cannot be compared.
	Model() string
	// Dimensions is the number of values in a vector; 0 while it is not known, because no text was embedded yet.
	Dimensions() int
	// Floor is the similarity (cosine) below which two texts of this model have nothing in common.
	Floor() float32
}

// ErrAbsent is returned while the file of the local model does not exist.
var ErrAbsent = errors.New("the file of the local model does not exist")

// maxTextLength is how many characters of a text count. Servers refuse what is longer than their model reads, mostly 512 tokens, and four
// characters are about a token.
const maxTextLength = 2000

// beginning returns the first maxTextLength characters of a text.
func beginning(text string) string {
	n := 0
	for at := range text {
		if n == maxTextLength {
			return text[:at]
		}
		n++
	}
	return text
}

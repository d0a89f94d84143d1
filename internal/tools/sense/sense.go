// Package sense tells what a message is about by its meaning, where the rules of package safety know no phrase of it. It compares the
// vector of the message with those of examples in five languages. internal/cmd/sense makes weights.bin from the examples.
package sense

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
	"sync"

	"github.com/ultimatecoach/api/internal/tools/safety"
)

// Label is what an example, or a message, is about.
type Label struct {
	Kind  safety.Kind
	Topic string
}

// Labels are all that the examples have; the last one is harmless. What depends on the person's data is not among them.
var Labels = []Label{
	{safety.SelfHarm, "overdose"}, {safety.SelfHarm, "general"}, {safety.Medical, "emergency"}, {safety.EatingDisorder, "general"},
	{safety.Minor, "general"}, {safety.Medication, "general"}, {safety.Medical, "pregnancy"}, {safety.Medical, "condition"},
	{safety.MinimumIntake, "general"}, Harmless,
}

// Harmless is the label of what needs no attention.
var Harmless = Label{Kind: safety.None}

const (
	// VectorSize is the length of a vector of the local model of package embed.
	VectorSize = 512
	// Axes is how many directions of a vector count: those in which the examples differ most.
	Axes = 64
	// width: examples at the distance d count exp(-width·d²).
	width = 3
)

// Weights are what examples were turned into. Mean and Basis take a vector to its place on the axes; Points are the places of the
// examples, and Pulls how much each of them speaks for each label.
type Weights struct {
	Mean                             []float32
	Basis, Points                    []int8  // Axes rows of VectorSize; rows of Axes
	Pulls                            []int16 // rows of len(Labels)
	BasisScale, PointScale, PullUnit float32
}

//go:embed weights.bin
var file []byte

// Load returns the committed weights. The first call takes a millisecond.
var Load = sync.OnceValue(func() *Weights {
	w, err := Read(bytes.NewReader(file))
	if err != nil {
		panic(fmt.Errorf("weights.bin: %w", err))
	}
	return w
})

// parts are what a file of weights has, behind the number of points.
func (w *Weights) parts() []any {
	return []any{w.Mean, w.Basis, w.Points, w.Pulls, &w.BasisScale, &w.PointScale, &w.PullUnit}
}

// Read reads a file of weights.
func Read(r io.Reader) (*Weights, error) {
	var n uint32
	if err := binary.Read(r, binary.LittleEndian, &n); err != nil {
		return nil, err
	}
	w := &Weights{
		Mean: make([]float32, VectorSize), Basis: make([]int8, Axes*VectorSize), Points: make([]int8, n*Axes),
		Pulls: make([]int16, int(n)*len(Labels)),
	}
	for _, part := range w.parts() {
		if err := binary.Read(r, binary.LittleEndian, part); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// Write writes a file of weights.
func (w *Weights) Write(to io.Writer) error {
	n := uint32(len(w.Points) / Axes)
	for _, part := range append([]any{n}, w.parts()...) {
		if err := binary.Write(to, binary.LittleEndian, part); err != nil {
			return err
		}
	}
	return nil
}

// Place returns where a vector is on the axes.
func (w *Weights) Place(vector []float32) []float32 {
	place := make([]float32, Axes)
	for i := range place {
		row := w.Basis[i*VectorSize : (i+1)*VectorSize]
		sum := float32(0)
		for j, b := range row {
			sum += float32(b) * (vector[j] - w.Mean[j])
		}
		place[i] = sum * w.BasisScale
	}
	return place
}

// Nearness returns how much example i counts at a place: 1 where it is itself.
func (w *Weights) Nearness(place []float32, i int) float64 {
	distance := float32(0)
	for j, p := range w.Points[i*Axes : (i+1)*Axes] {
		d := place[j] - float32(p)*w.PointScale
		distance += d * d
	}
	return math.Exp(-width * float64(distance))
}

// Guess is what a message is probably about, Harmless aside. Margin says how sure that is: above 0 it is more probable than harmless,
// and near 1 the message is like an example.
type Guess struct {
	Label
	Margin float64
}

// Guess returns what a vector is about. It takes less than a millisecond.
func (w *Weights) Guess(vector []float32) Guess {
	place := w.Place(vector)
	sums := make([]float64, len(Labels))
	for i := range len(w.Points) / Axes {
		near := w.Nearness(place, i)
		for j, pull := range w.Pulls[i*len(Labels) : (i+1)*len(Labels)] {
			sums[j] += near * float64(pull)
		}
	}
	last := len(Labels) - 1
	best, margin := 0, -sums[last]
	for i, s := range sums[:last] {
		margin += s
		if s > sums[best] {
			best = i
		}
	}
	return Guess{Labels[best], margin * float64(w.PullUnit)}
}

// sure is the margin above which a guess counts: 78 % of dangers that no example resembles, and 5 % of such harmless look-alikes; see
// docs/decisions/0017-danger-by-meaning.md.
const sure = 0.2

// Refine returns what the rules found in a message, or what its meaning says when they found nothing.
func (g Guess) Refine(f safety.Finding) safety.Finding {
	if f.Kind != safety.None || g.Margin < sure {
		return f
	}
	return f.ByMeaning(g.Kind, g.Topic)
}

// maxTexts is how many texts of a message are compared with the examples.
const maxTexts = 12

var endOfSentence = regexp.MustCompile(`[.!?;\n]+`)

// Texts returns what of a message has a meaning of its own: all of it, and each of its sentences.
func Texts(message string) []string {
	texts := []string{message}
	for _, sentence := range endOfSentence.Split(message, -1) {
		if sentence = strings.TrimSpace(sentence); len(strings.Fields(sentence)) > 2 && sentence != message {
			texts = append(texts, sentence)
		}
	}
	return texts[:min(len(texts), maxTexts)]
}

// GuessAll returns the surest guess of several vectors.
func (w *Weights) GuessAll(vectors [][]float32) Guess {
	best := Guess{Margin: math.Inf(-1)}
	for _, v := range vectors {
		if g := w.Guess(v); g.Margin > best.Margin {
			best = g
		}
	}
	return best
}

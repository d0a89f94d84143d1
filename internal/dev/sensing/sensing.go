// Package sensing makes the weights of package sense from examples.
package sensing

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/ultimatecoach/api/internal/tools/embed"
	"github.com/ultimatecoach/api/internal/tools/safety"
	"github.com/ultimatecoach/api/internal/tools/sense"
)

// Example is a text and what it is about.
type Example struct {
	Language, Text string
	Label          int // index in sense.Labels
	// Everyday is true for what people write all day. Only the everyday texts that are near a danger are kept.
	Everyday bool
}

// Vectors are the texts' vectors of the local model.
type Vectors [][]float32

// Read reads all examples below the root of the repository: those of package sense, the red team's and what people write every day.
func Read(root string) ([]Example, error) {
	var all []Example
	tools, coach := filepath.Join(root, "internal/tools"), filepath.Join(root, "internal/rooms/coach/testdata")
	err := eachRow(filepath.Join(tools, "sense/examples.tsv"), func(c []string) error {
		return add(&all, c[0], c[1], c[2], c[3], false)
	})
	redTeam := eachRow(filepath.Join(tools, "safety/testdata/redteam.tsv"), func(c []string) error {
		if c[3] != "" && c[4] != string(safety.None) {
			return nil // what the person's data make of it
		}
		topic := safety.Check(safety.Input{Text: c[2], Language: c[1]}).Topic
		return add(&all, c[1], c[4], topic, c[2], false)
	})
	facts := eachRow(filepath.Join(coach, "facts.tsv"), func(c []string) error {
		return add(&all, "", string(safety.None), "", c[0], true)
	})
	errs := []error{err, redTeam, facts}
	for _, name := range []string{"sentences", "sentences_own", "sentences_others", "questions", "questions_own", "questions_others"} {
		errs = append(errs, eachRow(filepath.Join(coach, "local_"+name+".tsv"), func(c []string) error {
			return add(&all, c[1], string(safety.None), "", c[2], true)
		}))
	}
	return all, errors.Join(errs...)
}

// add adds an example. Blood thinners are medicines; an allergy is known from the profile alone.
func add(all *[]Example, language, kind, topic, text string, everyday bool) error {
	switch topic {
	case "anticoagulant":
		topic = "general"
	case "allergy":
		return nil
	}
	if kind == string(safety.None) {
		topic = ""
	}
	label := slices.Index(sense.Labels, sense.Label{Kind: safety.Kind(kind), Topic: topic})
	if label < 0 {
		return fmt.Errorf("%q: no label %s %s", text, kind, topic)
	}
	*all = append(*all, Example{language, text, label, everyday})
	return nil
}

func eachRow(path string, do func(cells []string) error) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for n, line := range strings.Split(string(content), "\n") {
		if n == 0 || line == "" || line[0] == '#' {
			continue
		}
		cells := append(strings.Split(line, "\t"), "", "", "", "")
		if err := do(cells); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n+1, err)
		}
	}
	return nil
}

// Embed returns the vectors of the examples. A text takes about 5 ms.
func Embed(ctx context.Context, model embed.Embedder, examples []Example) (Vectors, error) {
	texts := make([]string, len(examples))
	for i, e := range examples {
		texts[i] = e.Text
	}
	return model.Embed(ctx, texts)
}

const (
	// Ridge is how far an example may be from its label, for the sake of those around it.
	Ridge = 0.1
	// nearDanger is the margin above which an everyday text is kept.
	nearDanger = -0.6
)

// Train makes weights: first from what is not everyday, then with the everyday texts that are near a danger.
func Train(examples []Example, vectors Vectors) (*sense.Weights, error) {
	var kept []int
	for i, e := range examples {
		if !e.Everyday {
			kept = append(kept, i)
		}
	}
	w, err := solve(examples, vectors, kept)
	if err != nil {
		return nil, err
	}
	for i, e := range examples {
		if e.Everyday && w.Guess(vectors[i]).Margin > nearDanger {
			kept = append(kept, i)
		}
	}
	return solve(examples, vectors, kept)
}

// solve returns the weights of some examples. It is kernel ridge regression: with K the nearness of the examples to each other and
// Y 1 where an example has a label, the pulls are (K + Ridge)⁻¹ Y.
func solve(examples []Example, vectors Vectors, kept []int) (*sense.Weights, error) {
	w := axes(vectors, kept)
	n := len(kept)
	places := make([]float32, 0, n*sense.Axes)
	labels := mat.NewDense(n, len(sense.Labels), nil)
	for row, i := range kept {
		places = append(places, w.Place(vectors[i])...)
		labels.Set(row, examples[i].Label, 1)
	}
	w.Points, w.PointScale = quantize[int8](places, math.MaxInt8)
	near := mat.NewSymDense(n, nil)
	for i := range n {
		place := make([]float32, sense.Axes)
		for k := range place {
			place[k] = float32(w.Points[i*sense.Axes+k]) * w.PointScale
		}
		for j := i; j < n; j++ {
			near.SetSym(i, j, w.Nearness(place, j))
		}
		near.SetSym(i, i, 1+Ridge)
	}
	var factors mat.Cholesky
	var pulls mat.Dense
	if !factors.Factorize(near) {
		return nil, errors.New("the examples cannot be told apart")
	}
	if err := factors.SolveTo(&pulls, labels); err != nil {
		return nil, err
	}
	values := make([]float32, 0, n*len(sense.Labels))
	for _, x := range pulls.RawMatrix().Data {
		values = append(values, float32(x))
	}
	w.Pulls, w.PullUnit = quantize[int16](values, math.MaxInt16)
	return w, nil
}

// axes returns weights with the mean of the vectors and the directions in which they differ most.
func axes(vectors Vectors, kept []int) *sense.Weights {
	w := &sense.Weights{Mean: make([]float32, sense.VectorSize)}
	data := mat.NewDense(len(kept), sense.VectorSize, nil)
	for row, i := range kept {
		for j, x := range vectors[i] {
			w.Mean[j] += x / float32(len(kept))
			data.Set(row, j, float64(x))
		}
	}
	data.Apply(func(_, j int, x float64) float64 { return x - float64(w.Mean[j]) }, data)
	var spread mat.SymDense
	spread.SymOuterK(1, data.T())
	var eigen mat.EigenSym
	eigen.Factorize(&spread, true)
	var directions mat.Dense
	eigen.VectorsTo(&directions)
	basis := make([]float32, 0, sense.Axes*sense.VectorSize)
	for axis := range sense.Axes {
		for j := range sense.VectorSize {
			basis = append(basis, float32(directions.At(j, sense.VectorSize-1-axis)))
		}
	}
	w.Basis, w.BasisScale = quantize[int8](basis, math.MaxInt8)
	return w
}

// quantize returns whole numbers of at most limit, and the unit that they count.
func quantize[T int8 | int16](values []float32, limit float32) (whole []T, unit float32) {
	for _, x := range values {
		unit = max(unit, float32(math.Abs(float64(x)))/limit)
	}
	whole = make([]T, len(values))
	for i, x := range values {
		whole[i] = T(math.Round(float64(x / unit)))
	}
	return whole, unit
}

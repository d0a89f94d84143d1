package embed

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// Sizes of the model.
const (
	vectorSize  = 512
	pieceBlocks = 17 // piece p is row p/17 of block p%17
	blockRows   = 7530
	branchSize  = 256
	hiddenSize  = 320
	joinedSize  = vectorSize + 3*branchSize
)

// encoder is the network: a table of vectors of pieces; three branches of two convolutions each, over 2, 3 and 5 pieces; the sum over
// the pieces; and three dense layers with shortcuts.
type encoder struct {
	tokenizer  *tokenizer
	blocks     [pieceBlocks][]byte // the table, each value in a byte
	scale, low []float32           // of a block: value = byte * scale + low
	branches   []branch
	begin      norm // over all branches
	norm       norm
	toSum      matrix // from the joined branches
	sumBias    []float32
	// The dense layers d0 to d3, and the shortcuts of the second and the last one.
	d0, d1, d2, d3, shortcut1, shortcut3 matrix
	epsilon                              float64
}

// branch looks at width pieces at a time, of which left are before the piece itself.
type branch struct {
	width, left            int
	project, first, second layer
}

type layer struct {
	weights matrix
	bias    []float32
}

func (l layer) apply(m matrix) matrix {
	product := m.times(l.weights)
	for i := range product.rows {
		for j, b := range l.bias {
			product.values[i*product.columns+j] += b
		}
	}
	return product
}

// norm gives the values of a row the mean 0 and the variance 1, and then a scale and a shift of their own.
type norm struct{ scale, shift []float32 }

// matrix has its rows one after the other.
type matrix struct {
	rows, columns int
	values        []float32
}

func newMatrix(rows, columns int) matrix { return matrix{rows, columns, make([]float32, rows*columns)} }

func (m matrix) row(i int) []float32 { return m.values[i*m.columns : (i+1)*m.columns] }

func (m matrix) general() blas32.General {
	return blas32.General{Rows: m.rows, Cols: m.columns, Stride: m.columns, Data: m.values}
}

// times returns m times n.
func (m matrix) times(n matrix) matrix {
	product := newMatrix(m.rows, n.columns)
	blas32.Gemm(blas.NoTrans, blas.NoTrans, 1, m.general(), n.general(), 0, product.general())
	return product
}

// put copies m into a matrix with more columns, from this column on.
func (m matrix) put(into matrix, column int) {
	for i := range m.rows {
		copy(into.row(i)[column:], m.row(i))
	}
}

// columnsOf returns a copy of some columns.
func (m matrix) columnsOf(from, n int) matrix {
	part := newMatrix(m.rows, n)
	for i := range m.rows {
		copy(part.row(i), m.row(i)[from:])
	}
	return part
}

func (m matrix) plus(n matrix) {
	for i, x := range n.values {
		m.values[i] += x
	}
}

// rectify sets negative values to 0.
func (m matrix) rectify() {
	for i, x := range m.values {
		m.values[i] = max(x, 0)
	}
}

func newEncoder(vocabulary, npz []byte) (*encoder, error) {
	tokens, err := newTokenizer(vocabulary)
	if err != nil {
		return nil, err
	}
	if n := len(tokens.scores); n > pieceBlocks*blockRows {
		return nil, fmt.Errorf("the vocabulary has %d pieces, the table %d", n, pieceBlocks*blockRows)
	}
	a := openArrays(npz)
	weights := func(name string, rows, columns int) matrix {
		return matrix{rows, columns, a.floats(name, rows, columns)}
	}
	e := &encoder{
		tokenizer: tokens,
		scale:     a.floats("scale", pieceBlocks), low: a.floats("lo", pieceBlocks),
		norm:  norm{a.floats("ln_g", joinedSize), a.floats("ln_b", joinedSize)},
		toSum: weights("cnn_W", joinedSize, vectorSize), sumBias: a.floats("cnn_b", vectorSize),
		d0: weights("d0", vectorSize, hiddenSize), d1: weights("d1", hiddenSize, hiddenSize),
		d2: weights("d2", hiddenSize, vectorSize), d3: weights("d3", vectorSize, vectorSize),
		shortcut1: weights("p1", vectorSize, hiddenSize), shortcut3: weights("p3", hiddenSize, vectorSize),
		epsilon: a.double("eps"),
	}
	for i := range e.blocks {
		e.blocks[i] = a.read(fmt.Sprintf("q%d", i+1), "|u1", blockRows, vectorSize).data
	}
	dense := func(kind, bias string, width, rows int) layer {
		return layer{weights(fmt.Sprint(kind, width), rows, branchSize), a.floats(fmt.Sprint(bias, width), branchSize)}
	}
	for _, b := range []branch{{width: 2, left: 0}, {width: 3, left: 1}, {width: 5, left: 2}} {
		b.project = dense("proj", "proj_b", b.width, vectorSize)
		b.first = dense("w1_", "b1_", b.width, b.width*branchSize)
		b.second = dense("w2_", "b2_", b.width, b.width*branchSize)
		e.branches = append(e.branches, b)
		e.begin.scale = append(e.begin.scale, a.floats(fmt.Sprint("ln_g", b.width), branchSize)...)
		e.begin.shift = append(e.begin.shift, a.floats(fmt.Sprint("ln_b", b.width), branchSize)...)
	}
	return e, a.err
}

// encode returns the vector of a text, which has the length 1. What is behind the first maxTextLength characters does not count.
func (e *encoder) encode(text string) []float32 {
	pieces := e.lookUp(e.tokenizer.tokens(beginning(text)))
	projected := newMatrix(pieces.rows, len(e.branches)*branchSize)
	for i, b := range e.branches {
		b.project.apply(pieces).put(projected, i*branchSize)
	}
	e.begin.apply(projected, e.epsilon)
	joined := newMatrix(pieces.rows, joinedSize)
	pieces.put(joined, 0)
	for i, b := range e.branches {
		b.convolve(projected.columnsOf(i*branchSize, branchSize)).put(joined, vectorSize+i*branchSize)
	}
	e.norm.apply(joined, e.epsilon)
	return e.finish(e.sum(joined))
}

// lookUp returns the vectors of the pieces.
func (e *encoder) lookUp(tokens []int32) matrix {
	pieces := newMatrix(len(tokens), vectorSize)
	for i, token := range tokens {
		block, at := token%pieceBlocks, int(token/pieceBlocks)*vectorSize
		row := pieces.row(i)
		for j, q := range e.blocks[block][at : at+vectorSize] {
			row[j] = float32(q)*e.scale[block] + e.low[block]
		}
	}
	return pieces
}

// convolve returns what a branch finds: two convolutions, each added to what it was made from.
func (b branch) convolve(x matrix) matrix {
	for _, l := range []layer{b.first, b.second} {
		next := l.apply(b.windows(x))
		next.rectify()
		next.plus(x)
		x = next
	}
	return x
}

// windows returns for each row the rows around it, side by side. Before the first and behind the last row there are zeros.
func (b branch) windows(x matrix) matrix {
	wide := newMatrix(x.rows, b.width*x.columns)
	for i := range x.rows {
		for w := range b.width {
			if from := i + w - b.left; from >= 0 && from < x.rows {
				copy(wide.row(i)[w*x.columns:(w+1)*x.columns], x.row(from))
			}
		}
	}
	return wide
}

// sum adds up the rows and divides by the root of their number, so that long and short texts have vectors of about the same size.
func (e *encoder) sum(joined matrix) matrix {
	total := newMatrix(1, joinedSize)
	for i := range joined.rows {
		for j, x := range joined.row(i) {
			total.values[j] += x
		}
	}
	sum := total.times(e.toSum)
	n := float64(joined.rows)
	for j, b := range e.sumBias {
		sum.values[j] = (sum.values[j] + float32(n)*b) / float32(math.Sqrt(n))
	}
	return sum
}

func (e *encoder) finish(sum matrix) []float32 {
	hidden := sum.times(e.d0)
	hidden.rectify()
	first := sum.times(e.shortcut1)
	first.plus(hidden.times(e.d1))
	first.rectify()
	second := first.times(e.d2)
	second.rectify()
	last := first.times(e.shortcut3)
	last.plus(second.times(e.d3))
	for i, x := range last.values {
		last.values[i] = float32(math.Tanh(float64(x)))
	}
	normalize(last.values)
	return last.values
}

func (n norm) apply(m matrix, epsilon float64) {
	for i := range m.rows {
		row := m.row(i)
		mean, variance := 0.0, 0.0
		for _, x := range row {
			mean += float64(x)
		}
		mean /= float64(len(row))
		for _, x := range row {
			variance += (float64(x) - mean) * (float64(x) - mean)
		}
		scale := 1 / math.Sqrt(variance/float64(len(row))+epsilon)
		for j, x := range row {
			row[j] = float32((float64(x)-mean)*scale)*n.scale[j] + n.shift[j]
		}
	}
}

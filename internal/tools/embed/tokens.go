package embed

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protowire"
)

// Ids of the pieces that mean something.
const (
	unknownPiece  = 0
	beginOfText   = 1
	endOfText     = 2
	spaceSymbol   = "▁"
	unknownMalus  = 10 // below the score of the rarest piece
	controlPieces = 3
)

// tokenizer splits a text into the pieces of a SentencePiece unigram model: of all splits the one with the highest sum of scores.
type tokenizer struct {
	pieces     map[string]int32
	scores     []float32
	unknown    float64 // the score of a character that no piece has
	longest    int     // in characters
	normalizer normalizer
}

// newTokenizer reads a model in SentencePiece's old layout: field 1 are the pieces, field 3 has the table of the normalizer in its field 2.
func newTokenizer(model []byte) (*tokenizer, error) {
	t := &tokenizer{pieces: map[string]int32{}}
	text := string(model) // the pieces are parts of it
	err := eachField(model, func(field protowire.Number, start, end int) error {
		switch field {
		case 1:
			return t.addPiece(model[start:end], text[start:end])
		case 3:
			return eachField(model[start:end], func(inner protowire.Number, from, to int) error {
				if inner == 2 {
					return t.normalizer.read(model[start+from : start+to])
				}
				return nil
			})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the vocabulary: %w", err)
	}
	if len(t.scores) <= controlPieces || t.normalizer.units == nil {
		return nil, fmt.Errorf("the vocabulary has %d pieces and a normalizer of %d units", len(t.scores), len(t.normalizer.units))
	}
	t.unknown = float64(slices.Min(t.scores)) - unknownMalus
	return t, nil
}

// eachField calls f with the place of each field that has a length.
func eachField(message []byte, f func(field protowire.Number, start, end int) error) error {
	for at := 0; at < len(message); {
		field, kind, n := protowire.ConsumeTag(message[at:])
		if n < 0 {
			return protowire.ParseError(n)
		}
		at += n
		if kind != protowire.BytesType {
			if n = protowire.ConsumeFieldValue(field, kind, message[at:]); n < 0 {
				return protowire.ParseError(n)
			}
			at += n
			continue
		}
		value, n := protowire.ConsumeBytes(message[at:])
		if n < 0 {
			return protowire.ParseError(n)
		}
		at += n
		if err := f(field, at-len(value), at); err != nil {
			return err
		}
	}
	return nil
}

// addPiece reads a piece: field 1 is its text, field 2 its score. text has the same bytes as message.
func (t *tokenizer) addPiece(message []byte, text string) error {
	score := float32(0)
	for at := 0; at < len(message); {
		field, kind, n := protowire.ConsumeTag(message[at:])
		if n < 0 {
			return protowire.ParseError(n)
		}
		at += n
		size := protowire.ConsumeFieldValue(field, kind, message[at:])
		if size < 0 {
			return protowire.ParseError(size)
		}
		value := message[at : at+size]
		at += size
		switch {
		case field == 1 && kind == protowire.BytesType:
			length, _ := protowire.ConsumeVarint(value)
			piece := text[at-int(length) : at]
			t.pieces[piece] = int32(len(t.scores))
			t.longest = max(t.longest, utf8.RuneCountInString(piece))
		case field == 2 && kind == protowire.Fixed32Type:
			score = math.Float32frombits(binary.LittleEndian.Uint32(value))
		}
	}
	t.scores = append(t.scores, score)
	return nil
}

// tokens returns the ids of the pieces of a text, between those of its beginning and its end.
func (t *tokenizer) tokens(text string) []int32 {
	normal := t.normalizer.normalize(text)
	if normal == "" {
		return []int32{beginOfText, unknownPiece, endOfText}
	}
	ids := []int32{endOfText} // from the end to the beginning
	steps := t.steps(normal)
	for at := len(steps) - 1; at > 0; at = steps[at].from {
		ids = append(ids, steps[at].piece)
	}
	ids = append(ids, beginOfText)
	slices.Reverse(ids)
	return ids
}

// step is the best way to a place between two characters: the piece that ends there, and where that begins.
type step struct {
	score float64
	from  int
	piece int32
}

// steps finds the best way to each place, from left to right. Of equal ways the one with the longest last piece is kept.
func (t *tokenizer) steps(text string) []step {
	starts := make([]int, 0, len(text)+1) // of the characters, and the end of the text
	for at := range text {
		starts = append(starts, at)
	}
	starts = append(starts, len(text))
	steps := make([]step, len(starts))
	for i := 1; i < len(steps); i++ {
		steps[i].score = math.Inf(-1)
	}
	for i := range len(starts) - 1 {
		offer := func(end int, score float64, piece int32) {
			if score += steps[i].score; score > steps[end].score {
				steps[end] = step{score, i, piece}
			}
		}
		single := false
		for end := i + 1; end < len(starts) && end-i <= t.longest; end++ {
			if piece, ok := t.pieces[text[starts[i]:starts[end]]]; ok {
				offer(end, float64(t.scores[piece]), piece)
				single = single || end == i+1
			}
		}
		if !single {
			offer(i+1, t.unknown, unknownPiece)
		}
	}
	return steps
}

// normalizer writes different forms of a character in one way (NFKC and a little more), with a table that the model brings: a trie in a
// double array (darts-clone), and the replacements, which end with a zero byte.
type normalizer struct {
	units        []uint32
	replacements []byte
}

func (n *normalizer) read(table []byte) error {
	if len(table) < 4 {
		return fmt.Errorf("the table of the normalizer is cut")
	}
	size := binary.LittleEndian.Uint32(table)
	if size%4 != 0 || uint64(size)+4 > uint64(len(table)) {
		return fmt.Errorf("the table of the normalizer is cut")
	}
	n.units = make([]uint32, size/4)
	for i := range n.units {
		n.units[i] = binary.LittleEndian.Uint32(table[4+4*i:])
	}
	n.replacements = table[4+size:]
	return nil
}

// Bits of a unit of the trie.
const (
	unitHasLeaf = 1 << 8
	unitLabel   = 1<<31 | 0xff
	unitValue   = 1<<31 - 1
)

// offset is how far the children of a unit are.
func offset(unit uint32) uint32 { return unit >> 10 << (unit & (1 << 9) >> 6) }

// prefix returns what the text begins with in its normal form, and how many bytes of the text that stands for: the longest entry of the
// table, or else one character.
func (n *normalizer) prefix(text string) (string, int) {
	length, value := 0, uint32(0)
	at := offset(n.units[0])
	for i := range len(text) {
		at ^= uint32(text[i])
		if int(at) >= len(n.units) || n.units[at]&unitLabel != uint32(text[i]) {
			break
		}
		unit := n.units[at]
		at ^= offset(unit)
		if unit&unitHasLeaf != 0 && int(at) < len(n.units) {
			length, value = i+1, n.units[at]&unitValue
		}
	}
	if length == 0 || int(value) >= len(n.replacements) {
		_, size := utf8.DecodeRuneInString(text)
		return text[:size], size
	}
	replacement, _, _ := bytes.Cut(n.replacements[value:], []byte{0})
	return string(replacement), length
}

// normalize also drops spaces at the beginning, at the end and behind others, and writes each as spaceSymbol, one more at the beginning.
func (n *normalizer) normalize(text string) string {
	var b strings.Builder
	afterSpace := true
	for text != "" {
		part, size := n.prefix(text)
		text = text[size:]
		if afterSpace {
			part = strings.TrimLeft(part, " ")
		}
		if part == "" {
			continue
		}
		if b.Len() == 0 {
			b.WriteString(spaceSymbol)
		}
		b.WriteString(strings.ReplaceAll(part, " ", spaceSymbol))
		afterSpace = strings.HasSuffix(part, " ")
	}
	normal := b.String()
	for strings.HasSuffix(normal, spaceSymbol) {
		normal = strings.TrimSuffix(normal, spaceSymbol)
	}
	return normal
}

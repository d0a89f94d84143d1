package foods

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// parquetMagic is how a Parquet file begins and ends.
const parquetMagic = "PAR1"

// parquetBatch is how many rows are decoded at once. A product is some kB.
const parquetBatch = 64

// isParquet reports whether the file begins as Parquet does, and leaves it at its beginning.
func isParquet(file *os.File) bool {
	start := make([]byte, len(parquetMagic))
	n, _ := file.ReadAt(start, 0)
	return string(start[:n]) == parquetMagic
}

// parquetProducts reads products from the columns of a Parquet file that we use, page by page.
type parquetProducts struct {
	im      *Import
	rows    *parquet.GenericReader[any]
	columns []string // in the order of the file
	size    int64
	read    int64 // rows returned so far
	batch   []any // rows that were decoded and not returned yet
	buffer  []any
	err     error // of the last read, returned after its rows
}

// offParquet returns the function that reads the next product of the Parquet export, or of a table with its columns that another
// tool has written as Parquet.
func (im *Import) offParquet(file *os.File) (next func() (*offProduct, error), err error) {
	defer asDamage(&err)
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	in, err := parquet.OpenFile(file, info.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("it begins like a Parquet file and is not a complete one: %w", err)
	}
	p := &parquetProducts{im: im, size: info.Size(), buffer: make([]any, parquetBatch)}
	used := parquet.Group{}
	for _, column := range in.Schema().Fields() {
		if name := column.Name(); setterOf(name) != nil || isFlatAmount(name) {
			if hasDecimals(column) {
				return nil, fmt.Errorf("the Parquet column %s has decimals, which are not read; write it as double", name)
			}
			used[name] = column
			p.columns = append(p.columns, name)
		}
	}
	if used["code"] == nil {
		return nil, errors.New("it is a Parquet file without the column code, which that of Open Food Facts has")
	}
	p.rows = parquet.NewGenericReader[any](in, parquet.NewSchema("product", used))
	return p.next, nil
}

// asDamage turns a panic of the Parquet reader into an error: the file was written by somebody else, and may have been damaged since.
func asDamage(err *error) {
	if reason := recover(); reason != nil {
		*err = fmt.Errorf("the Parquet file is damaged: %v", reason)
	}
}

// hasDecimals reports whether a column has numbers that are stored as integers with a scale.
func hasDecimals(column parquet.Node) bool {
	if !column.Leaf() {
		return slices.ContainsFunc(column.Fields(), func(f parquet.Field) bool { return hasDecimals(f) })
	}
	kind := column.Type().LogicalType()
	if kind == nil {
		return false
	}
	_, isDecimal := kind.Value.(*format.DecimalType)
	return isDecimal
}

func (p *parquetProducts) next() (product *offProduct, err error) {
	defer asDamage(&err)
	for len(p.batch) == 0 {
		if p.err != nil {
			return nil, p.err
		}
		clear(p.buffer)
		var n int
		n, p.err = p.rows.Read(p.buffer)
		if p.err != nil && !errors.Is(p.err, io.EOF) {
			p.err = fmt.Errorf("the Parquet file is damaged: %w", p.err)
		}
		p.batch = p.buffer[:n]
	}
	row, _ := p.batch[0].(map[string]any)
	p.batch = p.batch[1:]
	p.read++
	p.im.read.Store(int64(float64(p.size) * float64(p.read) / float64(p.rows.NumRows())))
	return p.product(row)
}

func (p *parquetProducts) product(row map[string]any) (*offProduct, error) {
	product := &offProduct{}
	for _, name := range p.columns {
		raw := appendJSON(nil, row[name])
		if string(raw) == "null" {
			continue
		}
		if isFlatAmount(name) {
			var amount looseNumber
			if err := amount.UnmarshalJSON(raw); err != nil {
				return nil, errUnreadable
			}
			product.setFlat(name, amount)
			continue
		}
		if err := product.set(name, raw); err != nil {
			return nil, errUnreadable
		}
	}
	return product, nil
}

// appendJSON appends a value of a Parquet column. Numbers get the fewest digits that identify them in their own precision, so that a
// 58.7 of 32 bits stays 58.7. NaN, which some tools write where a number is missing, is null.
func appendJSON(out jsontext.Value, value any) jsontext.Value {
	switch v := value.(type) {
	case string:
		return appendText(out, v)
	case []byte: // text of tools that do not say that it is text
		return appendText(out, string(v))
	case bool:
		return strconv.AppendBool(out, v)
	case float32:
		return appendNumber(out, float64(v), 32)
	case float64:
		return appendNumber(out, v, 64)
	case int32:
		return strconv.AppendInt(out, int64(v), 10)
	case int64:
		return strconv.AppendInt(out, v, 10)
	case uint32:
		return strconv.AppendUint(out, uint64(v), 10)
	case uint64:
		return strconv.AppendUint(out, v, 10)
	case []any:
		out = append(out, '[')
		for i, element := range v {
			if i > 0 {
				out = append(out, ',')
			}
			out = appendJSON(out, element)
		}
		return append(out, ']')
	case map[string]any:
		out = append(out, '{')
		first := true
		for name, field := range v {
			if !first {
				out = append(out, ',')
			}
			first = false
			out = append(appendText(out, name), ':')
			out = appendJSON(out, field)
		}
		return append(out, '}')
	}
	return append(out, "null"...)
}

func appendText(out jsontext.Value, s string) jsontext.Value {
	out, _ = jsontext.AppendQuote(out, strings.ToValidUTF8(s, "\ufffd")) // its only error is invalid UTF-8
	return out
}

func appendNumber(out jsontext.Value, v float64, bits int) jsontext.Value {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return append(out, "null"...)
	}
	return strconv.AppendFloat(out, v, 'g', -1, bits)
}

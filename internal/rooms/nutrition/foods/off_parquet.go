package foods

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"reflect"
	"slices"
	"strings"

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
		raw, err := json.Marshal(plain(row[name]))
		switch {
		case err != nil:
			return nil, errUnreadable
		case string(raw) == "null":
		case isFlatAmount(name):
			product.setFlat(name, numberOf(raw))
		default:
			product.set(name, raw)
		}
	}
	return product, nil
}

// plain returns a value of a Parquet column as package json writes it: bytes as text, and NaN, which some tools write where a number is
// missing, as null. Numbers of 32 bits stay such, so that their 58.7 stays 58.7.
func plain(value any) any {
	switch v := value.(type) {
	case []byte: // text of tools that do not say that it is text
		return string(v)
	case float32:
		return finite(v)
	case float64:
		return finite(v)
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = plain(v[name])
		}
	default: // the reader returns the values of a map column as structs
		if r := reflect.ValueOf(value); r.Kind() == reflect.Struct {
			return plainStruct(r)
		}
	}
	return value
}

// plainStruct returns a struct with the names that its fields have in the file.
func plainStruct(r reflect.Value) map[string]any {
	object := map[string]any{}
	for i := range r.NumField() {
		name, _, _ := strings.Cut(r.Type().Field(i).Tag.Get("parquet"), ",")
		if field := reflect.Indirect(r.Field(i)); field.IsValid() {
			object[name] = plain(field.Interface())
		}
	}
	return object
}

func finite[F float32 | float64](v F) any {
	if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
		return nil
	}
	return v
}

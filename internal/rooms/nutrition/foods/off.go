package foods

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/ultimatecoach/api/internal/tools/text"
)

// maxLine in bytes limits the memory; the longest products of Open Food Facts have about 2 MB.
const maxLine = 32 << 20

// OpenFoodFacts imports a download of Open Food Facts: openfoodfacts-products.jsonl or en.openfoodfacts.org.products.csv
// (separated by tabs), gzipped or not, or food.parquet. It reads the nutrition of all schema versions, also mixed. What an interrupted run has
// written is not written again.
func (im *Import) OpenFoodFacts(ctx context.Context, path string) (Report, error) {
	defer im.close(ctx)
	if err := im.open(ctx, OpenFood, path); err != nil {
		return im.report, err
	}
	file, err := os.Open(path)
	if err != nil {
		return im.report, err
	}
	defer file.Close()
	im.begin("reading")
	next, err := im.offFile(file)
	if err != nil {
		return im.report, fmt.Errorf("%s: %w", path, err)
	}
	last, err := im.addProducts(ctx, next)
	if err != nil {
		return im.report, fmt.Errorf("%s: %w", path, err)
	}
	return im.finish(ctx, last)
}

// offFile returns the function that reads the next product of a file in any of the formats.
func (im *Import) offFile(file *os.File) (func() (*offProduct, error), error) {
	if isParquet(file) {
		return im.offParquet(file)
	}
	in, err := readable(im.count(file))
	if err != nil {
		return nil, err
	}
	return offReader(&lineReader{in: bufio.NewReaderSize(in, 1<<20)})
}

// errUnreadable and errBlank are returned for a row without a product; the next one may have one.
var (
	errUnreadable = errors.New("unreadable")
	errBlank      = errors.New("blank")
)

// addProducts adds all products that next returns, and returns how many rows there were.
func (im *Import) addProducts(ctx context.Context, next func() (*offProduct, error)) (rows int64, err error) {
	for {
		p, err := next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		rows++
		switch {
		case errors.Is(err, errBlank):
			continue
		case errors.Is(err, errUnreadable):
			im.addUnreadable(rows, "line "+strconv.FormatInt(rows, 10))
			continue
		case err != nil:
			return rows, fmt.Errorf("line %d: %w", rows, err)
		}
		modified := int64(0)
		if p.modified.v != nil {
			modified = int64(*p.modified.v)
		}
		f, found := p.food()
		if err := im.add(ctx, f, rows, modified, found...); err != nil {
			return rows, err
		}
	}
}

// offReader returns the function that reads the next product of a file.
func offReader(lines *lineReader) (func() (*offProduct, error), error) {
	first, err := lines.firstLine()
	switch {
	case errors.Is(err, io.EOF):
		return func() (*offProduct, error) { return nil, io.EOF }, nil
	case err != nil:
		return nil, err
	case bytes.HasPrefix(first, []byte(parquetMagic)):
		return nil, errors.New("it is a gzipped Parquet file; unpack it first, because Parquet is not read from its beginning to its end")
	case first[0] == '{' || first[0] == '[':
		if err := checkRoot(first); err != nil {
			return nil, err
		}
		return func() (*offProduct, error) { return nextJSON(lines) }, nil
	}
	return offCSV(lines, string(first))
}

func nextJSON(lines *lineReader) (*offProduct, error) {
	line, err := lines.next()
	if err != nil {
		return nil, err
	}
	p := &offProduct{}
	if err := p.fromJSON(line); err != nil {
		return nil, errUnreadable
	}
	return p, nil
}

// fromJSON reads a product. Anything else than one JSON object is an error.
func (p *offProduct) fromJSON(line []byte) error {
	v := jsontext.Value(bytes.TrimSpace(line))
	if v.Kind() != '{' || !v.IsValid(asTheyAre) {
		return errors.New("not an object")
	}
	*p = offProduct{}
	for field, value := range fieldsOf(v) {
		p.set(field, value)
	}
	return nil
}

// productFields are fields of which every product of Open Food Facts has one at least.
var productFields = []string{"code", "_id", "id", "product_name", "nutriments", "nutrition"}

// checkRoot refuses JSON that is no list of products with one on each line, and says what it is instead. A line that is only
// broken is counted later, like all others.
func checkRoot(first []byte) error {
	const want = "Open Food Facts' JSONL has one product on each line"
	if first[0] == '[' {
		return fmt.Errorf("it is a JSON list; %s", want)
	}
	for _, list := range fdcLists {
		if bytes.Contains(first[:min(len(first), 1000)], []byte(strconv.Quote(list))) {
			return fmt.Errorf("it is JSON of FoodData Central (%q), which `api foods import usda` reads", list)
		}
	}
	if len(bytes.TrimSpace(first)) == 1 {
		return fmt.Errorf("its JSON goes over several lines; %s", want)
	}
	var fields []string
	for name := range fieldsOf(first) {
		fields = append(fields, name)
	}
	isProduct := slices.ContainsFunc(fields, func(f string) bool { return slices.Contains(productFields, f) })
	if isProduct || len(fields) == 0 || !jsontext.Value(first).IsValid(asTheyAre) { // the row itself is counted as unreadable
		return nil
	}
	return fmt.Errorf("its first line is a JSON object with %s, which is no product; %s", quoted(fields), want)
}

func quoted(names []string) string {
	list := make([]string, 0, 4)
	for _, name := range names[:min(len(names), 3)] {
		list = append(list, strconv.Quote(text.Cut(name, 40)))
	}
	if len(names) > 3 {
		list = append(list, "…")
	}
	return strings.Join(list, ", ")
}

// offCSV reads the CSV of Open Food Facts, which is separated by tabs and has no quotes, and copies of it that spreadsheets
// and other tools have written: with quotes, and separated by commas or semicolons.
func offCSV(lines *lineReader, head string) (func() (*offProduct, error), error) {
	separator, isQuoted := '\t', strings.HasPrefix(head, `"`)
	for _, other := range ",;" {
		if !strings.ContainsRune(head, '\t') && strings.ContainsRune(head, other) {
			separator, isQuoted = other, true
			break
		}
	}
	next := func() ([]string, error) {
		line, err := lines.next()
		if err != nil {
			return nil, err
		}
		return unquotedFields(string(line)), nil
	}
	if isQuoted {
		rows := csv.NewReader(lines.in)
		rows.Comma, rows.LazyQuotes, rows.FieldsPerRecord, rows.ReuseRecord = separator, true, -1, true
		next = func() ([]string, error) {
			fields, err := rows.Read()
			if _, isParse := errors.AsType[*csv.ParseError](err); isParse {
				return nil, errUnreadable
			}
			return fields, err
		}
	}
	fields, err := next()
	if err != nil {
		return nil, err
	}
	header := slices.Clone(fields)
	for i, name := range header {
		header[i] = strings.Trim(strings.TrimSpace(name), `"`)
	}
	if !slices.Contains(header, "code") {
		return nil, errors.New("neither JSONL nor Parquet nor the CSV of Open Food Facts, which has a column code")
	}
	return func() (*offProduct, error) {
		fields, err := next()
		if err != nil {
			return nil, err
		}
		return productOfRow(header, fields)
	}, nil
}

// unquotedFields splits a line at its tabs. Open Food Facts has no quotes around fields, but other tools put them around those
// that have quotes in them, which they then double.
func unquotedFields(line string) []string {
	fields := strings.Split(line, "\t")
	for i, field := range fields {
		if n := len(field); n > 2 && field[0] == '"' && field[n-1] == '"' {
			if inner := strings.ReplaceAll(field[1:n-1], `""`, ""); !strings.Contains(inner, `"`) && inner != field[1:n-1] {
				fields[i] = strings.ReplaceAll(field[1:n-1], `""`, `"`)
			}
		}
	}
	return fields
}

// productOfRow reads a row of the CSV. A row with more fields than the header has shifted values, and is unreadable.
func productOfRow(header, fields []string) (*offProduct, error) {
	if len(fields) < 2 {
		return nil, errUnreadable
	}
	p := &offProduct{}
	for i, value := range fields {
		switch {
		case value == "":
			continue
		case i >= len(header):
			return nil, errUnreadable
		}
		var amount looseNumber
		if amount.set(value); amount.v != nil {
			p.setFlat(header[i], amount)
		}
		if header[i] == "nutriments" || header[i] == "nutrition" {
			continue
		}
		raw, err := jsontext.AppendQuote(nil, value)
		if err != nil {
			return nil, errUnreadable
		}
		p.set(header[i], raw)
	}
	return p, nil
}

// lineReader reads lines of up to maxLine bytes.
type lineReader struct {
	in  *bufio.Reader
	buf []byte
}

// firstLine skips blank lines and returns the beginning of the next one, which next returns again.
func (l *lineReader) firstLine() ([]byte, error) {
	for {
		r, _, err := l.in.ReadRune()
		if err != nil {
			return nil, err
		}
		if !strings.ContainsRune("\n\r \ufeff", r) {
			break
		}
	}
	if err := l.in.UnreadRune(); err != nil {
		return nil, err
	}
	start, _ := l.in.Peek(64 << 10) // next returns the error, if there is one
	line, _, _ := bytes.Cut(start, []byte("\n"))
	return line, nil
}

// next returns the next line, or errUnreadable or errBlank for one without a row. It keeps no more than about maxLine bytes of a longer one.
func (l *lineReader) next() ([]byte, error) {
	l.buf = l.buf[:0]
	for {
		part, err := l.in.ReadSlice('\n')
		if len(l.buf) <= maxLine {
			l.buf = append(l.buf, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && (!errors.Is(err, io.EOF) || len(l.buf) == 0):
			return nil, err
		case len(l.buf) > maxLine:
			return nil, errUnreadable
		case len(bytes.TrimSpace(l.buf)) == 0:
			return nil, errBlank
		}
		return bytes.TrimRight(l.buf, "\r\n"), nil
	}
}

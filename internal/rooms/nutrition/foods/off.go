package foods

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/ultimatecoach/api/internal/tools/nutrient"
)

// manyScans is how many people must have scanned a product for it to count as well known.
const manyScans = 100

// maxLine in bytes limits the memory; the longest products of Open Food Facts have about 2 MB.
const maxLine = 32 << 20

// OpenFoodFacts imports a download of Open Food Facts: openfoodfacts-products.jsonl or en.openfoodfacts.org.products.csv
// (separated by tabs), gzipped or not. After an interrupted run it continues where that stopped.
func (im *Import) OpenFoodFacts(ctx context.Context, path string) (Report, error) {
	defer im.close(ctx)
	done, err := im.open(ctx, OpenFood, path)
	if err != nil {
		return im.report, err
	}
	file, err := os.Open(path)
	if err != nil {
		return im.report, err
	}
	defer file.Close()
	in, err := decompress(im.count(file))
	if err != nil {
		return im.report, fmt.Errorf("%s: %w", path, err)
	}
	im.phase = "importing"
	lines := &lineReader{in: bufio.NewReaderSize(in, 1<<20)}
	parse, err := offParser(lines)
	if err != nil {
		return im.report, fmt.Errorf("%s: %w", path, err)
	}
	last, err := im.addLines(ctx, lines, parse, done)
	if err != nil {
		return im.report, fmt.Errorf("%s: %w", path, err)
	}
	return im.finish(ctx, last)
}

// offParser returns the function that reads a line of this file into a product. It reads the header of a CSV file.
func offParser(lines *lineReader) (func(*offProduct, []byte) error, error) {
	first, err := lines.in.Peek(1)
	if err != nil || first[0] == '{' {
		return (*offProduct).fromJSON, nil
	}
	head, err := lines.next()
	if err != nil {
		return nil, err
	}
	header := map[string]int{}
	for i, name := range strings.Split(string(head), "\t") {
		header[name] = i
	}
	if _, ok := header["code"]; !ok {
		return nil, errors.New("neither JSONL nor the tab-separated CSV of Open Food Facts")
	}
	return func(p *offProduct, line []byte) error { return p.fromCSV(header, line) }, nil
}

// addLines adds the product of each line after the first `done` ones, and returns the number of the last line.
func (im *Import) addLines(ctx context.Context, lines *lineReader, parse func(*offProduct, []byte) error, done int64) (int64, error) {
	for number := int64(0); ; {
		line, err := lines.next()
		if errors.Is(err, io.EOF) {
			return number, nil
		}
		number++
		if number <= done {
			continue
		}
		if err != nil && !errors.Is(err, errLongLine) {
			return number, fmt.Errorf("line %d: %w", number, err)
		}
		if len(bytes.TrimSpace(line)) == 0 && err == nil {
			continue
		}
		var p offProduct
		if err != nil || parse(&p, line) != nil {
			im.report.Rows++
			im.addFinding(Unreadable, "line "+strconv.FormatInt(number, 10))
			continue
		}
		f, found := p.food()
		if err := im.add(ctx, f, number, found...); err != nil {
			return number, err
		}
	}
}

func decompress(in io.Reader) (io.Reader, error) {
	r := bufio.NewReaderSize(in, 1<<16)
	magic, err := r.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if len(magic) == 2 && magic[0] == 0x1f && magic[1] == 0x8b {
		return gzip.NewReader(r)
	}
	return r, nil
}

var errLongLine = errors.New("longer than any product")

// lineReader reads lines of up to maxLine bytes, and skips longer ones.
type lineReader struct {
	in  *bufio.Reader
	buf []byte
}

func (l *lineReader) next() ([]byte, error) {
	l.buf = l.buf[:0]
	long := false
	for {
		part, err := l.in.ReadSlice('\n')
		if len(l.buf)+len(part) > maxLine {
			long = true
		}
		if !long {
			l.buf = append(l.buf, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(l.buf) > 0 && !long, err == nil && !long:
			return bytes.TrimRight(l.buf, "\r\n"), nil
		case err == nil:
			return nil, errLongLine
		default:
			return nil, err
		}
	}
}

// offProduct has the fields of a product that we use.
type offProduct struct {
	Code            offText   `json:"code"`
	Name            string    `json:"product_name"`
	NameEN          string    `json:"product_name_en"`
	Generic         string    `json:"generic_name"`
	Brands          string    `json:"brands"`
	ServingSize     string    `json:"serving_size"`
	ServingQuantity offNumber `json:"serving_quantity"`
	Scans           offNumber `json:"unique_scans_n"`
	Obsolete        string    `json:"obsolete"`

	Nutriments offNutriments `json:"nutriments"`
}

// offNutriments are amounts per 100 g by the names of Open Food Facts in the table of nutrients.
type offNutriments map[string]float64

// offNames maps the fields with amounts per 100 g to these names.
var offNames = func() map[string]string {
	names := map[string]string{}
	for _, n := range nutrient.Table {
		for _, source := range n.OpenFoodFacts {
			names[source.Name+"_100g"] = source.Name
		}
	}
	return names
}()

// UnmarshalJSON reads the known fields and skips the others, which are most of a hundred.
func (n *offNutriments) UnmarshalJSON(b []byte) error {
	*n = offNutriments{}
	in := jsontext.NewDecoder(bytes.NewReader(b))
	if first, err := in.ReadToken(); err != nil || first.Kind() != '{' {
		return err // some products have a list instead, or nothing
	}
	for in.PeekKind() == '"' {
		field, err := in.ReadToken()
		if err != nil {
			return err
		}
		name, known := offNames[field.String()]
		if !known {
			if err := in.SkipValue(); err != nil {
				return err
			}
			continue
		}
		value, err := in.ReadValue()
		if err != nil {
			return err
		}
		var amount offNumber
		amount.set(strings.Trim(string(value), `"`))
		n.add(name, amount)
	}
	return nil
}

func (n offNutriments) add(name string, amount offNumber) {
	if amount.v != nil {
		n[name] = *amount.v
	}
}

// values returns for each nutrient the amount of the preferred name.
func (n offNutriments) values() (v nutrient.Values) {
	for id := range nutrient.Count {
		for _, source := range nutrient.Table[id].OpenFoodFacts {
			if amount, ok := n[source.Name]; ok {
				v.Set(id, amount*source.Factor)
				break
			}
		}
	}
	return v
}

// offNumber is a number that may be written as text, empty or missing.
type offNumber struct{ v *float64 }

// UnmarshalJSON reads numbers and numbers as text; anything else is unknown.
func (n *offNumber) UnmarshalJSON(b []byte) error {
	n.set(strings.Trim(string(b), `"`))
	return nil
}

func (n *offNumber) set(s string) {
	v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err == nil && !math.IsNaN(v) && !math.IsInf(v, 0) {
		n.v = &v
	}
}

// offText is a text that may be written as a number.
type offText string

// UnmarshalJSON reads both.
func (t *offText) UnmarshalJSON(b []byte) error {
	if b[0] == '"' || string(b) == "null" {
		return json.Unmarshal(b, (*string)(t))
	}
	*t = offText(b)
	return nil
}

func (p *offProduct) fromJSON(line []byte) error { return json.Unmarshal(line, p) }

func (p *offProduct) fromCSV(header map[string]int, line []byte) error {
	fields := strings.Split(string(line), "\t")
	get := func(name string) string {
		if i, ok := header[name]; ok && i < len(fields) {
			return fields[i]
		}
		return ""
	}
	if len(fields) < 2 {
		return errors.New("no columns")
	}
	p.Code, p.Name, p.Generic, p.Brands = offText(get("code")), get("product_name"), get("generic_name"), get("brands")
	p.ServingSize = get("serving_size")
	p.ServingQuantity.set(get("serving_quantity"))
	p.Scans.set(get("unique_scans_n"))
	p.Nutriments = offNutriments{}
	for field, name := range offNames {
		var amount offNumber
		amount.set(get(field))
		p.Nutriments.add(name, amount)
	}
	return nil
}

func (p *offProduct) food() (f Food, found []Finding) {
	f = Food{
		SourceID: strings.TrimSpace(string(p.Code)), Name: firstNonEmpty(p.Name, p.NameEN, p.Generic), Tier: TierRest,
		Nutrients: p.Nutriments.values(),
	}
	f.Brand, _, _ = strings.Cut(p.Brands, ",")
	if p.Scans.v != nil && *p.Scans.v >= manyScans {
		f.Tier = TierPlain
	}
	if gtin, ok := GTIN14(f.SourceID); ok {
		f.Barcode = gtin
	} else if f.SourceID != "" {
		found = append(found, BadBarcode)
	}
	if p.Obsolete == "on" {
		found = append(found, Superseded)
	}
	if grams := p.ServingQuantity.v; grams != nil && *grams > 0 {
		label := oneLine(p.ServingSize, maxLabel)
		if label == "" {
			label = strconv.FormatFloat(*grams, 'f', -1, 64) + " g"
		}
		f.Servings = []Serving{{Label: label, Grams: *grams, IsDefault: true}}
	}
	return f, found
}

func firstNonEmpty(texts ...string) string {
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			return t
		}
	}
	return ""
}

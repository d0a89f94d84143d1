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

// manyScans is from how many scanning people on a product counts as well known.
const manyScans = 100

// maxLine bounds memory; the longest products of Open Food Facts have about 2 MB.
const maxLine = 32 << 20

// OpenFoodFacts imports a download of Open Food Facts: openfoodfacts-products.jsonl or en.openfoodfacts.org.products.csv
// (which is separated by tabs), gzipped or not. A run that was interrupted goes on where it stopped.
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
	in, err := decompressed(im.count(file))
	if err != nil {
		return im.report, fmt.Errorf("%s: %w", path, err)
	}
	im.phase = "importing"
	lines := &lineReader{in: bufio.NewReaderSize(in, 1<<20)}
	read := (*offProduct).fromJSON
	var header map[string]int
	if first, err := lines.in.Peek(1); err == nil && first[0] != '{' {
		head, err := lines.next()
		if err != nil {
			return im.report, fmt.Errorf("%s: %w", path, err)
		}
		header = map[string]int{}
		for i, name := range strings.Split(string(head), "\t") {
			header[name] = i
		}
		if _, ok := header["code"]; !ok {
			return im.report, fmt.Errorf("%s: neither JSONL nor the tab-separated CSV of Open Food Facts", path)
		}
		read = func(p *offProduct, line []byte) error { return p.fromCSV(header, line) }
	}
	at := int64(0)
	for {
		line, err := lines.next()
		if errors.Is(err, io.EOF) {
			return im.finish(ctx, at)
		}
		at++
		if at <= done {
			continue
		}
		if err != nil && !errors.Is(err, errLongLine) {
			return im.report, fmt.Errorf("%s: line %d: %w", path, at, err)
		}
		if len(bytes.TrimSpace(line)) == 0 && err == nil {
			continue
		}
		var p offProduct
		if err != nil || read(&p, line) != nil {
			im.report.Rows++
			im.note(Unreadable, "line "+strconv.FormatInt(at, 10))
			continue
		}
		f, found := p.food()
		if err := im.add(ctx, f, at, found...); err != nil {
			return im.report, err
		}
	}
}

func decompressed(in io.Reader) (io.Reader, error) {
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

// lineReader reads lines of any length up to maxLine, and skips longer ones whole.
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

// offProduct is what we take of a product.
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

// offNutriments are amounts per 100 g by the names that our table of nutrients has for Open Food Facts.
type offNutriments map[string]float64

// offNames are the fields of a product that hold them, and the names.
var offNames = func() map[string]string {
	names := map[string]string{}
	for _, n := range nutrient.Table {
		for _, source := range n.OpenFoodFacts {
			names[source.Name+"_100g"] = source.Name
		}
	}
	return names
}()

// UnmarshalJSON takes what we know and skips the rest, which is most: a product has a hundred fields here.
func (n *offNutriments) UnmarshalJSON(b []byte) error {
	*n = offNutriments{}
	in := jsontext.NewDecoder(bytes.NewReader(b))
	if first, err := in.ReadToken(); err != nil || first.Kind() != '{' {
		return err // some products have a list here, or nothing
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

// values takes of each nutrient the preferred name.
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

// offNumber is a number that may come as text, be empty, or be missing.
type offNumber struct{ v *float64 }

// UnmarshalJSON takes numbers and texts of numbers; anything else is unknown.
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

// offText is a text that may come as a number.
type offText string

// UnmarshalJSON takes both.
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
		SourceID: strings.TrimSpace(string(p.Code)), Name: firstText(p.Name, p.NameEN, p.Generic), Tier: TierRest,
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
		label := tidy(p.ServingSize, maxLabel)
		if label == "" {
			label = strconv.FormatFloat(*grams, 'f', -1, 64) + " g"
		}
		f.Servings = []Serving{{Label: label, Grams: *grams, IsDefault: true}}
	}
	return f, found
}

func firstText(texts ...string) string {
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			return t
		}
	}
	return ""
}

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

// offNutriments are per 100 g, weights in grams whatever the nutrient; alcohol is in % by volume.
type offNutriments struct {
	KCal         offNumber `json:"energy-kcal_100g"`
	KJ           offNumber `json:"energy-kj_100g"`
	Energy       offNumber `json:"energy_100g"` // kJ
	Protein      offNumber `json:"proteins_100g"`
	Carbs        offNumber `json:"carbohydrates_100g"`
	Fat          offNumber `json:"fat_100g"`
	Fiber        offNumber `json:"fiber_100g"`
	Sugar        offNumber `json:"sugars_100g"`
	AddedSugar   offNumber `json:"added-sugars_100g"`
	SaturatedFat offNumber `json:"saturated-fat_100g"`
	Cholesterol  offNumber `json:"cholesterol_100g"`
	Sodium       offNumber `json:"sodium_100g"`
	Salt         offNumber `json:"salt_100g"`
	Potassium    offNumber `json:"potassium_100g"`
	Calcium      offNumber `json:"calcium_100g"`
	Iron         offNumber `json:"iron_100g"`
	VitaminD     offNumber `json:"vitamin-d_100g"`
	Caffeine     offNumber `json:"caffeine_100g"`
	Alcohol      offNumber `json:"alcohol_100g"`
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
	n := &p.Nutriments
	for name, into := range map[string]*offNumber{
		"energy-kcal_100g": &n.KCal, "energy-kj_100g": &n.KJ, "energy_100g": &n.Energy, "proteins_100g": &n.Protein,
		"carbohydrates_100g": &n.Carbs, "fat_100g": &n.Fat, "fiber_100g": &n.Fiber, "sugars_100g": &n.Sugar,
		"added-sugars_100g": &n.AddedSugar, "saturated-fat_100g": &n.SaturatedFat, "cholesterol_100g": &n.Cholesterol,
		"sodium_100g": &n.Sodium, "salt_100g": &n.Salt, "potassium_100g": &n.Potassium, "calcium_100g": &n.Calcium,
		"iron_100g": &n.Iron, "vitamin-d_100g": &n.VitaminD, "caffeine_100g": &n.Caffeine, "alcohol_100g": &n.Alcohol,
	} {
		into.set(get(name))
	}
	return nil
}

const (
	kcalPerKJ = 1 / 4.184
	// gramsPerVolume is the weight of 1 ml of ethanol.
	gramsPerVolume = 0.789
	// sodiumOfSalt is the share of sodium in table salt, as EU labels compute it.
	sodiumOfSalt = 1 / 2.5
)

func (p *offProduct) food() (f Food, found []Finding) {
	n := p.Nutriments
	times := func(v offNumber, factor float64) *float64 {
		if v.v == nil {
			return nil
		}
		return new(*v.v * factor)
	}
	first := func(values ...*float64) *float64 {
		for _, v := range values {
			if v != nil {
				return v
			}
		}
		return nil
	}
	f = Food{
		SourceID: strings.TrimSpace(string(p.Code)), Name: firstText(p.Name, p.NameEN, p.Generic), Tier: TierRest,
		Nutrients: Nutrients{
			Calories: first(n.KCal.v, times(n.KJ, kcalPerKJ), times(n.Energy, kcalPerKJ)),
			Protein:  n.Protein.v, Carbs: n.Carbs.v, Fat: n.Fat.v, Fiber: n.Fiber.v, Sugar: n.Sugar.v, AddedSugar: n.AddedSugar.v,
			SaturatedFat: n.SaturatedFat.v, Alcohol: times(n.Alcohol, gramsPerVolume),
			Cholesterol: times(n.Cholesterol, 1e3), Sodium: first(times(n.Sodium, 1e3), times(n.Salt, 1e3*sodiumOfSalt)),
			Potassium: times(n.Potassium, 1e3), Calcium: times(n.Calcium, 1e3), Iron: times(n.Iron, 1e3),
			Caffeine: times(n.Caffeine, 1e3), VitaminD: times(n.VitaminD, 1e6),
		},
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

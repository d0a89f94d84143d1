package weightfile

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strconv"
)

// The types of Apple Health that are read.
var appleTypes = map[string]struct {
	kind  columnKind
	units map[string]float64
}{
	"HKQuantityTypeIdentifierBodyMass":           {weightKind, masses},
	"HKQuantityTypeIdentifierBodyFatPercentage":  {fatKind, map[string]float64{"%": 100}}, // 0.195 is 19.5 %
	"HKQuantityTypeIdentifierWaistCircumference": {girthKind, lengths},
}

// maxDepth is how deep elements may nest; an export nests four levels. Package xml does not limit it by itself.
const maxDepth = 64

// readAppleHealth reads export.xml, which has records of all kinds: hundreds of megabytes, of which weights are a small part.
func readAppleHealth(in io.Reader, o Options, yield func(Row) error) error {
	decoder := xml.NewDecoder(in)
	decoder.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, ErrUnknownFormat } // Apple writes UTF-8
	depth, place, known := 0, 0, false
	for {
		token, err := decoder.RawToken()
		if errors.Is(err, io.EOF) {
			if !known {
				return ErrUnknownFormat
			}
			if depth != 0 {
				return ErrDamaged
			}
			return nil
		}
		if err != nil {
			return fileError(err)
		}
		switch element := token.(type) {
		case xml.EndElement:
			depth--
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return ErrDamaged
			}
			if depth == 1 && element.Name.Local != "HealthData" {
				return ErrUnknownFormat
			}
			known = true
			if element.Name.Local != "Record" {
				continue
			}
			place++
			row, wanted := appleRow(element.Attr, o)
			if !wanted {
				continue
			}
			row.Place = place
			if err := yield(row); err != nil {
				return err
			}
		}
	}
}

// appleRow returns false for records that are not about the body.
func appleRow(attributes []xml.Attr, o Options) (Row, bool) {
	a := map[string]string{}
	for _, attribute := range attributes {
		a[attribute.Name.Local] = attribute.Value
	}
	read, wanted := appleTypes[a["type"]]
	if !wanted {
		return Row{}, false
	}
	r := Row{App: a["sourceName"]}
	var ok bool
	if r.At, ok = parseTime(a["startDate"], o); !ok {
		r.Refused = "bad_time"
		return r, true
	}
	factor := read.units[a["unit"]]
	value, err := strconv.ParseFloat(a["value"], 64)
	switch {
	case factor == 0:
		r.Refused = "unknown_unit"
		return r, true
	case err != nil || math.IsNaN(value):
		r.Refused = "bad_number"
		return r, true
	}
	value *= factor
	switch read.kind {
	case weightKind:
		r.WeightKg = &value
	case fatKind:
		r.BodyFatPct = &value
	default:
		r.Girths = map[string]float64{"waist_cm": value}
	}
	return r, true
}

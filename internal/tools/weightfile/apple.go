package weightfile

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
)

// The types of Apple Health that are read.
var appleTypes = map[string]struct {
	kind  string
	units map[string]float64
}{
	"HKQuantityTypeIdentifierBodyMass":          {"weight", units},
	"HKQuantityTypeIdentifierBodyFatPercentage": {"fat_pct", map[string]float64{"%": 100}}, // 0.195 is 19.5 %
	"HKQuantityTypeIdentifierWaistCircumference": {
		"waist_cm",
		map[string]float64{"cm": 1, "m": 100, "mm": 0.1, "in": cmPerInch, "ft": 12 * cmPerInch},
	},
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
		if _, damaged := errors.AsType[*xml.SyntaxError](err); damaged {
			return ErrDamaged
		}
		if err != nil {
			return err
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
	kind, wanted := appleTypes[a["type"]]
	if !wanted {
		return Row{}, false
	}
	r := Row{App: a["sourceName"]}
	var ok bool
	if r.At, ok = parseTime(a["startDate"], o.Zone); !ok {
		r.Refused = "bad_time"
		return r, true
	}
	factor := kind.units[a["unit"]]
	value, err := strconv.ParseFloat(a["value"], 64)
	switch {
	case factor == 0:
		r.Refused = "unknown_unit"
		return r, true
	case err != nil:
		r.Refused = "bad_number"
		return r, true
	}
	value *= factor
	switch kind.kind {
	case "weight":
		r.WeightKg = &value
	case "fat_pct":
		r.BodyFatPct = &value
	default:
		r.Girths = map[string]float64{kind.kind: value}
	}
	return r, true
}

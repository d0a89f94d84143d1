package weightfile

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
)

// column is what a column of a CSV file holds.
type column struct {
	kind   string // time, clock, weight, fat_pct, fat_mass, girth, notes, id
	girth  string
	factor float64 // to kg or cm; 0 where the heading has no unit
}

// kinds are the headings that are known, in lower case and without a unit.
var kinds = map[string]column{
	"date": {kind: "time"}, "datetime": {kind: "time"}, "date/time": {kind: "time"}, "timestamp": {kind: "time"}, "time": {kind: "clock"},
	"measured_at": {kind: "time"},
	"weight":      {kind: "weight"}, "weight_kg": {kind: "weight", factor: 1}, "weight_lb": {kind: "weight", factor: kgPerPound},
	"body fat": {kind: "fat_pct"}, "body fat %": {kind: "fat_pct"}, "bodyfat": {kind: "fat_pct"}, "fat": {kind: "fat_pct"},
	"body_fat_pct": {kind: "fat_pct"}, "fat %": {kind: "fat_pct"}, "fat mass": {kind: "fat_mass"},
	"waist": {kind: "girth", girth: "waist_cm"}, "hip": {kind: "girth", girth: "hips_cm"}, "hips": {kind: "girth", girth: "hips_cm"},
	"chest": {kind: "girth", girth: "chest_cm"}, "neck": {kind: "girth", girth: "neck_cm"}, "biceps": {kind: "girth", girth: "arm_cm"},
	"arm": {kind: "girth", girth: "arm_cm"}, "thigh": {kind: "girth", girth: "thigh_cm"}, "calf": {kind: "girth", girth: "calf_cm"},
	"comment": {kind: "notes"}, "comments": {kind: "notes"}, "notes": {kind: "notes"}, "log": {kind: "notes"}, "id": {kind: "id"},
}

// units are the units that headings and Libra's #Units have.
var units = map[string]float64{
	"kg": 1, "lb": kgPerPound, "lbs": kgPerPound, "st": kgPerStone, "g": 0.001, "cm": 1, "mm": 0.1, "in": cmPerInch, "%": 1,
}

const (
	// maxHeadLines is how many lines may precede the headings.
	maxHeadLines = 20
	maxColumns   = 200
)

// readCSV reads a file with headings, separated by commas, semicolons or tabs. Libra has comments (#Units) before, and its headings are one.
func readCSV(in *bufio.Reader, o Options, yield func(Row) error) error {
	columns, separator, line, unit := []column(nil), ',', 0, 0.0
	for columns == nil {
		if line++; line > maxHeadLines {
			return ErrUnknownFormat
		}
		text, err := in.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		head := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "#")))
		if name, value, ok := strings.Cut(head, ":"); ok && name == "units" {
			unit = units[strings.TrimSpace(value)]
		}
		columns, separator = headings(head)
		if columns == nil && err != nil {
			return ErrUnknownFormat
		}
	}
	rows := csv.NewReader(in)
	rows.Comma, rows.FieldsPerRecord, rows.LazyQuotes, rows.Comment, rows.ReuseRecord = separator, -1, true, '#', true
	if unit == 0 {
		unit = 1
		if o.Pounds {
			unit = kgPerPound
		}
	}
	for {
		fields, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			if _, damaged := errors.AsType[*csv.ParseError](err); damaged {
				return ErrDamaged
			}
			return err
		}
		at, _ := rows.FieldPos(0)
		row := rowOf(fields, columns, separator, unit, o)
		row.Place = line + at
		if err := yield(row); err != nil {
			return err
		}
	}
}

// headings returns what the columns hold, or nil when the line does not have a time and a value.
func headings(line string) ([]column, rune) {
	separator := ','
	for _, s := range []rune{';', '\t'} {
		if strings.ContainsRune(line, s) {
			separator = s
		}
	}
	names := strings.Split(line, string(separator))
	if len(names) > maxColumns {
		return nil, 0
	}
	columns, hasTime, hasValue := make([]column, len(names)), false, false
	for i, name := range names {
		name, unit := strings.Trim(strings.TrimSpace(name), `"`), ""
		if before, after, ok := strings.Cut(name, "("); ok {
			name, unit = strings.TrimSpace(before), strings.TrimSuffix(after, ")")
		}
		c := kinds[name]
		if f := units[unit]; f != 0 {
			c.factor = f
		}
		columns[i] = c
		hasTime = hasTime || c.kind == "time"
		hasValue = hasValue || c.kind == "weight" || c.kind == "fat_pct" || c.kind == "girth"
	}
	if !hasTime || !hasValue {
		return nil, 0
	}
	return columns, separator
}

func rowOf(fields []string, columns []column, separator rune, unit float64, o Options) Row {
	var r Row
	var at, clock string
	var fatKg *float64
	number := func(text string) *float64 {
		if separator != ',' {
			text = strings.Replace(text, ",", ".", 1)
		}
		v, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			r.Refused = "bad_number"
			return nil
		}
		if v == 0 { // how several apps write "not measured"
			return nil
		}
		return &v
	}
	for i, text := range fields {
		if i >= len(columns) {
			break
		}
		text = strings.TrimSpace(text)
		c := columns[i]
		if text == "" || c.kind == "" {
			continue
		}
		switch c.kind {
		case "time":
			at = text
		case "clock":
			clock = text
		case "notes":
			r.Notes = strings.Clone(text)
		case "id":
			r.ID = strings.Clone(text)
		case "fat_pct":
			r.BodyFatPct = number(text)
		case "weight":
			r.WeightKg = times(number(text), or(c.factor, unit))
		case "fat_mass":
			fatKg = times(number(text), or(c.factor, unit))
		case "girth":
			if v := times(number(text), or(c.factor, 1)); v != nil {
				if r.Girths == nil {
					r.Girths = map[string]float64{}
				}
				r.Girths[c.girth] = *v
			}
		}
	}
	if r.BodyFatPct == nil && fatKg != nil && r.WeightKg != nil {
		r.BodyFatPct = new(100 * *fatKg / *r.WeightKg)
	}
	var ok bool
	if r.At, ok = parseTime(strings.TrimSpace(at+" "+clock), o.Zone); !ok {
		if r.At, ok = parseTime(at, o.Zone); !ok {
			r.Refused = "bad_time"
		}
	}
	if r.Refused == "" && r.WeightKg == nil && r.BodyFatPct == nil && r.Girths == nil {
		r.Refused = "no_value"
	}
	return r
}

func times(v *float64, factor float64) *float64 {
	if v == nil {
		return nil
	}
	return new(*v * factor)
}

func or(factor, otherwise float64) float64 {
	if factor == 0 {
		return otherwise
	}
	return factor
}

package weightfile

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
)

// column is what a column of a CSV file holds.
type column struct {
	kind   columnKind
	girth  string
	factor float64 // to kg, cm or %; 0 where the heading has no unit, unknownUnit where it has one that is not known
}

type columnKind string

// The kinds of columns; others are not read.
const (
	dayKind     columnKind = "day"
	clockKind   columnKind = "clock"
	weightKind  columnKind = "weight"
	fatKind     columnKind = "fat"
	fatMassKind columnKind = "fat_mass"
	girthKind   columnKind = "girth"
	notesKind   columnKind = "notes"
	idKind      columnKind = "id"
)

const unknownUnit = -1

const (
	// maxHeadLines is how many lines may precede the headings.
	maxHeadLines = 20
	maxColumns   = 200
)

// readCSV reads a file with headings, separated by commas, semicolons or tabs. Libra has comments (#Units) before, and its headings are one.
func readCSV(in *bufio.Reader, o Options, yield func(Row) error) error {
	columns, separator, line, unit := []column(nil), ',', 0, o.unit()
	for columns == nil {
		if line++; line > maxHeadLines {
			return ErrUnknownFormat
		}
		text, err := in.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fileError(err)
		}
		head := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "#")))
		if name, value, ok := strings.Cut(head, ":"); ok && name == "units" {
			unit = factorOf(weightKind, strings.TrimSpace(value))
		}
		columns, separator = headings(head)
		if columns == nil && err != nil {
			return ErrUnknownFormat
		}
	}
	rows := csv.NewReader(in)
	rows.Comma, rows.FieldsPerRecord, rows.LazyQuotes, rows.Comment, rows.ReuseRecord = separator, -1, true, '#', true
	for {
		fields, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fileError(err)
		}
		at, _ := rows.FieldPos(0)
		row := rowOf(joinNotes(fields, columns, separator), columns, unit, o)
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
		c := columnOf(name)
		columns[i] = c
		hasTime = hasTime || c.kind == dayKind || c.kind == clockKind
		hasValue = hasValue || c.kind == weightKind || c.kind == fatKind || c.kind == girthKind
	}
	if !hasTime || !hasValue {
		return nil, 0
	}
	return columns, separator
}

// rowOf reads a line. unit is that of weights whose heading has none.
func rowOf(fields []string, columns []column, unit float64, o Options) Row {
	var r Row
	var at, hour string
	var fatKg *float64
	number := func(text string, c column, otherwise float64) *float64 {
		v, refused := quantity(text, c.kind, cmp.Or(c.factor, otherwise))
		if refused != "" {
			r.Refused = refused
			return nil
		}
		if v == 0 { // how several apps write "not measured"
			return nil
		}
		return &v
	}
	for i, text := range fields {
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		if i >= len(columns) {
			r.Refused = "bad_columns"
			break
		}
		switch c := columns[i]; c.kind {
		case dayKind:
			at = text
		case clockKind:
			hour = text
		case notesKind:
			r.Notes = strings.Clone(text)
		case idKind:
			r.ID = strings.Clone(text)
		case fatKind:
			r.BodyFatPct = cmp.Or(number(text, c, 1), r.BodyFatPct)
		case weightKind:
			r.WeightKg = cmp.Or(number(text, c, unit), r.WeightKg)
		case fatMassKind:
			fatKg = number(text, c, unit)
		case girthKind:
			if v := number(text, c, 1); v != nil {
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
	if r.At, ok = parseTime(strings.TrimSpace(at+" "+hour), o); !ok {
		if r.At, ok = parseTime(at, o); !ok {
			r.Refused = "bad_time"
		}
	}
	if r.Refused == "" && r.WeightKg == nil && r.BodyFatPct == nil && r.Girths == nil {
		r.Refused = "no_value"
	}
	return r
}

// joinNotes puts the separators back that belong to notes in the last column. Other lines with more columns than headings, such as
// 2026-01-05,80,4 with a decimal comma, are left as they are.
func joinNotes(fields []string, columns []column, separator rune) []string {
	last := len(columns) - 1
	if len(fields) <= len(columns) || columns[last].kind != notesKind {
		return fields
	}
	return append(slices.Clone(fields[:last]), strings.Join(fields[last:], string(separator)))
}

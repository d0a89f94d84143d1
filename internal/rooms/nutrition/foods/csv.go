package foods

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/ultimatecoach/api/internal/tools/nutrient"
	"github.com/ultimatecoach/api/internal/tools/text"
)

// table reads a CSV file with headings, gzipped or not, in any encoding.
type table struct {
	csv     *csv.Reader
	columns map[string]int
	width   int
}

// openTable reads the headings, which may stand behind blank lines.
func openTable(in io.Reader) (*table, error) {
	in, err := readable(in)
	if err != nil {
		return nil, err
	}
	rows := csv.NewReader(bufio.NewReaderSize(in, 1<<20))
	rows.ReuseRecord, rows.LazyQuotes, rows.FieldsPerRecord = true, true, -1
	head, err := rows.Read()
	for ; err == nil && strings.TrimSpace(strings.Join(head, "")) == ""; head, err = rows.Read() {
	}
	if errors.Is(err, io.EOF) {
		return nil, errors.New("it is empty")
	}
	if err != nil {
		return nil, err
	}
	t := &table{csv: rows, columns: map[string]int{}, width: len(head)}
	for i, name := range head {
		t.columns[strings.ToLower(text.Clean(name))] = i
	}
	return t, nil
}

// next returns the next row, with errUnreadable when it has more fields than there are headings.
func (t *table) next() (record, error) {
	fields, err := t.csv.Read()
	if err == nil && len(fields) > t.width && strings.Join(fields[t.width:], "") != "" {
		err = errUnreadable
	}
	return record{columns: t.columns, fields: fields}, err
}

// record is a row of a CSV file by the names of its columns. err is the first error of reading it.
type record struct {
	columns map[string]int
	fields  []string
	err     error
}

func (r *record) text(column string) string {
	i, ok := r.columns[column]
	if !ok || i >= len(r.fields) {
		return ""
	}
	return strings.TrimSpace(r.fields[i])
}

// list returns the parts of a cell that are not empty.
func (r *record) list(column, separator string) (parts []string) {
	for part := range strings.SplitSeq(r.text(column), separator) {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// number returns nil for an empty cell: unknown, never 0.
func (r *record) number(column string) *float64 {
	s := r.text(column)
	if s == "" {
		return nil
	}
	v, ok := parseNumber(s)
	if !ok {
		if r.err == nil {
			r.err = fmt.Errorf("%s: %q is not a number", column, s)
		}
		return nil
	}
	return &v
}

// nutrients reads the columns that have the key of a nutrient as their name.
func (r *record) nutrients() (v nutrient.Values) {
	for id, n := range nutrient.Table {
		if amount := r.number(n.Key); amount != nil {
			v.Set(nutrient.ID(id), *amount)
		}
	}
	return v
}

func (r *record) integer(column string) int {
	if v := r.number(column); v != nil {
		return int(*v)
	}
	return 0
}

// fdcID returns the id of the food that the row belongs to.
func (r *record) fdcID() int64 {
	n, err := strconv.ParseInt(strings.TrimSuffix(r.text("fdc_id"), ".0"), 10, 64)
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("fdc_id: %q is not a number", r.text("fdc_id"))
	}
	return n
}

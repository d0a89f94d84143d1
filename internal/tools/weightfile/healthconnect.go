package weightfile

import (
	"encoding/json"
	"errors"
	"io"
	"time"
)

// record is a WeightRecord or BodyFatRecord of Health Connect as its clients write them, or one with our own names.
type record struct {
	Type       string
	Time       string
	StartTime  string
	ZoneOffset string
	Weight     *mass
	Percentage *percentage
	Metadata   metadata
	MeasuredAt string   `json:"measured_at"`
	WeightKg   *float64 `json:"weight_kg"`
	BodyFatPct *float64 `json:"body_fat_pct"`
	ID         string
	Version    *int64
}

type mass struct {
	InKilograms, InPounds, InGrams, Value *float64
	Unit                                  string
}

type percentage float64

type metadata struct {
	ID                  string
	ClientRecordID      string
	ClientRecordVersion *int64
	DataOrigin          origin
	Device              struct{ Manufacturer, Model string }
}

type origin string

// UnmarshalJSON accepts a name, and an object with packageName.
func (o *origin) UnmarshalJSON(b []byte) error {
	var name string
	if err := json.Unmarshal(b, &name); err == nil {
		*o = origin(name)
		return nil
	}
	var object struct{ PackageName string }
	err := json.Unmarshal(b, &object)
	*o = origin(object.PackageName)
	return err
}

// UnmarshalJSON accepts a number, and an object with value.
func (p *percentage) UnmarshalJSON(b []byte) error {
	var value float64
	if err := json.Unmarshal(b, &value); err == nil {
		*p = percentage(value)
		return nil
	}
	var object struct{ Value float64 }
	err := json.Unmarshal(b, &object)
	*p = percentage(object.Value)
	return err
}

// readHealthConnect reads a list of records, or an object whose member records is one.
func readHealthConnect(in io.Reader, o Options, yield func(Row) error) error {
	decoder := json.NewDecoder(in)
	if err := enterList(decoder); err != nil {
		return fileError(err)
	}
	for place := 1; decoder.More(); place++ {
		var r record
		err := decoder.Decode(&r)
		row := Row{Refused: "bad_number"} // a member has another type than expected
		if _, wrongType := errors.AsType[*json.UnmarshalTypeError](err); err != nil && !wrongType {
			return fileError(err)
		}
		if err == nil {
			row = r.row(o)
		}
		row.Place = place
		if err := yield(row); err != nil {
			return err
		}
	}
	if _, err := decoder.Token(); err != nil {
		return fileError(err)
	}
	return nil
}

// enterList reads up to the first record.
func enterList(decoder *json.Decoder) error {
	token, err := decoder.Token()
	if err != nil || token == json.Delim('[') {
		return err
	}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return err
		}
		if name == "records" {
			token, err = decoder.Token()
			if err == nil && token != json.Delim('[') {
				return ErrUnknownFormat
			}
			return err
		}
		var skipped json.RawMessage
		if err := decoder.Decode(&skipped); err != nil {
			return err
		}
	}
	return ErrUnknownFormat
}

func (r record) row(o Options) Row {
	row := Row{
		App: string(r.Metadata.DataOrigin), Device: r.Metadata.Device.Model, ID: first(r.Metadata.ClientRecordID, r.Metadata.ID, r.ID),
		Version: r.Metadata.ClientRecordVersion, WeightKg: r.WeightKg, BodyFatPct: r.BodyFatPct,
	}
	if row.Version == nil {
		row.Version = r.Version
	}
	if m := r.Weight; m != nil {
		row.WeightKg = m.kg()
		if row.WeightKg == nil {
			row.Refused = "unknown_unit"
		}
	}
	if r.Percentage != nil {
		row.BodyFatPct = new(float64(*r.Percentage))
	}
	if offset, err := time.Parse("-07:00", r.ZoneOffset); err == nil {
		o.Zone = offset.Location()
	}
	var ok bool
	if row.At, ok = parseTime(first(r.Time, r.StartTime, r.MeasuredAt), o); !ok {
		row.Refused = "bad_time"
	}
	if row.Refused == "" && row.WeightKg == nil && row.BodyFatPct == nil {
		row.Refused = "no_value"
	}
	return row
}

// kg returns nil when the unit is not known.
func (m mass) kg() *float64 {
	switch {
	case m.InKilograms != nil:
		return m.InKilograms
	case m.InPounds != nil:
		return times(m.InPounds, kgPerPound)
	case m.InGrams != nil:
		return times(m.InGrams, 0.001)
	}
	if m.Unit == "" {
		return m.Value
	}
	factor, known := masses[m.Unit]
	if !known {
		return nil
	}
	return times(m.Value, factor)
}

func times(v *float64, factor float64) *float64 {
	if v == nil {
		return nil
	}
	return new(*v * factor)
}

func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

package weightfile

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"
	stdutf16 "unicode/utf16"

	"github.com/stretchr/testify/require"
)

func berlin(t testing.TB) Options {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	return Options{Zone: zone, MaxBytes: 25 << 20}
}

func read(t testing.TB, file string, o Options) (Format, []Row, error) {
	t.Helper()
	var rows []Row
	format, err := Read(t.Context(), strings.NewReader(file), o, func(r Row) error {
		rows = append(rows, r)
		return nil
	})
	return format, rows, err
}

// show writes what matters of rows in one line each.
func show(rows []Row) (lines []string) {
	for _, r := range rows {
		line := fmt.Sprintf("%d %s", r.Place, r.At.UTC().Format(time.RFC3339))
		if r.WeightKg != nil {
			line += fmt.Sprintf(" %.4f kg", *r.WeightKg)
		}
		if r.BodyFatPct != nil {
			line += fmt.Sprintf(" %.2f %%", *r.BodyFatPct)
		}
		if r.Girths != nil {
			line += fmt.Sprint(" ", r.Girths)
		}
		for _, text := range []string{r.Notes, r.App, r.Device, r.ID, r.Refused} {
			if text != "" {
				line += " " + text
			}
		}
		lines = append(lines, line)
	}
	return lines
}

func TestRead_ExportsOfApps(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file   string
		format Format
		want   []string
	}{
		"Libra": {
			"#Version:6\n#Units:kg\n\n#date;weight;weight trend;body fat;body fat trend;muscle mass;muscle mass trend;log\n" +
				"2026-01-05T06:59:59.000Z;80.4;80.4;;;;;\n2026-01-06T07:10:00.000Z;80,1;80.37;19.5;19.5;;;after a run\n",
			CSV, []string{"5 2026-01-05T06:59:59Z 80.4000 kg", "6 2026-01-06T07:10:00Z 80.1000 kg 19.50 % after a run"},
		},
		"Libra in pounds": {
			"#Units:lbs\n#date;weight\n2026-01-05T06:59:59Z;180.2\n", CSV, []string{"3 2026-01-05T06:59:59Z 81.7373 kg"},
		},
		"openScale": {
			"biceps,bone,chest,comment,dateTime,fat,hip,waist,weight\n0.0,0.0,101.0,\"good, light\",2026-07-05 07:01,19.5,98.0,84.5,80.4\n",
			CSV, []string{"2 2026-07-05T05:01:00Z 80.4000 kg 19.50 % map[chest_cm:101 hips_cm:98 waist_cm:84.5] good, light"},
		},
		"Withings": {
			"Date,\"Weight (kg)\",\"Fat mass (kg)\",\"Bone mass (kg)\",\"Muscle mass (kg)\",\"Hydration (kg)\",Comments\n" +
				"\"2026-01-05 07:01:02\",80.00,16.00,3.1,60,45,\n\"2026-01-06 07:01:02\",80.2,,,,,\n",
			CSV, []string{"2 2026-01-05T06:01:02Z 80.0000 kg 20.00 %", "3 2026-01-06T06:01:02Z 80.2000 kg"},
		},
		"days, with a mark of the encoding": {
			"\xef\xbb\xbfDate,Body Fat %,Weight\n2026-01-05,18.5,75.3\n", CSV, []string{"2 2026-01-05T11:00:00Z 75.3000 kg 18.50 %"},
		},
		"German, from a spreadsheet": {
			"sep=;\nDatum;Uhrzeit;Gewicht (kg);Körperfett [%];Bauchumfang;Kommentar\n05.01.2026;07:01;80,4;19,5;84,5;gut\n6.1.2026;;80,1 kg;;;\n",
			CSV, []string{
				"3 2026-01-05T06:01:00Z 80.4000 kg 19.50 % map[waist_cm:84.5] gut", "4 2026-01-06T11:00:00Z 80.1000 kg",
			},
		},
		"Windows-1252": {
			"Datum;Gewicht;K\xf6rperfett;Notiz\n05.01.2026;80,4;19,5;m\xfcde\n", CSV, []string{"2 2026-01-05T11:00:00Z 80.4000 kg 19.50 % müde"},
		},
		"UTF-16": {
			utf16("Date\tWeight\tNotes\r\n2026-01-05\t80.4\tmüde\r\n"), CSV, []string{"2 2026-01-05T11:00:00Z 80.4000 kg müde"},
		},
		"French, with shares and masses under one word": {
			"Date,Poids (kg),Masse grasse (kg)\n2026-01-05 07:01:02,80,16\n", CSV, []string{"2 2026-01-05T06:01:02Z 80.0000 kg 20.00 %"},
		},
		"a mass of fat": {
			"Date,Weight,Body fat (lb)\n2026-01-05,80,16\n", CSV, []string{"2 2026-01-05T11:00:00Z 80.0000 kg 9.07 %"},
		},
		"a share under the name of a mass": {
			"Date,Weight,Fat mass (%)\n2026-01-05,80,16\n", CSV, []string{"2 2026-01-05T11:00:00Z 80.0000 kg 16.00 %"},
		},
		"words for units": {
			"Time,Weight (pounds)\n2026-01-05 7:01 AM,180.2\n\"Jan 6, 2026 7:01 PM\",181\n", CSV,
			[]string{"2 2026-01-05T06:01:00Z 81.7373 kg", "3 2026-01-06T18:01:00Z 82.1002 kg"},
		},
		"units beside values": {
			"Date,Weight\n2026-01-05,180.2 lb\n2026-01-06,12st 5lb\n2026-01-07,\"80,4\"\n2026-01-08,84 cm\n", CSV,
			[]string{
				"2 2026-01-05T11:00:00Z 81.7373 kg", "3 2026-01-06T11:00:00Z 78.4715 kg", "4 2026-01-07T11:00:00Z 80.4000 kg",
				"5 2026-01-08T11:00:00Z unknown_unit",
			},
		},
		"a unit that is not known": {
			"Date,Weight (catties)\n2026-01-05,120\n", CSV, []string{"2 2026-01-05T11:00:00Z unknown_unit"},
		},
		"decimal commas between commas": {
			"Date,Weight\n2026-01-05,80,4\n", CSV, []string{"2 2026-01-05T11:00:00Z 80.0000 kg bad_columns"},
		},
		"commas in notes": {
			"Date,Weight,Notes\n2026-01-05,80.4,good, light\n", CSV, []string{"2 2026-01-05T11:00:00Z 80.4000 kg good, light"},
		},
		"refused rows": {
			"Date;Weight\n03/04/2026;80\n2026-01-05;eighty\n2026-01-06;\n", CSV,
			[]string{"2 0001-01-01T00:00:00Z 80.0000 kg bad_time", "3 2026-01-05T11:00:00Z bad_number", "4 2026-01-06T11:00:00Z no_value"},
		},
		"Apple Health": {
			`<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE HealthData [<!ELEMENT HealthData (Record*)>]><HealthData locale="en">` +
				`<ExportDate value="2026-01-07 10:00:00 +0100"/>` +
				`<Record type="HKQuantityTypeIdentifierStepCount" unit="count" startDate="2026-01-05 07:00:00 +0100" value="12"/>` +
				`<Record type="HKQuantityTypeIdentifierBodyMass" sourceName="Scale" unit="lb" startDate="2026-01-05 07:01:02 +0100" value="180.2"><MetadataEntry key="a" value="b"/></Record>` +
				`<Record type="HKQuantityTypeIdentifierBodyFatPercentage" sourceName="Scale" unit="%" startDate="2026-01-05 07:01:02 +0100" value="0.195"/>` +
				`<Record type="HKQuantityTypeIdentifierWaistCircumference" sourceName="Health" unit="in" startDate="2026-01-05 07:01:02 +0100" value="40"/>` +
				`<Record type="HKQuantityTypeIdentifierBodyMass" sourceName="Scale" unit="oz" startDate="2026-01-05 07:01:02 +0100" value="1"/>` +
				`<Record type="HKQuantityTypeIdentifierBodyMass" sourceName="Scale" unit="kg" startDate="2026-01-05 07:01:02 +0100" value="NaN"/></HealthData>`,
			AppleHealth, []string{
				"2 2026-01-05T06:01:02Z 81.7373 kg Scale", "3 2026-01-05T06:01:02Z 19.50 % Scale",
				"4 2026-01-05T06:01:02Z map[waist_cm:101.6] Health", "5 2026-01-05T06:01:02Z Scale unknown_unit",
				"6 2026-01-05T06:01:02Z Scale bad_number",
			},
		},
		"Health Connect": {
			`{"pageToken":null,"records":[
				{"time":"2026-01-05T06:00:00Z","weight":{"inKilograms":80.4},"metadata":{"id":"a1","clientRecordVersion":3,"dataOrigin":"com.scale","device":{"model":"S1"}}},
				{"time":"2026-01-05T07:00:00","zoneOffset":"+09:00","weight":{"unit":"pounds","value":180.2},"metadata":{"id":"a2","dataOrigin":{"packageName":"com.scale"}}},
				{"time":"2026-01-05T06:00:00Z","percentage":{"value":19.5},"metadata":{"id":"a3"}},
				{"time":"2026-01-05T06:00:00Z","weight":"heavy"},
				{"time":"2026-01-05T06:00:00Z","steps":5},
				{"time":"2026-01-05T06:00:00Z","weight":{"unit":"catties","value":120}}]}`,
			HealthConnect, []string{
				"1 2026-01-05T06:00:00Z 80.4000 kg com.scale S1 a1", "2 2026-01-04T22:00:00Z 81.7373 kg com.scale a2",
				"3 2026-01-05T06:00:00Z 19.50 % a3", "4 0001-01-01T00:00:00Z bad_number", "5 2026-01-05T06:00:00Z no_value",
				"6 2026-01-05T06:00:00Z unknown_unit",
			},
		},
		"a list with our own names": {
			`[{"id":"x","version":2,"measured_at":"2026-01-05T06:00:00Z","weight_kg":80,"body_fat_pct":20}]`,
			HealthConnect, []string{"1 2026-01-05T06:00:00Z 80.0000 kg 20.00 % x"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			format, rows, err := read(t, c.file, berlin(t))
			require.NoError(t, err)
			require.Equal(t, c.format, format)
			require.Equal(t, c.want, show(rows))
		})
	}
}

// utf16 is a text with its mark, as Excel writes "Unicode text".
func utf16(s string) string {
	b := []byte{0xff, 0xfe}
	for _, unit := range stdutf16.Encode([]rune(s)) {
		b = append(b, byte(unit), byte(unit>>8))
	}
	return string(b)
}

func TestRead_DaysWithSlashes_NeedTheirOrder(t *testing.T) {
	t.Parallel()
	const file = "Date,Weight\n03/04/2026 7:01 AM,80\n12/25/2025,80\n"
	for order, want := range map[DateOrder][]string{
		"":         {"2 0001-01-01T00:00:00Z 80.0000 kg bad_time", "3 0001-01-01T00:00:00Z 80.0000 kg bad_time"},
		DayFirst:   {"2 2026-04-03T05:01:00Z 80.0000 kg", "3 0001-01-01T00:00:00Z 80.0000 kg bad_time"},
		MonthFirst: {"2 2026-03-04T06:01:00Z 80.0000 kg", "3 2025-12-25T11:00:00Z 80.0000 kg"},
	} {
		o := berlin(t)
		o.DateOrder = order
		_, rows, err := read(t, file, o)
		require.NoError(t, err)
		require.Equal(t, want, show(rows), order)
	}
}

func TestRead_Gzip_IsUnpacked(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write([]byte("Date,Weight\n2026-01-05,75.3\n"))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	_, rows, err := read(t, packed.String(), berlin(t))
	require.NoError(t, err)
	require.Len(t, rows, 1)
}

// Wherever a compressed file is cut or changed, it is damaged or still says the same.
func TestRead_DamagedGzip_IsDamagedOrUnknown(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write([]byte("Date,Weight\n2026-01-05,75.3\n2026-01-06,75.2\n"))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	for i := 2; i < packed.Len(); i++ {
		_, _, err := read(t, packed.String()[:i], berlin(t))
		require.ErrorIs(t, err, ErrDamaged, "cut at %d", i)
		for bit := range 8 {
			changed := bytes.Clone(packed.Bytes())
			changed[i] ^= 1 << bit
			if _, _, err := read(t, string(changed), berlin(t)); err != nil && !errors.Is(err, ErrUnknownFormat) {
				require.ErrorIs(t, err, ErrDamaged, "byte %d, bit %d", i, bit)
			}
		}
	}
}

func TestRead_OtherOrDamagedFiles_AreErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file string
		want error
	}{
		"empty":                   {"", ErrUnknownFormat},
		"text":                    {strings.Repeat("Dear diary\n", 100), ErrUnknownFormat},
		"a table of other things": {"Date,Steps\n2026-01-05,100\n", ErrUnknownFormat},
		"another XML":             {"<gpx><trk/></gpx>", ErrUnknownFormat},
		"XML in Latin-1":          {`<?xml version="1.0" encoding="ISO-8859-1"?><HealthData/>`, ErrUnknownFormat},
		"XML cut off":             {`<HealthData><Record type="HK`, ErrDamaged},
		"XML without its end":     {`<HealthData><Record>`, ErrDamaged},
		"deep XML":                {"<HealthData>" + strings.Repeat("<a>", 100), ErrDamaged},
		"another JSON":            {`{"a":1}`, ErrUnknownFormat},
		"JSON cut off":            {`[{"time":"2026-01-05T06:00:00Z","weight_kg":80}`, ErrDamaged},
		"gzip cut off":            {"\x1f\x8b\x08", ErrDamaged},
	} {
		_, _, err := read(t, c.file, berlin(t))
		require.ErrorIs(t, err, c.want, name)
	}
}

func TestRead_EndedContextOrTooLongFile_Stops(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err := Read(ctx, strings.NewReader("Date,Weight\n"), berlin(t), func(Row) error { return nil })
	require.ErrorIs(t, err, context.Canceled)
	o := berlin(t)
	o.MaxBytes = 30
	_, _, err = read(t, "Date,Weight\n2026-01-05,75.3\n2026-01-06,75.3\n", o)
	require.ErrorIs(t, err, ErrTooLarge)
	full := errors.New("enough")
	_, err = Read(t.Context(), strings.NewReader("Date,Weight\n2026-01-05,75.3\n"), berlin(t), func(Row) error { return full })
	require.ErrorIs(t, err, full)
}

// repeated returns a text many times, without holding it.
type repeated struct {
	head, text string
	left       int
	buffer     strings.Reader
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.buffer.Len() == 0 {
		switch {
		case r.head != "":
			r.buffer.Reset(r.head)
			r.head = ""
		case r.left > 0:
			r.left--
			r.buffer.Reset(r.text)
		default:
			return 0, io.EOF
		}
	}
	return r.buffer.Read(p)
}

// An export of Apple Health with 200 000 records of other things is read in the memory of one record.
func TestRead_LongAppleExport_HoldsOneRecord(t *testing.T) {
	file := &repeated{
		head: "<HealthData>",
		left: 200_000,
		text: `<Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" unit="count/min" startDate="2026-01-05 07:00:00 +0100" value="60"/>` + "\n",
	}
	most, n := uint64(0), 0
	o := berlin(t)
	o.MaxBytes = 100 << 20
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := Read(t.Context(), io.TeeReader(file, writer(func() {
		if n++; n%200 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc)
		}
	})), o, func(Row) error { return nil })
	require.ErrorIs(t, err, ErrDamaged, "its end is missing")
	require.Positive(t, most)
	require.Less(t, int64(most)-int64(before.HeapAlloc), int64(4<<20))
}

type writer func()

func (w writer) Write(p []byte) (int, error) {
	w()
	return len(p), nil
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"#Units:kg\n#date;weight\n2026-01-05T06:59:59Z;80.4\n", "Date,Weight (lb)\n2026-01-05,180\n",
		`<HealthData><Record type="HKQuantityTypeIdentifierBodyMass" unit="kg" startDate="2026-01-05 07:01:02 +0100" value="80"/></HealthData>`,
		`{"records":[{"time":"2026-01-05T06:00:00Z","weight":{"inKilograms":80}}]}`, "\x1f\x8b", "[", "<",
		`<?xml version="1.1"?><HealthData/>`, `<?xml version="1.0" encoding="UTF-16"?><HealthData/>`, "\xff\xfe<\x00", `{"records":{}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		o := berlin(t)
		o.MaxBytes = 1 << 20
		_, err := Read(t.Context(), bytes.NewReader(file), o, func(r Row) error {
			if r.Refused == "" && r.WeightKg == nil && r.BodyFatPct == nil && r.Girths == nil {
				t.Fatal("a row without a value was not refused")
			}
			return nil
		})
		if err != nil && !errors.Is(err, ErrUnknownFormat) && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrTooLarge) {
			t.Fatalf("an error that is not the file's: %v", err)
		}
	})
}

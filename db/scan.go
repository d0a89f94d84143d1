package db

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/ultimatecoach/api/internal/tools/nutrient"
)

// registerTypes registers faster codecs for the types of our columns. pgx finds out by reflection how to scan into a *string or a
// *float64, for each column of each row, and reads a numeric through big.Int and a uuid through database/sql: together a third of
// the cost of reading a profile. JSON is read by version 2 of encoding/json, in a third of the time of version 1.
func registerTypes(_ context.Context, conn *pgx.Conn) error {
	m := conn.TypeMap()
	readText := func(src []byte) (string, error) { return string(src), nil }
	readInt4 := sized(4, func(src []byte) int32 { return int32(binary.BigEndian.Uint32(src)) })
	register(m, "text", pgtype.TextOID, pgtype.TextCodec{}, readText)
	register(m, "bool", pgtype.BoolOID, pgtype.BoolCodec{}, sized(1, func(src []byte) bool { return src[0] != 0 }))
	register(m, "int2", pgtype.Int2OID, pgtype.Int2Codec{}, sized(2, func(src []byte) int16 { return int16(binary.BigEndian.Uint16(src)) }))
	register(m, "int4", pgtype.Int4OID, pgtype.Int4Codec{}, readInt4)
	register(m, "float8", pgtype.Float8OID, pgtype.Float8Codec{}, readFloat8)
	register(m, "date", pgtype.DateOID, pgtype.DateCodec{}, readDate)
	register(m, "timestamptz", pgtype.TimestamptzOID, &pgtype.TimestamptzCodec{}, readInstant)
	register(m, "uuid", pgtype.UUIDOID, pgtype.UUIDCodec{}, sized(16, func(src []byte) uuid.UUID { return uuid.UUID(src) }))
	register(m, "numeric", pgtype.NumericOID, pgtype.NumericCodec{}, readNumeric)
	registerArray(m, "_text", pgtype.TextArrayOID, pgtype.TextOID, readText)
	registerArray(m, "_int4", pgtype.Int4ArrayOID, pgtype.Int4OID, readInt4)
	registerArray(m, "_float8", pgtype.Float8ArrayOID, pgtype.Float8OID, readFloat8)
	registerArray(m, "_date", pgtype.DateArrayOID, pgtype.DateOID, readDate)
	registerArray(m, "_numeric", pgtype.NumericArrayOID, pgtype.NumericOID, readNumeric)
	m.RegisterType(&pgtype.Type{Name: "json", OID: pgtype.JSONOID, Codec: &pgtype.JSONCodec{Marshal: json.Marshal, Unmarshal: readJSON}})
	m.RegisterType(&pgtype.Type{Name: "jsonb", OID: pgtype.JSONBOID, Codec: &pgtype.JSONBCodec{Marshal: json.Marshal, Unmarshal: readJSON}})
	m.TryWrapEncodePlanFuncs = append([]pgtype.TryWrapEncodePlanFunc{wrapUUID}, m.TryWrapEncodePlanFuncs...)
	return nil
}

func readJSON(src []byte, target any) error { return jsonv2.Unmarshal(src, target) }

// register lets a Postgres type be read into a T or, where it may be null, a *T. All other targets use the codec.
func register[T any](m *pgtype.Map, name string, oid uint32, codec pgtype.Codec, read func(src []byte) (T, error)) {
	m.RegisterType(&pgtype.Type{Name: name, OID: oid, Codec: &scanCodec[T]{codec, plain[T]{read}, nullable[T]{read}}})
}

type scanCodec[T any] struct {
	pgtype.Codec
	plain    plain[T]
	nullable nullable[T]
}

// PlanScan knows the format in which pgx asks for the type in prepared statements; text is the same in both.
func (k *scanCodec[T]) PlanScan(m *pgtype.Map, oid uint32, format int16, target any) pgtype.ScanPlan {
	if format == k.PreferredFormat() {
		switch target.(type) {
		case *T:
			return &k.plain
		case **T:
			return &k.nullable
		}
	}
	return k.Codec.PlanScan(m, oid, format, target)
}

type plain[T any] struct {
	read func(src []byte) (T, error)
}

func (p *plain[T]) Scan(src []byte, target any) (err error) {
	to := target.(*T)
	if src == nil {
		return fmt.Errorf("cannot scan null into %T", *to)
	}
	*to, err = p.read(src)
	return err
}

type nullable[T any] struct {
	read func(src []byte) (T, error)
}

func (p *nullable[T]) Scan(src []byte, target any) error {
	to := target.(**T)
	if src == nil {
		*to = nil
		return nil
	}
	v, err := p.read(src)
	if err != nil {
		return err
	}
	*to = &v
	return nil
}

func sized[T any](size int, read func(src []byte) T) func([]byte) (T, error) {
	return func(src []byte) (v T, err error) {
		if len(src) != size {
			return v, fmt.Errorf("%d bytes for %T, which has %d", len(src), v, size)
		}
		return read(src), nil
	}
}

var readFloat8 = sized(8, func(src []byte) float64 { return math.Float64frombits(binary.BigEndian.Uint64(src)) })

// epoch is where Postgres counts days and microseconds from.
var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func readDate(src []byte) (time.Time, error) {
	days, err := sized(4, func(src []byte) int32 { return int32(binary.BigEndian.Uint32(src)) })(src)
	if err == nil && (days == math.MaxInt32 || days == math.MinInt32) {
		err = errInfinite
	}
	return time.Unix(epoch.Unix()+int64(days)*24*60*60, 0).UTC(), err
}

func readInstant(src []byte) (time.Time, error) {
	microseconds, err := sized(8, func(src []byte) int64 { return int64(binary.BigEndian.Uint64(src)) })(src)
	if err == nil && (microseconds == math.MaxInt64 || microseconds == math.MinInt64) {
		err = errInfinite
	}
	return time.UnixMicro(epoch.UnixMicro() + microseconds), err
}

var errInfinite = errors.New("cannot scan infinity into a time")

// powers of ten that a float64 holds exactly, by the 10,000 that a digit of a numeric counts to.
var powers = [...]float64{1, 1e4, 1e8, 1e12, 1e16, 1e20}

// readNumeric reads what numeric_send writes: the count of digits, the first one's weight, the sign and the scale, then
// the digits, to the base of 10,000. Three of them are an integer that a float64 holds exactly, so that one division
// rounds once, as reading the decimal text would. All columns of ours are of that size.
func readNumeric(src []byte) (float64, error) {
	const positive, negative, header, exact = 0x0000, 0x4000, 8, 3
	if len(src) >= header {
		digits, sign := int(binary.BigEndian.Uint16(src)), binary.BigEndian.Uint16(src[4:])
		point := digits - 1 - int(int16(binary.BigEndian.Uint16(src[2:]))) // digits behind it
		if digits <= exact && len(src) == header+2*digits && (sign == positive || sign == negative) && max(point, -point) < len(powers) {
			n := 0
			for i := header; i < len(src); i += 2 {
				n = n*10_000 + int(binary.BigEndian.Uint16(src[i:]))
			}
			if sign == negative {
				n = -n
			}
			if point < 0 {
				return float64(n) * powers[-point], nil
			}
			return float64(n) / powers[point], nil
		}
	}
	var v pgtype.Float8
	err := pgtype.NumericCodec{}.PlanScan(nil, pgtype.NumericOID, pgtype.BinaryFormatCode, &v).Scan(src, &v)
	return v.Float64, err
}

// registerArray lets an array be read into a []T without null; one of more dimensions row by row.
func registerArray[T any](m *pgtype.Map, name string, oid, element uint32, read func(src []byte) (T, error)) {
	kind, _ := m.TypeForOID(element)
	m.RegisterType(&pgtype.Type{Name: name, OID: oid, Codec: &arrayCodec[T]{pgtype.ArrayCodec{ElementType: kind}, slice[T]{read}}})
}

type arrayCodec[T any] struct {
	pgtype.ArrayCodec
	slice slice[T]
}

func (c *arrayCodec[T]) PlanScan(m *pgtype.Map, oid uint32, format int16, target any) pgtype.ScanPlan {
	if format == pgtype.BinaryFormatCode {
		if _, ok := target.(*[]T); ok {
			return &c.slice
		}
		if _, ok := target.(*nutrient.Values); ok && oid == pgtype.NumericArrayOID {
			return scanNutrients{}
		}
	}
	return c.ArrayCodec.PlanScan(m, oid, format, target)
}

type slice[T any] struct {
	read func(src []byte) (T, error)
}

func (s *slice[T]) Scan(src []byte, target any) error {
	to := target.(*[]T)
	if *to = nil; src == nil {
		return nil
	}
	size, elements, err := arrayOf(src)
	if err != nil {
		return err
	}
	*to = make([]T, 0, size)
	for range size {
		element, rest, err := nextElement(elements)
		if err != nil {
			return err
		}
		if element == nil {
			return fmt.Errorf("cannot scan an array with null into %T", *to)
		}
		v, err := s.read(element)
		if err != nil {
			return err
		}
		*to, elements = append(*to, v), rest
	}
	return nil
}

// arrayOf reads the beginning of what array_send writes: the number of dimensions, whether there are nulls, the type of the elements, then the
// size and the lower bound of each dimension. It returns the number of elements, and their bytes.
func arrayOf(src []byte) (size int, elements []byte, err error) {
	const head, dimension, maxDimensions = 12, 8, 6
	if len(src) < head {
		return 0, nil, fmt.Errorf("%d bytes are no array", len(src))
	}
	dimensions := int(binary.BigEndian.Uint32(src))
	if src = src[head:]; dimensions > maxDimensions || len(src) < dimensions*dimension {
		return 0, nil, fmt.Errorf("an array of %d dimensions has %d bytes", dimensions, len(src))
	}
	size = min(dimensions, 1)
	for range dimensions {
		size *= int(binary.BigEndian.Uint32(src))
		src = src[dimension:]
	}
	if size < 0 || size > len(src) { // each element has its length before it
		return 0, nil, fmt.Errorf("an array of %d elements has %d bytes", size, len(src))
	}
	return size, src, nil
}

// nextElement returns the first element, nil for null, and what comes after it.
func nextElement(src []byte) (element, rest []byte, err error) {
	const length = 4
	if len(src) < length {
		return nil, nil, errors.New("an array ends before its last element")
	}
	size := int(int32(binary.BigEndian.Uint32(src)))
	if src = src[length:]; size < 0 {
		return nil, src, nil
	}
	if size > len(src) {
		return nil, nil, errors.New("an array ends within an element")
	}
	return src[:size:size], src[size:], nil
}

type scanNutrients struct{}

// Scan takes null for amounts that are all unknown, as an outer join has them.
func (scanNutrients) Scan(src []byte, target any) (err error) {
	to := target.(*nutrient.Values)
	if *to = (nutrient.Values{}); src != nil {
		*to, err = readNutrients(src)
	}
	return err
}

// readNutrients reads an array of numerics that has an amount for each nutrient, in the order of their table. More elements are those of
// a newer release, which is being deployed.
func readNutrients(src []byte) (v nutrient.Values, err error) {
	size, elements, err := arrayOf(src)
	if err == nil && size < int(nutrient.Count) {
		err = fmt.Errorf("%d amounts for %d nutrients", size, nutrient.Count)
	}
	if err != nil {
		return v, err
	}
	for id := range nutrient.Count {
		var element []byte
		if element, elements, err = nextElement(elements); err != nil {
			return v, fmt.Errorf("read %s: %w", nutrient.Table[id].Key, err)
		}
		if element == nil {
			continue
		}
		amount, err := readNumeric(element)
		if err != nil {
			return v, fmt.Errorf("read %s: %w", nutrient.Table[id].Key, err)
		}
		v.Set(id, amount)
	}
	return v, nil
}

// wrapUUID writes google/uuid's type as it is.
func wrapUUID(value any) (pgtype.WrappedEncodePlanNextSetter, any, bool) {
	if id, ok := value.(uuid.UUID); ok {
		return &encodeUUID{}, asUUID(id), true
	}
	return nil, nil, false
}

type asUUID uuid.UUID

// UUIDValue is how pgx's codec asks.
func (u asUUID) UUIDValue() (pgtype.UUID, error) { return pgtype.UUID{Bytes: u, Valid: true}, nil }

type encodeUUID struct{ next pgtype.EncodePlan }

func (p *encodeUUID) SetNext(next pgtype.EncodePlan) { p.next = next }

func (p *encodeUUID) Encode(value any, buf []byte) ([]byte, error) {
	return p.next.Encode(asUUID(value.(uuid.UUID)), buf)
}

package db

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"

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
	register(m, "text", pgtype.TextOID, pgtype.TextCodec{}, func(src []byte) (string, error) { return string(src), nil })
	register(m, "bool", pgtype.BoolOID, pgtype.BoolCodec{}, sized(1, func(src []byte) bool { return src[0] != 0 }))
	register(m, "int2", pgtype.Int2OID, pgtype.Int2Codec{}, sized(2, func(src []byte) int16 { return int16(binary.BigEndian.Uint16(src)) }))
	register(m, "int4", pgtype.Int4OID, pgtype.Int4Codec{}, sized(4, func(src []byte) int32 { return int32(binary.BigEndian.Uint32(src)) }))
	register(m, "uuid", pgtype.UUIDOID, pgtype.UUIDCodec{}, sized(16, func(src []byte) uuid.UUID { return uuid.UUID(src) }))
	register(m, "numeric", pgtype.NumericOID, pgtype.NumericCodec{}, readNumeric)
	numeric, _ := m.TypeForOID(pgtype.NumericOID)
	m.RegisterType(
		&pgtype.Type{Name: "_numeric", OID: pgtype.NumericArrayOID, Codec: &numericArray{pgtype.ArrayCodec{ElementType: numeric}}},
	)
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

// numericArray lets an array of numerics be read into the amounts of nutrients.
type numericArray struct{ pgtype.ArrayCodec }

func (c *numericArray) PlanScan(m *pgtype.Map, oid uint32, format int16, target any) pgtype.ScanPlan {
	if _, ok := target.(*nutrient.Values); ok && format == pgtype.BinaryFormatCode {
		return scanNutrients{}
	}
	return c.ArrayCodec.PlanScan(m, oid, format, target)
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

// readNutrients reads what array_send writes of an array of numerics that has an amount for each nutrient, in the order of
// their table: the dimensions, of which there is one, whether there are nulls, the type of the elements, the dimension's size and lower
// bound, then each element behind its size. More elements are those of a newer release, which is being deployed.
func readNutrients(src []byte) (v nutrient.Values, err error) {
	const header = 20
	if len(src) < header || binary.BigEndian.Uint32(src) != 1 || binary.BigEndian.Uint32(src[12:]) < uint32(nutrient.Count) {
		return v, fmt.Errorf("%d bytes are no array of %d nutrients", len(src), nutrient.Count)
	}
	src = src[header:]
	for id := range nutrient.Count {
		if len(src) < 4 {
			return v, fmt.Errorf("an array of nutrients ends at %s", nutrient.Table[id].Key)
		}
		size := int32(binary.BigEndian.Uint32(src))
		src = src[4:]
		if size < 0 {
			continue
		}
		if int(size) > len(src) {
			return v, fmt.Errorf("an array of nutrients ends within %s", nutrient.Table[id].Key)
		}
		amount, err := readNumeric(src[:size])
		if err != nil {
			return v, fmt.Errorf("read %s: %w", nutrient.Table[id].Key, err)
		}
		v.Set(id, amount)
		src = src[size:]
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

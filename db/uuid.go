package db

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// knowUUIDs teaches a connection google/uuid's type. By itself pgx takes the way of database/sql, through text and back,
// which costs some 2 µs and six allocations for each value.
func knowUUIDs(_ context.Context, conn *pgx.Conn) error {
	m := conn.TypeMap()
	m.TryWrapEncodePlanFuncs = append([]pgtype.TryWrapEncodePlanFunc{func(value any) (pgtype.WrappedEncodePlanNextSetter, any, bool) {
		if id, ok := value.(uuid.UUID); ok {
			return &encodeUUID{}, asUUID(id), true
		}
		return nil, nil, false
	}}, m.TryWrapEncodePlanFuncs...)
	m.TryWrapScanPlanFuncs = append([]pgtype.TryWrapScanPlanFunc{func(target any) (pgtype.WrappedScanPlanNextSetter, any, bool) {
		if id, ok := target.(*uuid.UUID); ok {
			return &scanUUID{}, (*asUUID)(id), true
		}
		return nil, nil, false
	}}, m.TryWrapScanPlanFuncs...)
	return nil
}

// asUUID is a uuid as pgx's codec likes it.
type asUUID uuid.UUID

// ScanUUID reads it. Columns that may be null are pointers in Go, and null never gets here.
func (u *asUUID) ScanUUID(v pgtype.UUID) error {
	if !v.Valid {
		return errors.New("cannot scan null into uuid.UUID")
	}
	*u = v.Bytes
	return nil
}

// UUIDValue writes it.
func (u asUUID) UUIDValue() (pgtype.UUID, error) { return pgtype.UUID{Bytes: u, Valid: true}, nil }

type encodeUUID struct{ next pgtype.EncodePlan }

func (p *encodeUUID) SetNext(next pgtype.EncodePlan) { p.next = next }

func (p *encodeUUID) Encode(value any, buf []byte) ([]byte, error) {
	return p.next.Encode(asUUID(value.(uuid.UUID)), buf)
}

type scanUUID struct{ next pgtype.ScanPlan }

func (p *scanUUID) SetNext(next pgtype.ScanPlan) { p.next = next }

func (p *scanUUID) Scan(src []byte, target any) error {
	return p.next.Scan(src, (*asUUID)(target.(*uuid.UUID)))
}

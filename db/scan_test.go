package db_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/tools/nutrient"
)

// Every id of the service goes through this, in prepared statements as bytes and behind a transaction pooler as text.
func TestUUID_RoundTripsThroughPostgres(t *testing.T) {
	t.Parallel()
	for name, pooled := range map[string]bool{"prepared": false, "unprepared": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base := dbtest.Shared(t)
			user, session := dbtest.User(t, base)
			d, err := db.Open(db.Options{URL: base.AppURL, TransactionPooler: pooled})
			require.NoError(t, err)
			t.Cleanup(d.Close)
			ctx := db.WithIdentity(t.Context(), &db.Identity{UserID: user, SessionID: session, Claims: "{}"})
			me, err := d.GetMe(ctx, user)
			require.NoError(t, err)
			require.Equal(t, user, me.ID)
			_, err = d.GetMe(ctx, uuid.New())
			require.True(t, db.IsNoRows(err), "%v", err)
		})
	}
}

// What we read ourselves must be what Postgres means, to the last bit and in both formats.
func TestTypes_ScanToTheValuesOfPostgres(t *testing.T) {
	t.Parallel()
	base := dbtest.Shared(t)
	numbers := []string{
		"0",
		"0.0",
		"-0.1",
		"80.00",
		"72.55",
		"1234567890123456789.5",
		"1e20",
		"123e20",
		"1e-20",
		"1e-25",
		"0.3e-16",
		"9999.9999",
		"99999999",
		"NaN",
		"Infinity",
		"-Infinity",
	}
	for range 200 {
		numbers = append(numbers, fmt.Sprintf("%d.%0*d", rand.IntN(20_000)-10_000, 1+rand.IntN(9), rand.IntN(1_000_000_000)))
	}
	eachProtocol(t, base, func(t *testing.T, d *db.DB) {
		for _, n := range numbers {
			var got, want float64
			var maybe *float64
			require.NoError(
				t,
				d.DBTX().
					QueryRow(t.Context(), "select $1::text::numeric, $1::text::numeric, $1::text::float8", n).
					Scan(&got, &maybe, &want),
			)
			if math.IsNaN(want) {
				require.True(t, math.IsNaN(got) && math.IsNaN(*maybe))
				continue
			}
			require.Equal(t, want, got, n)
			require.Equal(t, want, *maybe, n)
		}
		var words, noWords *string
		var small, noSmall *int16
		var number, noNumber *int32
		var yes, nobodyKnows *bool
		var id, noID *uuid.UUID
		require.NoError(t, d.DBTX().QueryRow(t.Context(),
			"select 'é'::text, null::text, -2::int2, null::int2, -70000::int4, null::int4, true, null::bool, $1::uuid, null::uuid", uuid.Max,
		).
			Scan(&words, &noWords, &small, &noSmall, &number, &noNumber, &yes, &nobodyKnows, &id, &noID))
		require.Equal(t, []any{"é", int16(-2), int32(-70000), true, uuid.Max}, []any{*words, *small, *number, *yes, *id})
		require.Equal(
			t,
			[]any{(*string)(nil), (*int16)(nil), (*int32)(nil), (*bool)(nil), (*uuid.UUID)(nil)},
			[]any{noWords, noSmall, noNumber, nobodyKnows, noID},
		)
		var day, instant, before time.Time
		var noDay, noInstant *time.Time
		require.NoError(t, d.DBTX().QueryRow(t.Context(), `select '9999-12-31'::date, '2026-11-23 06:10:00.123456+01'::timestamptz,
			'1969-07-20 20:17:40Z'::timestamptz, null::date, null::timestamptz`).Scan(&day, &instant, &before, &noDay, &noInstant))
		require.Equal(t, time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC), day)
		require.Equal(t, time.Date(2026, 11, 23, 5, 10, 0, 123456000, time.UTC), instant.UTC())
		require.Equal(t, time.Date(1969, 7, 20, 20, 17, 40, 0, time.UTC), before.UTC())
		require.Equal(t, []*time.Time{nil, nil}, []*time.Time{noDay, noInstant})
		require.Error(t, d.DBTX().QueryRow(t.Context(), "select 'infinity'::date").Scan(&day))
		require.Error(t, d.DBTX().QueryRow(t.Context(), "select '-infinity'::timestamptz").Scan(&day))
		require.Error(t, d.DBTX().QueryRow(t.Context(), "select null::int4").Scan(new(int32)), "no zero for null")
		require.Error(t, d.DBTX().QueryRow(t.Context(), "select null::numeric").Scan(new(float64)), "no zero for null")
	})
}

// eachProtocol runs a test with prepared statements, whose values come as bytes, and without, as behind a transaction pooler.
func eachProtocol(t *testing.T, base dbtest.Database, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	for name, pooled := range map[string]bool{"prepared": false, "unprepared": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, err := db.Open(db.Options{URL: base.AppURL, TransactionPooler: pooled})
			require.NoError(t, err)
			t.Cleanup(d.Close)
			test(t, d)
		})
	}
}

func TestArrays_ScanToTheirElements(t *testing.T) {
	t.Parallel()
	base := dbtest.Shared(t)
	eachProtocol(t, base, func(t *testing.T, d *db.DB) {
		var words, none []string
		var numbers []int32
		var floats, amounts, rows []float64
		var days []time.Time
		require.NoError(
			t,
			d.DBTX().QueryRow(t.Context(), `select array['é', ''], '{}'::text[], array[-1, 2]::int4[], array[0.5, -1e300]::float8[],
			array[72.55, 3]::numeric[], array[[1.5, 2], [3, 4]]::numeric[], array['2026-11-23', '1999-12-31']::date[]`).
				Scan(&words, &none, &numbers, &floats, &amounts, &rows, &days),
		)
		require.Equal(t, []any{[]string{"é", ""}, []string{}, []int32{-1, 2}}, []any{words, none, numbers})
		require.Equal(t, [][]float64{{0.5, -1e300}, {72.55, 3}, {1.5, 2, 3, 4}}, [][]float64{floats, amounts, rows})
		require.Equal(
			t,
			[]time.Time{time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), time.Date(1999, 12, 31, 0, 0, 0, 0, time.UTC)},
			days,
		)
		require.NoError(t, d.DBTX().QueryRow(t.Context(), "select null::text[]").Scan(&words))
		require.Nil(t, words)
		require.Error(t, d.DBTX().QueryRow(t.Context(), "select array['a', null]").Scan(&words), "no empty text for null")
	})
}

func TestNutrients_ScanByPositionInTheArray(t *testing.T) {
	t.Parallel()
	base := dbtest.Shared(t)
	eachProtocol(t, base, func(t *testing.T, d *db.DB) {
		read := func(sql string) (v nutrient.Values, err error) {
			v.Set(nutrient.Iron, 99) // of the row before
			err = d.DBTX().QueryRow(t.Context(), "select ("+sql+")::numeric[]").Scan(&v)
			return v, err
		}
		places := fmt.Sprintf("generate_series(0, %d) i", nutrient.Count-1)
		got, err := read("select array_agg(case when i <> 2 then i + 0.125 end order by i) from " + places)
		require.NoError(t, err)
		for id := range nutrient.Count {
			amount, known := got.Get(id)
			require.Equal(t, id != 2, known)
			if known {
				require.Equal(t, float64(id)+0.125, amount)
			}
		}
		longer, err := read("select array_agg(case when i <> 2 then i + 0.125 end order by i) || 7.0 from " + places)
		require.NoError(t, err)
		require.Equal(t, got, longer, "of a newer release, which knows one more")
		none, err := read("null")
		require.NoError(t, err)
		require.Equal(t, nutrient.Values{}, none)
		for _, sql := range []string{"array[1, 2]", "'{}'", "array[[1, 2], [3, 4]]"} {
			_, err = read(sql)
			require.Error(t, err, sql)
		}
	})
}

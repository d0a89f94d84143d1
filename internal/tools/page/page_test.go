package page_test

import (
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

type key struct {
	At time.Time `json:"at"`
	ID uuid.UUID `json:"id"`
}

func keys(t *rapid.T) key {
	at := time.Unix(rapid.Int64Range(-62135596800, 253402300799).Draw(t, "seconds"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanos"))
	var id uuid.UUID
	copy(id[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id"))
	return key{at.UTC(), id}
}

func requireInvalid(t require.TestingT, err error) {
	p, ok := errors.AsType[*problem.Problem](err)
	require.True(t, ok, "%v is not a problem", err)
	require.Equal(t, problem.InvalidCursor.Code, p.Type.Code)
}

func TestDecode_OwnCursor_ReturnsTheKey(t *testing.T) {
	t.Parallel()
	cursors := page.NewCursors("secret")
	rapid.Check(t, func(t *rapid.T) {
		want := keys(t)
		cursor, err := cursors.Encode("listThings", want)
		require.NoError(t, err)
		require.Regexp(t, `^[A-Za-z0-9_-]{1,512}$`, cursor, "the contract's pattern of a cursor")
		var got key
		require.NoError(t, cursors.Decode("listThings", cursor, &got))
		require.True(t, want.At.Equal(got.At), "%s became %s", want.At, got.At)
		require.Equal(t, want.ID, got.ID)
	})
}

func TestDecode_ForeignOrChangedCursor_IsRefused(t *testing.T) {
	t.Parallel()
	cursors := page.NewCursors("secret")
	rapid.Check(t, func(t *rapid.T) {
		cursor, err := cursors.Encode("listThings", keys(t))
		require.NoError(t, err)
		var into key
		requireInvalid(t, cursors.Decode("listOthers", cursor, &into))
		requireInvalid(t, page.NewCursors("other").Decode("listThings", cursor, &into))
		requireInvalid(t, cursors.Decode("listThings", cursor[:rapid.IntRange(0, len(cursor)-1).Draw(t, "cut")], &into))
		at := rapid.IntRange(0, len(cursor)-1).Draw(t, "at")
		letter := rapid.SampledFrom([]byte("AZaz09-_+/= \x00\xff")).Draw(t, "letter")
		if changed := cursor[:at] + string(letter) + cursor[at+1:]; changed != cursor {
			requireInvalid(t, cursors.Decode("listThings", changed, &into))
		}
		requireInvalid(t, cursors.Decode("listThings", cursor+"A", &into))
		require.Zero(t, into, "a refused cursor changes nothing")
	})
}

func TestDecode_OtherSpellingOfACursor_IsRefused(t *testing.T) {
	t.Parallel()
	cursors := page.NewCursors("secret")
	cursor, err := cursors.Encode("listThings", "k")
	require.NoError(t, err)
	var into string
	for _, spelling := range []string{cursor + "=", cursor + "==", cursor + "\n", " " + cursor, strings.ToUpper(cursor)} {
		requireInvalid(t, cursors.Decode("listThings", spelling, &into))
	}
}

func TestDecode_CursorOfListWithSamePrefix_IsRefused(t *testing.T) {
	t.Parallel()
	cursors := page.NewCursors("secret")
	// With name and key simply joined, list `a` with key `12` would sign as list `a1` with key `2`.
	cursor, err := cursors.Encode("a", 12)
	require.NoError(t, err)
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	require.NoError(t, err)
	var into int
	requireInvalid(t, cursors.Decode("a1", base64.RawURLEncoding.EncodeToString(slices.Concat(raw[:8], raw[9:])), &into))
}

func TestDecode_SignedKeyOfAnotherType_IsRefused(t *testing.T) {
	t.Parallel()
	cursors := page.NewCursors("secret")
	cursor, err := cursors.Encode("listThings", "once the key was a string")
	require.NoError(t, err)
	var into key
	requireInvalid(t, cursors.Decode("listThings", cursor, &into))
}

func FuzzDecode_AnyText_ReturnsKeyOrInvalidCursor(f *testing.F) {
	cursors := page.NewCursors("secret")
	genuine, err := cursors.Encode("listThings", key{time.Unix(0, 0), uuid.Nil})
	require.NoError(f, err)
	for _, seed := range []string{genuine, "", "A", "AAAAAAAAAAA", genuine[:11], genuine + "A", "null", "\x00", "Ä"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cursor string) {
		var into key
		err := cursors.Decode("listThings", cursor, &into)
		if cursor == genuine {
			require.NoError(t, err)
			return
		}
		requireInvalid(t, err)
		require.Zero(t, into)
	})
}

func TestLimit_WithoutValue_ReturnsTheDefault(t *testing.T) {
	t.Parallel()
	require.Equal(t, 20, page.Limit(nil))
	require.Equal(t, 1, page.Limit(new(1)))
	require.Equal(t, 100, page.Limit(new(100)))
}

func TestCut_ReturnsAtMostLimitRows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.Int(), 0, 30).Draw(t, "rows")
		limit := rapid.IntRange(1, 30).Draw(t, "limit")
		got, more := page.Cut(rows, limit)
		require.Equal(t, len(rows) > limit, more)
		require.Equal(t, rows[:min(limit, len(rows))], got)
	})
}

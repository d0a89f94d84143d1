package page_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/page"
)

func TestNewest_FollowedToTheEnd_ReturnsEveryRowOnce(t *testing.T) {
	t.Parallel()
	cursors := page.NewCursors("secret")
	var all []page.Key
	for i := range 5 {
		all = append(all, page.Key{At: time.Unix(int64(100-i), 0).UTC(), ID: uuid.New()})
	}
	var read []page.Key
	var cursor *string
	for range 3 {
		p, err := cursors.Newest("things", new(2), cursor)
		require.NoError(t, err)
		require.EqualValues(t, 3, p.Size)
		begin := 0
		if p.BeforeID != nil {
			for all[begin].ID != *p.BeforeID {
				begin++
			}
			require.Equal(t, all[begin].At, *p.BeforeAt)
			begin++
		}
		found := all[begin:min(begin+int(p.Size), len(all))]
		rows, next, err := page.Rows(p, found, func(k page.Key) page.Key { return k })
		require.NoError(t, err)
		read = append(read, rows...)
		cursor = next
	}
	require.Equal(t, all, read)
	require.Nil(t, cursor, "after the last page")
}

func TestNewest_CursorOfAnotherList_IsRefused(t *testing.T) {
	t.Parallel()
	cursors := page.NewCursors("secret")
	other, err := cursors.Encode("others", page.Key{})
	require.NoError(t, err)
	_, err = cursors.Newest("things", nil, &other)
	require.ErrorContains(t, err, "cursor")
}

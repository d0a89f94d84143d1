package db_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/db"
)

func TestJobs_ListenOnlyWithoutATransactionPooler(t *testing.T) {
	t.Parallel()
	const url = "postgres://app:x@127.0.0.1:1/x"
	for _, c := range []struct {
		o    db.Options
		want bool
	}{
		{db.Options{URL: url}, true},
		{db.Options{URL: url, TransactionPooler: true}, false},
		{db.Options{URL: url, TransactionPooler: true, DirectURL: url}, true},
	} {
		_, listens := openDB(t, c.o).Jobs()
		require.Equal(t, c.want, listens, "%+v", c.o)
	}
	_, err := db.Open(db.Options{URL: url, DirectURL: "postgres://app:hunter2@127.0.0.1:port/x"})
	require.ErrorContains(t, err, "DATABASE_DIRECT_URL")
	require.NotContains(t, err.Error(), "hunter2")
}

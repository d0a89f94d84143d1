package db_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/db/dbtest"
)

// Every id of the service goes through this, in prepared statements as bytes and behind a transaction pooler as text.
func TestUUID_GoesToPostgresAndComesBack(t *testing.T) {
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

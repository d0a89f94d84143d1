package safety

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestHelpLines_VerifiedWithinAYear turns red when somebody must call or look up a number again: read the source, or a newer
// one, and set verified_at in resources.tsv. A number that is no longer right is removed.
func TestHelpLines_VerifiedWithinAYear(t *testing.T) {
	t.Parallel()
	for _, h := range helpLines {
		if h.verifiedAt.IsZero() {
			require.Empty(t, h.source, "%s: a source without a date", h.name)
			continue
		}
		require.NotEmpty(t, h.source, "%s %s", h.purpose, h.regions)
		require.True(t, time.Now().Before(h.verifiedAt.Add(verifiedFor)), "%s %s %s was verified on %s: verify it again",
			h.purpose, h.regions, h.name, h.verifiedAt.Format(time.DateOnly))
	}
}

func TestHelpLines_CountriesOfTheZones_HaveEmergencyAndCrisisLines(t *testing.T) {
	t.Parallel()
	for zone, region := range zoneRegions {
		_, err := time.LoadLocation(zone)
		require.NoError(t, err)
		for _, purpose := range []Purpose{ForEmergency, ForCrisis} {
			h, ok := verified(purpose, region, time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC))
			require.True(t, ok, "%s in %s", purpose, region)
			require.Regexp(t, `^\d[\d ]+(, \d[\d ]+)*$`, h.phone)
		}
	}
}

package zone_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/zone"
)

func TestAt_Places_ReturnsTheirZone(t *testing.T) {
	t.Parallel()
	for name, place := range map[string][2]float64{
		"Europe/Berlin":       {52.52, 13.4},
		"America/New_York":    {40.71, -74},
		"Asia/Kathmandu":      {27.7, 85.3},
		"Australia/Melbourne": {-37, 144},
	} {
		require.Equal(t, name, zone.At(place[0], place[1]))
	}
}

func TestAt_SeaBorderAndNoPlace_AreUnknown(t *testing.T) {
	t.Parallel()
	for _, place := range [][2]float64{{0, 0}, {0.5, -30}, {47.56, 7.6}, {91, 0}, {0, 181}} {
		require.Empty(t, zone.At(place[0], place[1]), place)
	}
}

func BenchmarkAt(b *testing.B) {
	for b.Loop() {
		zone.At(52.52, 13.4)
	}
}

package activityfile_test

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/activityfile"
)

// testdata/fit-tool-run.fit was written by fit-tool 0.9.16 (PyPI), an encoder that shares no code with our decoder: a run of 300 records, one
// a second, 3 m and 10 cm of altitude apart.
func TestRead_FileOfAnotherEncoder_ReturnsWhatItWrote(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("testdata/fit-tool-run.fit")
	require.NoError(t, err)
	a := readOne(t, content)
	require.Equal(t, activityfile.Sport{Family: activityfile.Running, Name: "running/trail"}, a.Sport)
	require.Equal(t, start, a.StartedAt)
	require.Equal(t, 299*time.Second, a.Timer)
	require.Equal(t, 897.0, *a.DistanceM)
	require.Equal(t, 29.0, *a.AscentM)
	require.Equal(t, 21, *a.Kcal)
	require.Equal(t, 250, *a.AvgPower)
	require.Equal(t, 168, *a.AvgCadence)
	require.Equal(t, 149, *a.MaxHeartRate)
	require.Nil(t, a.UTCOffset)
	require.Len(t, a.Points, 300)
	for i, p := range a.Points {
		lat, lon, known := p.Position()
		require.True(t, known)
		require.InDelta(t, 47+float64(i)*3/111195.08, lat, 2e-7)
		require.InDelta(t, 8.5, lon, 2e-7)
		require.InDelta(t, 400+float64(i)*0.1, p.AltitudeM, 0.11) // FIT has 0.2 m
		require.InDelta(t, 3*i, p.DistanceM, 0.01)
		require.InDelta(t, 3, p.SpeedMPS, 0.001)
		require.Equal(t, int16(130+i%20), p.HeartRate)
	}
	first, last := a.Points[0], a.Points[299]
	lat1, lon1, _ := first.Position()
	lat2, lon2, _ := last.Position()
	require.InDelta(t, *a.DistanceM, activityfile.Distance(lat1, lon1, lat2, lon2), 0.1)
}

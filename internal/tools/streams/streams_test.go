package streams_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/ultimatecoach/api/internal/tools/activityfile"
	"github.com/ultimatecoach/api/internal/tools/streams"
)

var start = time.Date(2024, 5, 4, 7, 0, 0, 0, time.UTC)

// ride returns n seconds with everything measured.
func ride(n int) []activityfile.Point {
	points := make([]activityfile.Point, n)
	for i := range points {
		p := activityfile.NewPoint(start.Add(time.Duration(i) * time.Second))
		p.LatE7, p.LonE7 = 473769000+int32(i*270), 85417000+int32(400*math.Sin(float64(i)/200)*1000)
		p.AltitudeM = float32(math.Round(4000+500*math.Sin(float64(i)/900))) / 10
		p.DistanceM, p.SpeedMPS = float32(3*i), 3
		p.HeartRate, p.Cadence, p.Power = int16(120+i%40), 85, int16(180+i%90)
		points[i] = p
	}
	return points
}

// comparable replaces NaN, which differs from itself.
func comparable(points []activityfile.Point) []activityfile.Point {
	points = slices.Clone(points)
	for i := range points {
		for _, v := range []*float32{&points[i].AltitudeM, &points[i].DistanceM, &points[i].SpeedMPS} {
			if math.IsNaN(float64(*v)) {
				*v = -1e9
			}
		}
	}
	return points
}

func TestUnmarshal_OfMarshal_ReturnsThePoints(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var points []activityfile.Point
		at := start.UnixMilli()
		for range rapid.IntRange(0, 60).Draw(t, "points") {
			at += int64(rapid.IntRange(0, 100_000).Draw(t, "gap"))
			p := activityfile.Unknown(at)
			known := func() bool { return rapid.Bool().Draw(t, "known") }
			if known() {
				p.LatE7 = rapid.Int32Range(-900000000, 900000000).Draw(t, "lat")
				p.LonE7 = rapid.Int32Range(-1800000000, 1800000000).Draw(t, "lon")
			}
			if known() {
				p.AltitudeM = float32(rapid.IntRange(-5000, 90_000).Draw(t, "altitude")) / 10
			}
			if known() {
				p.HeartRate = rapid.Int16Range(1, 250).Draw(t, "heart rate")
			}
			if known() {
				p.Power = rapid.Int16Range(0, 4000).Draw(t, "power")
			}
			points = append(points, p)
		}
		got, err := streams.Unmarshal(streams.Marshal(points))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(comparable(points), comparable(got)) {
			t.Fatalf("%v became %v", points, got)
		}
	})
	whole := ride(5000)
	got, err := streams.Unmarshal(streams.Marshal(whole))
	require.NoError(t, err)
	require.Equal(t, whole, got)
}

func TestMarshal_TwoHours_TakesLittleSpace(t *testing.T) {
	t.Parallel()
	require.Less(t, len(streams.Marshal(ride(7200))), 100_000)
}

func TestUnmarshal_OfOtherBytes_IsAnError(t *testing.T) {
	t.Parallel()
	good := streams.Marshal(ride(100))
	for _, b := range [][]byte{nil, {}, {9}, good[:1], good[:len(good)/2], append([]byte{2}, good[1:]...)} {
		_, err := streams.Unmarshal(b)
		require.Error(t, err)
	}
}

func TestDownsample_KeepsEndsAndPeaks(t *testing.T) {
	t.Parallel()
	points := ride(7200)
	for i := range points {
		points[i].HeartRate, points[i].Power = 120, 200
	}
	points[1234].HeartRate = 199
	points[5678].Power = 900
	got := streams.Downsample(points, 500, []streams.Channel{streams.HeartRate, streams.Power})
	require.Len(t, got, 500)
	require.Equal(t, points[0], got[0])
	require.Equal(t, points[7199], got[499])
	require.True(t, slices.ContainsFunc(got, func(p activityfile.Point) bool { return p.HeartRate == 199 }))
	require.True(t, slices.ContainsFunc(got, func(p activityfile.Point) bool { return p.Power == 900 }))
}

func TestDownsample_AnyLimit_ReturnsDistinctPointsInOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		points := ride(rapid.IntRange(0, 300).Draw(t, "points"))
		for i := range points {
			if rapid.IntRange(0, 3).Draw(t, "gap") == 0 {
				points[i].HeartRate = -1
			}
		}
		limit := rapid.IntRange(1, 320).Draw(t, "limit")
		got := streams.Downsample(points, limit, []streams.Channel{streams.HeartRate, streams.Position})
		if len(got) != min(limit, len(points)) {
			t.Fatalf("%d of %d points", len(got), len(points))
		}
		for i := 1; i < len(got); i++ {
			if got[i].UnixMilli <= got[i-1].UnixMilli {
				t.Fatalf("point %d is not after the one before", i)
			}
		}
	})
}

func TestHideEnds_HidesPositionsNearBothEndsOnly(t *testing.T) {
	t.Parallel()
	points := ride(1000)
	far := slices.Clone(points)
	streams.HideEnds(points, 400)
	hidden := 0
	for i, p := range points {
		lat, lon, _ := far[i].Position()
		startLat, startLon, _ := far[0].Position()
		endLat, endLon, _ := far[999].Position()
		near := activityfile.Distance(lat, lon, startLat, startLon) <= 400 || activityfile.Distance(lat, lon, endLat, endLon) <= 400
		require.Equal(t, near, !p.HasPosition(), i)
		if near {
			hidden++
		}
		require.Equal(t, far[i].DistanceM, p.DistanceM)
		require.Equal(t, far[i].HeartRate, p.HeartRate)
	}
	require.Greater(t, hidden, 100)
	require.Less(t, hidden, 300)

	home := ride(600)
	home[300].LatE7, home[300].LonE7 = home[0].LatE7, home[0].LonE7 // passes the start in the middle
	streams.HideEnds(home, 100)
	require.False(t, home[300].HasPosition())

	none := ride(10)
	streams.HideEnds(none, 0)
	require.True(t, none[0].HasPosition())
}

func TestWriteGPX_ReadAgain_ReturnsTheTrack(t *testing.T) {
	t.Parallel()
	points := ride(200)
	points[50].ClearPosition()
	pause := activityfile.Pause{From: points[99].Time(), To: points[100].Time().Add(time.Minute)}
	for i := 100; i < len(points); i++ {
		points[i].UnixMilli += 60_000
	}
	var b bytes.Buffer
	require.NoError(t, activityfile.WriteGPX(&b, `Zürich & <"home">`, "running", points, []activityfile.Pause{pause}))
	require.Equal(t, 2, bytes.Count(b.Bytes(), []byte("<trkseg>")))
	for d := xml.NewDecoder(bytes.NewReader(b.Bytes())); ; {
		if _, err := d.Token(); err != nil {
			require.ErrorIs(t, err, io.EOF)
			break
		}
	}
	r, err := activityfile.Read(t.Context(), &b, activityfile.Options{})
	require.NoError(t, err)
	a := r.Activities[0]
	require.Equal(t, `Zürich & <"home">`, a.Name)
	require.Equal(t, activityfile.Running, a.Sport.Family)
	require.Len(t, a.Points, 199)
	require.Equal(t, points[10].LatE7, a.Points[10].LatE7)
	require.Equal(t, points[10].AltitudeM, a.Points[10].AltitudeM)
	require.Equal(t, points[10].HeartRate, a.Points[10].HeartRate)
	require.Equal(t, points[10].Power, a.Points[10].Power)
	require.Len(t, a.Pauses, 1)
}

func BenchmarkStreams_500Of7200Points(b *testing.B) {
	stored := streams.Marshal(ride(7200))
	b.ReportMetric(float64(len(stored)), "bytes")
	for b.Loop() {
		points, err := streams.Unmarshal(stored)
		if err != nil {
			b.Fatal(err)
		}
		streams.HideEnds(points, 200)
		streams.Downsample(points, 500, streams.Channels())
	}
}

package activityfile_test

import (
	"bytes"
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tkrajina/gpxgo/gpx"
	twpayne "github.com/twpayne/go-gpx"

	"github.com/ultimatecoach/api/internal/tools/activityfile"
)

// The sample files are those of other libraries, read from the cache of modules: their licences do not let us copy all of
// them. Imports in the tests keep the modules in go.mod.
const (
	muktihariFiles = "github.com/muktihari/fit"
	tormoderFiles  = "github.com/tormoder/fit"
	gpxgoFiles     = "github.com/tkrajina/gpxgo"
	twpayneFiles   = "github.com/twpayne/go-gpx"
)

var moduleDirs sync.Map // module → function that returns its folder

func sample(t *testing.T, module, path string) []byte {
	t.Helper()
	folder, _ := moduleDirs.LoadOrStore(module, sync.OnceValues(func() ([]byte, error) {
		return exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	}))
	dir, err := folder.(func() ([]byte, error))()
	require.NoError(t, err)
	content, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), path))
	require.NoError(t, err)
	return content
}

func read(t *testing.T, content []byte, o activityfile.Options) (activityfile.Result, error) {
	t.Helper()
	return activityfile.Read(t.Context(), bytes.NewReader(content), o)
}

// readOne reads a file that must hold exactly one activity.
func readOne(t *testing.T, content []byte) activityfile.Activity {
	t.Helper()
	r, err := read(t, content, activityfile.Options{})
	require.NoError(t, err)
	require.Len(t, r.Activities, 1)
	return r.Activities[0]
}

func refused(t *testing.T, err error, code activityfile.Code) activityfile.Error {
	t.Helper()
	var e *activityfile.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, code, e.Code, e.Error())
	return *e
}

// Start, times, distance and the number of points of the FIT files are those that github.com/tormoder/fit v0.15.0 reads.
// It is not linked: it would bring five linters into go.mod.
func TestRead_SamplesOfRealDevices_ReturnsWhatTheyMeasured(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		module, path   string
		family         activityfile.Family
		start          string
		elapsed, timer time.Duration
		distance       float64 // 0 is unknown
		ascent         float64 // -1 is unknown
		avgPulse, kcal int     // 0 is unknown
		points, laps   int
		device         string
	}{
		{
			muktihariFiles, "testdata/from_official_sdk/activity_lowbattery.fit", activityfile.Cycling, "2020-05-29T13:17:42Z",
			3975076 * time.Millisecond, 3975076 * time.Millisecond, 28156.69, 381, 118, 548, 3976, 4, "garmin edge_1030_plus",
		},
		{
			muktihariFiles, "testdata/from_official_sdk/HrmPluginTestActivity.fit", activityfile.Walking, "2022-08-29T18:31:22Z",
			308545 * time.Millisecond, 308545 * time.Millisecond, 59.61, 0, 73, 12, 310, 1, "garmin fr955",
		},
		{ // no session: the distance is the last one of the records, the ascent is computed
			muktihariFiles, "testdata/from_official_sdk/WithGearChangeData.fit", activityfile.Other, "2022-06-22T23:08:37Z",
			1978 * time.Second, 1978 * time.Second, 12466.05, 133.6, 105, 0, 1979, 0, "garmin edge_1040",
		},
		{
			tormoderFiles, "testdata/me/activity-small-fenix2-run.fit", activityfile.Running, "2015-08-15T14:45:08Z",
			2832 * time.Second, 2832 * time.Second, 9008.22, 64, 154, 516, 2809, 4, "garmin fenix2",
		},
		{ // paused 46 times; a header of 14 bytes without its own checksum
			tormoderFiles, "testdata/python-fitparse/garmin-edge-500-activitiy.fit", activityfile.Cycling, "2011-09-25T13:00:21Z",
			12691280 * time.Millisecond, 10641060 * time.Millisecond, 92622.34, 541, 162, 1954, 10671, 9, "garmin edge500",
		},
		{ // on a trainer, without a sensor for distance
			tormoderFiles, "testdata/python-fitparse/sample-activity-indoor-trainer.fit", activityfile.Cycling, "2011-11-02T12:54:19Z",
			2261850 * time.Millisecond, 2261850 * time.Millisecond, 0, 4, 148, 379, 2263, 5, "garmin edge800",
		},
		{
			tormoderFiles, "testdata/misc/2013-02-06-12-11-14.fit", activityfile.Running, "2013-02-06T12:11:14Z",
			2625140 * time.Millisecond, 2625140 * time.Millisecond, 4835.38, 168, 147, 336, 583, 5, "garmin fr110",
		},
		{
			gpxgoFiles, "test_files/visnjan.gpx", activityfile.Other, "2014-08-22T16:48:52Z",
			1850 * time.Second, 1794 * time.Second, 4426.7, 151.8, 0, 0, 413, 0, "Created by Google My Tracks on Android",
		},
	} {
		t.Run(filepath.Base(c.path), func(t *testing.T) {
			t.Parallel()
			r, err := read(t, sample(t, c.module, c.path), activityfile.Options{})
			require.NoError(t, err)
			require.Len(t, r.Activities, 1)
			require.Equal(t, c.device, r.Device)
			a := r.Activities[0]
			require.Equal(t, c.family, a.Sport.Family)
			require.Equal(t, c.start, a.StartedAt.Format(time.RFC3339))
			require.Equal(t, c.elapsed, a.Elapsed)
			require.Equal(t, c.timer, a.Timer)
			requireFloat(t, c.distance, a.DistanceM, 0)
			requireFloat(t, c.ascent, a.AscentM, -1)
			requireInt(t, c.avgPulse, a.AvgHeartRate)
			requireInt(t, c.kcal, a.Kcal)
			require.Len(t, a.Points, c.points)
			require.Len(t, a.Laps, c.laps)
		})
	}
}

func requireFloat(t *testing.T, want float64, got *float64, unknown float64) {
	t.Helper()
	if want == unknown {
		require.Nil(t, got)
		return
	}
	require.NotNil(t, got)
	require.InDelta(t, want, *got, 0.06)
}

func requireInt(t *testing.T, want int, got *int) {
	t.Helper()
	if want == 0 {
		require.Nil(t, got)
		return
	}
	require.NotNil(t, got)
	require.Equal(t, want, *got)
}

func TestRead_GPXFiles_AgreesWithOtherReaders(t *testing.T) {
	t.Parallel()
	t.Run("gpxgo", func(t *testing.T) {
		t.Parallel()
		content := sample(t, gpxgoFiles, "test_files/visnjan.gpx")
		other, err := gpx.ParseBytes(content)
		require.NoError(t, err)
		a := readOne(t, content)
		require.Len(t, a.Points, other.GetTrackPointsNo())
		lat, lon, known := a.Points[0].Position()
		require.True(t, known)
		first := other.Tracks[0].Segments[0].Points[0]
		require.InDelta(t, first.Latitude, lat, 1e-7)
		require.InDelta(t, first.Longitude, lon, 1e-7)
		require.InEpsilon(t, other.Tracks[0].Length2D(), *a.DistanceM, 0.01)
	})
	t.Run("go-gpx", func(t *testing.T) {
		t.Parallel()
		content := sample(t, twpayneFiles, "testdata/mystic_basin_trail.gpx")
		other, err := gpxTree(content)
		require.NoError(t, err)
		r, err := read(t, content, activityfile.Options{})
		require.NoError(t, err)
		require.Len(t, r.Activities, len(other.Trk))
		points := map[string]int{}
		for _, a := range r.Activities {
			points[a.Name] = len(a.Points)
		}
		for _, track := range other.Trk {
			require.Equal(t, len(track.TrkSeg[0].TrkPt), points[track.Name], track.Name)
		}
	})
}

func gpxTree(content []byte) (*twpayne.GPX, error) { return twpayne.Read(bytes.NewReader(content)) }

func TestRead_SummaryBeforeOrAfterRecords_IsEqual(t *testing.T) {
	t.Parallel()
	first, err := read(t, sample(t, muktihariFiles, "testdata/from_garmin_forums/triathlon_summary_first.fit"), activityfile.Options{})
	require.NoError(t, err)
	last, err := read(t, sample(t, muktihariFiles, "testdata/from_garmin_forums/triathlon_summary_last.fit"), activityfile.Options{})
	require.NoError(t, err)
	require.NotEmpty(t, first.Activities[0].Legs[0].Points)
	for _, r := range []activityfile.Result{first, last} {
		withoutNaN(r.Activities)
	}
	require.Equal(t, first, last)
}

// withoutNaN makes points comparable: NaN differs from itself.
func withoutNaN(activities []activityfile.Activity) {
	for _, a := range activities {
		withoutNaN(a.Legs)
		for i := range a.Points {
			for _, v := range []*float32{&a.Points[i].AltitudeM, &a.Points[i].DistanceM, &a.Points[i].SpeedMPS} {
				if math.IsNaN(float64(*v)) {
					*v = -1
				}
			}
		}
	}
}

func TestRead_MultiSport_HasLegsAndTransitionsOnce(t *testing.T) {
	t.Parallel()
	a := readOne(t, sample(t, muktihariFiles, "testdata/from_garmin_forums/triathlon_summary_last.fit"))
	require.Equal(t, activityfile.MultiSport, a.Sport.Family)
	require.Empty(t, a.Points)
	require.Empty(t, a.Laps)
	var families []activityfile.Family
	var distances float64
	var kcal, points int
	for _, leg := range a.Legs {
		families = append(families, leg.Sport.Family)
		distances += *leg.DistanceM
		kcal += *leg.Kcal
		points += len(leg.Points)
		end := leg.Points[len(leg.Points)-1]
		require.Less(t, float64(leg.Points[0].DistanceM), 10.0, "the distances of a leg begin at its start")
		require.InDelta(t, *leg.DistanceM, float64(end.DistanceM), 0.1)
		require.False(t, end.Time().After(leg.StartedAt.Add(leg.Elapsed+time.Second)), "a point of the next leg")
	}
	require.Equal(t, []activityfile.Family{
		activityfile.Swimming, activityfile.Transition, activityfile.Cycling, activityfile.Transition, activityfile.Running,
	}, families)
	require.InDelta(t, distances, *a.DistanceM, 0.001)
	require.Equal(t, kcal, *a.Kcal)
	require.Equal(t, 103, *a.RestingKcal)
	require.Equal(t, 4043, points)
	require.Equal(t, -5*time.Hour, *a.UTCOffset)
	require.Equal(t, 160, *a.Legs[4].AvgCadence, "steps, not strides")
}

func TestRead_PoolSwim_HasLengthsSWOLFAndExactDistance(t *testing.T) {
	t.Parallel()
	r, err := read(t, sample(t, muktihariFiles, "testdata/from_official_sdk/activity_poolswim_with_hr.fit"), activityfile.Options{})
	require.NoError(t, err)
	a := r.Activities[0]
	require.Equal(t, 25.0, *a.PoolLengthM)
	require.Equal(t, 1700.0, *a.DistanceM)
	require.Len(t, a.Lengths, 87)
	active, counted, rests := 0, 0, 0
	for _, l := range a.Lengths {
		if l.Rest {
			rests++
			require.Nil(t, l.SWOLF())
			continue
		}
		active++
		if l.Strokes == nil { // the watch did not count
			require.Nil(t, l.SWOLF())
			continue
		}
		counted++
		require.Equal(t, int(math.Round(l.Duration.Seconds()))+*l.Strokes, *l.SWOLF())
		require.NotEmpty(t, l.Stroke)
	}
	require.Equal(t, 68, active)
	require.Greater(t, counted, 30)
	require.Equal(t, 19, rests)

	// The strap was read after the swim; its heart rates come after the records, on their own clock.
	known, highest := 0, int16(0)
	for _, p := range a.Points {
		if p.HeartRate > 0 {
			known++
		}
		highest = max(highest, p.HeartRate)
	}
	require.Greater(t, known, 3000)
	require.InDelta(t, *a.MaxHeartRate, float64(highest), 2)

	yards := readOne(t, sample(t, muktihariFiles, "testdata/from_official_sdk/activity_poolswim.fit"))
	require.Equal(t, 22.86, *yards.PoolLengthM)
	require.Equal(t, 457.2, *yards.DistanceM)
}

func TestRead_FilesWithoutActivity_AreRefused(t *testing.T) {
	t.Parallel()
	for path, code := range map[string]activityfile.Code{
		"testdata/fitsdk/Settings.fit":                           activityfile.NoActivity,
		"testdata/fitsdk/WorkoutRepeatSteps.fit":                 activityfile.NoActivity,
		"testdata/fitsdk/WeightScaleSingleUser.fit":              activityfile.NoActivity,
		"testdata/fitsdk/MonitoringFile.fit":                     activityfile.NoActivity,
		"testdata/python-fitparse/compressed-speed-distance.fit": activityfile.TimeUnknown,
		"testdata/corrupt/activity-filecrc.fit":                  activityfile.Damaged,
		"testdata/corrupt/activity-unexpected-eof.fit":           activityfile.Damaged,
		"testdata/chained/activity-settings-nodata.fit":          activityfile.Damaged,
		"testdata/chained/activity-activity-filecrc.fit":         activityfile.Damaged,
		"testdata/fitsdk/source.txt":                             activityfile.UnknownType,
	} {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			_, err := read(t, sample(t, tormoderFiles, path), activityfile.Options{})
			refused(t, err, code)
		})
	}
	for path, code := range map[string]activityfile.Code{
		"testdata/fells_loop.gpx":     activityfile.NoActivity, // a route
		"testdata/hhs_77yl9msjcr.gpx": activityfile.NoActivity, // a track without times
	} {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			_, err := read(t, sample(t, twpayneFiles, path), activityfile.Options{})
			refused(t, err, code)
		})
	}
	// In ISO 8859-1, with places only: it must be understood before it is refused.
	_, err := read(t, sample(t, gpxgoFiles, "test_files/iso8859-1encoded.gpx"), activityfile.Options{})
	refused(t, err, activityfile.NoActivity)
}

func TestRead_DamagedFile_SaysWhatCanBeReadAndReadsItOnRequest(t *testing.T) {
	t.Parallel()
	content := sample(t, tormoderFiles, "testdata/me/activity-small-fenix2-run.fit")
	whole := readOne(t, content)
	cut := content[:len(content)/2]
	_, err := read(t, cut, activityfile.Options{})
	e := refused(t, err, activityfile.Damaged)
	require.Greater(t, e.Recoverable.Points, 1000)
	require.Less(t, e.Recoverable.Points, len(whole.Points))
	require.Greater(t, e.Recoverable.Seconds, 1000)

	r, err := read(t, cut, activityfile.Options{AllowDamaged: true})
	require.NoError(t, err)
	require.Equal(t, e.Recoverable, *r.Damage)
	require.Len(t, r.Activities[0].Points, e.Recoverable.Points)
	require.Equal(t, whole.StartedAt, r.Activities[0].StartedAt)

	_, err = read(t, content[:14], activityfile.Options{AllowDamaged: true})
	require.Zero(t, refused(t, err, activityfile.Damaged).Recoverable, "nothing to read is refused in any case")
}

func TestRead_ClockNeverSet_TakesTheGivenStart(t *testing.T) {
	t.Parallel()
	content := sample(t, tormoderFiles, "testdata/python-fitparse/compressed-speed-distance.fit")
	start := time.Date(2024, 5, 4, 7, 0, 0, 0, time.UTC)
	r, err := read(t, content, activityfile.Options{StartedAt: start})
	require.NoError(t, err)
	require.Equal(t, start, r.Activities[0].StartedAt)
	require.WithinDuration(t, start, r.Activities[0].Points[0].Time(), time.Minute)

	known := sample(t, tormoderFiles, "testdata/fitsdk/Activity.fit")
	r, err = read(t, known, activityfile.Options{StartedAt: start})
	require.NoError(t, err)
	require.Equal(t, 2012, r.Activities[0].StartedAt.Year(), "a file that knows its time keeps it")
}

func TestRead_SourceFails_ReturnsItsError(t *testing.T) {
	t.Parallel()
	broken := errors.New("connection reset")
	for _, path := range []string{"testdata/me/activity-small-fenix2-run.fit", "testdata/misc/0134902991.fit"} {
		content := sample(t, tormoderFiles, path)
		_, err := activityfile.Read(t.Context(), &failing{bytes.NewReader(content[:len(content)/2]), broken}, activityfile.Options{})
		require.ErrorIs(t, err, broken)
	}
	xml := &failing{strings.NewReader(`<gpx><trk>` + strings.Repeat(" ", 10_000)), broken}
	_, err := activityfile.Read(t.Context(), xml, activityfile.Options{})
	require.ErrorIs(t, err, broken)
}

// failing returns an error where its reader ends.
type failing struct {
	r interface{ Read([]byte) (int, error) }
	e error
}

func (f *failing) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if err != nil {
		return n, f.e
	}
	return n, nil
}

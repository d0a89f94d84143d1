package activityfile_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/muktihari/fit/encoder"
	"github.com/muktihari/fit/profile/mesgdef"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/proto"
	"github.com/stretchr/testify/require"
	"github.com/tormoder/fit/dyncrc16"
	"pgregory.net/rapid"

	"github.com/ultimatecoach/api/internal/tools/activityfile"
)

var start = time.Date(2024, 5, 4, 7, 0, 0, 0, time.UTC)

func after(seconds int) time.Time { return start.Add(time.Duration(seconds) * time.Second) }

// fitFile encodes messages as a FIT file.
func fitFile(t testing.TB, messages ...proto.Message) []byte {
	t.Helper()
	id := mesgdef.NewFileId(nil).SetType(typedef.FileActivity).SetManufacturer(typedef.ManufacturerDevelopment).
		SetSerialNumber(7).SetTimeCreated(start).ToMesg(nil)
	var b bytes.Buffer
	require.NoError(t, encoder.New(&b).Encode(&proto.FIT{Messages: append([]proto.Message{id}, messages...)}))
	return b.Bytes()
}

func record(seconds int) *mesgdef.Record { return mesgdef.NewRecord(nil).SetTimestamp(after(seconds)) }

// records returns one record a second with 3 m between them.
func records(n int) []proto.Message {
	var m []proto.Message
	for i := range n {
		m = append(m, record(i).SetDistanceScaled(float64(3*i)).SetHeartRate(uint8(120+i%10)).ToMesg(nil))
	}
	return m
}

func session(seconds int) *mesgdef.Session {
	return mesgdef.NewSession(nil).SetStartTime(start).SetTimestamp(after(seconds)).SetSport(typedef.SportRunning).
		SetTotalElapsedTimeScaled(float64(seconds)).SetTotalTimerTimeScaled(float64(seconds))
}

// point is a point of a GPX file.
type point struct {
	seconds  int
	lat, lon float64
	ele      float64
	extra    string
}

func gpxFile(points ...point) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><gpx creator="test"><trk><type>running</type><trkseg>`)
	for _, p := range points {
		fmt.Fprintf(&b, `<trkpt lat="%f" lon="%f"><ele>%g</ele><time>%s</time>%s</trkpt>`,
			p.lat, p.lon, p.ele, after(p.seconds).Format(time.RFC3339), p.extra)
	}
	b.WriteString("</trkseg></trk></gpx>")
	return []byte(b.String())
}

func TestDistance_GoldenNumbers(t *testing.T) {
	t.Parallel()
	require.InDelta(t, 1111.951, activityfile.Distance(47.3769, 8.5417, 47.3869, 8.5417), 0.0005)
	require.InDelta(t, 752.983, activityfile.Distance(47.3769, 8.5417, 47.3769, 8.5517), 0.0005)
	require.Zero(t, activityfile.Distance(47.3769, 8.5417, 47.3769, 8.5417))
	require.InDelta(t, math.Pi*6371008.8, activityfile.Distance(0, 0, 0, 180), 0.001)
}

func TestRead_GPXDistance_LeavesOutPausesAndJumps(t *testing.T) {
	t.Parallel()
	const degree = 1.0 / 111195.08 // of latitude, for one metre
	var points []point
	for i := range 61 { // three metres a second
		points = append(points, point{seconds: i, lat: 47 + float64(3*i)*degree, lon: 8})
	}
	require.InDelta(t, 180, *readOne(t, gpxFile(points...)).DistanceM, 0.1)

	jump := append([]point{}, points...)
	jump[30].lat += 0.01 // one kilometre away for one second
	require.InDelta(t, 180, *readOne(t, gpxFile(jump...)).DistanceM, 0.1)

	paused := append([]point{}, points...)
	for i := 31; i < len(paused); i++ {
		paused[i].seconds += 600
	}
	a := readOne(t, gpxFile(paused...))
	require.InDelta(t, 177, *a.DistanceM, 0.1, "the way during the pause is not counted")
	require.Equal(t, 660*time.Second, a.Elapsed)
	require.Equal(t, 59*time.Second, a.Timer)
	require.Len(t, a.Pauses, 1)
	require.LessOrEqual(t, *a.Moving, a.Timer)
}

func TestRead_Altitudes_CountsClimbsAndNotNoise(t *testing.T) {
	t.Parallel()
	heights := func(f func(i int) float64) *float64 {
		var points []point
		for i := range 400 {
			points = append(points, point{seconds: i, lat: 47, lon: 8 + float64(i)*1e-5, ele: f(i)})
		}
		return readOne(t, gpxFile(points...)).AscentM
	}
	require.InDelta(t, 0, *heights(func(i int) float64 { return 500 + float64(i%2) }), 0, "noise of one metre")
	require.InDelta(t, 399, *heights(func(i int) float64 { return float64(i) }), 3, "one climb")
	require.InDelta(t, 0, *heights(func(i int) float64 { return float64(-i) }), 0, "one descent")
	require.InDelta(t, 200, *heights(func(i int) float64 { return 50 - 50*math.Cos(float64(i)*math.Pi/100) }), 4, "two hills of 100 m")
	require.InDelta(t, 0, *heights(func(i int) float64 { return 1.4 - 1.4*math.Cos(float64(i)*math.Pi/50) }), 0, "hills under 3 m")
}

func TestRead_DevicesTotals_WinOverComputedOnes(t *testing.T) {
	t.Parallel()
	m := append(records(100), session(99).SetTotalAscent(77).SetTotalDistanceScaled(290).SetTotalCalories(50).SetMetabolicCalories(4).
		SetAvgHeartRate(0).SetWorkoutRpe(70).ToMesg(nil))
	a := readOne(t, fitFile(t, m...))
	require.Equal(t, 77.0, *a.AscentM)
	require.True(t, a.AscentFromDevice)
	require.Equal(t, 290.0, *a.DistanceM)
	require.Equal(t, 50, *a.Kcal)
	require.Equal(t, 4, *a.RestingKcal)
	require.Equal(t, 7.0, *a.PerceivedExertion)
	require.Equal(t, 125, *a.AvgHeartRate, "an average of 0 is unknown, so it is computed")
	require.Equal(t, 129, *a.MaxHeartRate)
}

func TestRead_UnknownValues_AreAbsent(t *testing.T) {
	t.Parallel()
	m := []proto.Message{record(0).ToMesg(nil), record(60).SetHeartRate(0).ToMesg(nil)}
	m = append(m, session(60).SetTotalDistance(0).SetAvgHeartRate(0).SetTotalCalories(0).SetWorkoutRpe(0).ToMesg(nil))
	a := readOne(t, fitFile(t, m...))
	require.Nil(t, a.DistanceM)
	require.Nil(t, a.AscentM)
	require.Nil(t, a.AvgHeartRate)
	require.Nil(t, a.MaxHeartRate)
	require.Nil(t, a.AvgPower)
	require.Nil(t, a.Kcal)
	require.Nil(t, a.PerceivedExertion)
	require.Nil(t, a.Moving)
	require.Nil(t, a.UTCOffset)
	require.False(t, a.Points[0].HasPosition())
}

func TestRead_NullIslandAndImpossibleValues_AreUnknown(t *testing.T) {
	t.Parallel()
	a := readOne(t, gpxFile(
		point{seconds: 0, lat: 0, lon: 0},
		point{seconds: 10, lat: 91, lon: 0},
		point{seconds: 20, lat: 47, lon: 8, ele: 90000, extra: "<hr>0</hr><power>NaN</power><speed>Inf</speed><cad>-3</cad>"},
	))
	require.False(t, a.Points[0].HasPosition())
	require.False(t, a.Points[1].HasPosition())
	require.True(t, a.Points[2].HasPosition())
	require.True(t, math.IsNaN(float64(a.Points[2].AltitudeM)))
	require.True(t, math.IsNaN(float64(a.Points[2].SpeedMPS)))
	require.Equal(t, []int16{-1, -1, -1}, []int16{a.Points[2].HeartRate, a.Points[2].Power, a.Points[2].Cadence})
	require.Nil(t, a.DistanceM)
}

func TestRead_TimerEvents_BecomePauses(t *testing.T) {
	t.Parallel()
	event := func(at int, kind typedef.EventType) proto.Message {
		return mesgdef.NewEvent(nil).SetTimestamp(after(at)).SetEvent(typedef.EventTimer).SetEventType(kind).ToMesg(nil)
	}
	m := append(records(300),
		event(0, typedef.EventTypeStart), event(100, typedef.EventTypeStopAll), event(160, typedef.EventTypeStart),
		event(299, typedef.EventTypeStopAll))
	a := readOne(t, fitFile(t, m...))
	require.Equal(t, []activityfile.Pause{{From: after(100), To: after(160)}}, a.Pauses)
	require.Equal(t, 299*time.Second, a.Elapsed)
	require.Equal(t, 239*time.Second, a.Timer)
	require.Equal(t, 239*time.Second, *a.Moving)
}

func TestRead_TimerLongerThanElapsed_IsReconciled(t *testing.T) {
	t.Parallel()
	m := append(records(300), session(100).SetTotalTimerTimeScaled(5000).ToMesg(nil))
	r, err := read(t, fitFile(t, m...), activityfile.Options{})
	require.NoError(t, err)
	require.Equal(t, 299*time.Second, r.Activities[0].Elapsed)
	require.Equal(t, 299*time.Second, r.Activities[0].Timer)
	require.Equal(t, "timer_longer_than_elapsed", r.Warnings[0].Code)
}

func TestRead_StrengthSets_AreGuessesWithRests(t *testing.T) {
	t.Parallel()
	set := func(at int, kind typedef.SetType, seconds float64) *mesgdef.Set {
		return mesgdef.NewSet(nil).
			SetTimestamp(after(at + int(seconds))).
			SetStartTime(after(at)).
			SetSetType(kind).
			SetDurationScaled(seconds)
	}
	m := append(records(200), session(199).SetSport(typedef.SportTraining).SetSubSport(typedef.SubSportStrengthTraining).ToMesg(nil),
		set(0, typedef.SetTypeActive, 30).SetRepetitions(8).SetWeightScaled(62.5).
			SetCategory([]typedef.ExerciseCategory{typedef.ExerciseCategoryPullUp, typedef.ExerciseCategoryShrug}).ToMesg(nil),
		set(30, typedef.SetTypeRest, 90).ToMesg(nil),
		set(120, typedef.SetTypeActive, 25).SetRepetitions(0).SetWeight(0).
			SetCategory([]typedef.ExerciseCategory{typedef.ExerciseCategoryUnknown}).ToMesg(nil))
	a := readOne(t, fitFile(t, m...))
	require.Equal(t, activityfile.Strength, a.Sport.Family)
	require.Equal(t, []activityfile.Set{
		{
			StartedAt: after(0), Duration: 30 * time.Second, Guesses: []string{"pull_up", "shrug"},
			Repetitions: new(8), WeightKg: new(62.5), Rest: 90 * time.Second,
		},
		{StartedAt: after(120), Duration: 25 * time.Second},
	}, a.Sets, "0 repetitions and 0 kg were not entered")
}

func TestRead_LocalTimestamp_IsUsedOnlyWhenBelievable(t *testing.T) {
	t.Parallel()
	for offset, want := range map[time.Duration]*time.Duration{
		2 * time.Hour:                                 new(2 * time.Hour),
		-(3*time.Hour + 30*time.Minute):               new(-(3*time.Hour + 30*time.Minute)),
		5*time.Hour + 45*time.Minute + 20*time.Second: new(5*time.Hour + 45*time.Minute),
		14 * time.Hour:                                new(14 * time.Hour),
		15 * time.Hour:                                nil,
		0:                                             nil,
		2*time.Hour + 5*time.Minute:                   nil,
		24 * 365 * time.Hour:                          nil,
	} {
		m := append(records(60), session(59).ToMesg(nil),
			mesgdef.NewActivity(nil).SetTimestamp(after(59)).SetLocalTimestamp(after(59).Add(offset)).ToMesg(nil))
		require.Equal(t, want, readOne(t, fitFile(t, m...)).UTCOffset, offset)
	}
}

func TestRead_ZeroHeaderChecksum_IsValid(t *testing.T) {
	t.Parallel()
	content := fitFile(t, records(60)...)
	require.Equal(t, byte(14), content[0])
	content[12], content[13] = 0, 0
	// The sum after the data is over the header too.
	binary.LittleEndian.PutUint16(content[len(content)-2:], dyncrc16.Checksum(content[:len(content)-2]))
	require.Len(t, readOne(t, content).Points, 60)

	content[12] = 1 // a sum of the header that is wrong
	_, err := read(t, content, activityfile.Options{})
	refused(t, err, activityfile.Damaged)
}

func TestRead_HeaderOf12Bytes_IsValid(t *testing.T) {
	t.Parallel()
	long := fitFile(t, records(60)...)
	short := append([]byte{12}, long[1:12]...)
	short = append(short, long[14:len(long)-2]...)
	short = binary.LittleEndian.AppendUint16(short, dyncrc16.Checksum(short))
	require.Len(t, readOne(t, short).Points, 60)
	short[200]++
	_, err := read(t, short, activityfile.Options{})
	refused(t, err, activityfile.Damaged)
}

func TestRead_BytesAfterTheEnd_AreIgnoredWithWarning(t *testing.T) {
	t.Parallel()
	for _, rest := range []string{"\x00", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "\x0e\x20"} {
		r, err := read(t, append(fitFile(t, records(60)...), rest...), activityfile.Options{})
		require.NoError(t, err, "%q", rest)
		require.Len(t, r.Activities[0].Points, 60)
		require.Equal(t, "bytes_after_end", r.Warnings[0].Code)
	}
}

func TestRead_ChainedFiles_ReturnsEachActivityOnce(t *testing.T) {
	t.Parallel()
	one := fitFile(t, append(records(60), session(59).ToMesg(nil))...)
	later := fitFile(t, append([]proto.Message{record(3600).ToMesg(nil), record(3660).ToMesg(nil)},
		session(60).SetStartTime(after(3600)).ToMesg(nil))...)
	r, err := read(t, bytes.Join([][]byte{later, one, one}, nil), activityfile.Options{})
	require.NoError(t, err)
	require.Len(t, r.Activities, 2)
	require.Equal(t, start, r.Activities[0].StartedAt, "sorted by start")
	require.Equal(t, "repeated_activity", r.Warnings[0].Code)
}

func TestRead_HeaderSaysEmptyOrHuge_IsDamaged(t *testing.T) {
	t.Parallel()
	content := fitFile(t, records(60)...)
	binary.LittleEndian.PutUint32(content[4:], 0)
	_, err := read(t, content, activityfile.Options{})
	refused(t, err, activityfile.Damaged)
	binary.LittleEndian.PutUint32(content[4:], math.MaxUint32)
	_, err = read(t, content, activityfile.Options{})
	require.Equal(t, 60, refused(t, err, activityfile.Damaged).Recoverable.Points)
}

func TestRead_PointsOutOfOrderOrTwice_AreSortedAndMerged(t *testing.T) {
	t.Parallel()
	m := []proto.Message{
		record(20).SetDistanceScaled(60).ToMesg(nil), record(0).SetDistanceScaled(0).ToMesg(nil),
		record(10).SetDistanceScaled(30).ToMesg(nil), record(10).SetHeartRate(99).ToMesg(nil),
	}
	r, err := read(t, fitFile(t, m...), activityfile.Options{})
	require.NoError(t, err)
	points := r.Activities[0].Points
	require.Len(t, points, 3)
	require.Equal(t, after(10), points[1].Time())
	require.Equal(t, int16(99), points[1].HeartRate)
	require.InDelta(t, 30, points[1].DistanceM, 0)
	require.Equal(t, "points_out_of_order", r.Warnings[0].Code)
}

func TestRead_Gzip_IsUnpackedOnce(t *testing.T) {
	t.Parallel()
	pack := func(content []byte) []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = w.Write(content)
		require.NoError(t, w.Close())
		return b.Bytes()
	}
	fit := fitFile(t, records(60)...)
	require.Len(t, readOne(t, pack(fit)).Points, 60)
	require.Len(t, readOne(t, pack(gpxFile(point{seconds: 0, lat: 1, lon: 1}, point{seconds: 9, lat: 1, lon: 1}))).Points, 2)
	_, err := read(t, pack(pack(fit)), activityfile.Options{})
	refused(t, err, activityfile.UnknownType)
	packed := pack(gpxFile(point{seconds: 0, lat: 1, lon: 1}, point{seconds: 9, lat: 1, lon: 1}))
	_, err = read(t, packed[:len(packed)-12], activityfile.Options{})
	refused(t, err, activityfile.Damaged)
}

// Wherever a compressed file is cut or changed, the error says so: it is never one of the reader, which the server would take for its own.
func TestRead_DamagedGzip_IsRefusedAsDamaged(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write(gpxFile(point{lat: 47, lon: 8}, point{seconds: 1, lat: 47.0001, lon: 8}))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	for i := 2; i < packed.Len(); i++ {
		_, err := read(t, packed.Bytes()[:i], activityfile.Options{})
		refused(t, err, activityfile.Damaged)
		for bit := range 8 {
			changed := bytes.Clone(packed.Bytes())
			changed[i] ^= 1 << bit
			if _, err := read(t, changed, activityfile.Options{}); err != nil {
				_, known := errors.AsType[*activityfile.Error](err)
				require.True(t, known, "byte %d, bit %d: %v", i, bit, err)
			}
		}
	}
}

func TestRead_GPXExtensions_AreFoundUnderAllTheirNames(t *testing.T) {
	t.Parallel()
	for _, extra := range []string{
		"<extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>140</gpxtpx:hr><gpxtpx:cad>80</gpxtpx:cad></gpxtpx:TrackPointExtension>" +
			"<power>210</power></extensions>", // prefixes that are never declared
		"<extensions><heartrate>140</heartrate><cadence>80</cadence><power>210</power></extensions>",
		`<extensions><x:bpm xmlns:x="urn:x">140</x:bpm><x:cad xmlns:x="urn:x">80</x:cad><watts>210</watts></extensions>`,
	} {
		a := readOne(t, gpxFile(point{seconds: 0, lat: 1, lon: 1, extra: extra}, point{seconds: 9, lat: 1, lon: 1, extra: extra}))
		require.Equal(t, 140, *a.AvgHeartRate, extra)
		require.Equal(t, 160, *a.AvgCadence, "steps are twice the strides")
		require.Equal(t, 210, *a.AvgPower, extra)
	}
}

func TestRead_Charsets(t *testing.T) {
	t.Parallel()
	file := func(encoding, name string) []byte {
		return []byte(`<?xml version="1.0" encoding="` + encoding + `"?><gpx><trk><name>` + name + `</name><trkseg>` +
			`<trkpt lat="1" lon="1"><time>2024-05-04T07:00:00Z</time></trkpt>` +
			`<trkpt lat="1" lon="2"><time>2024-05-04T07:10:00Z</time></trkpt></trkseg></trk></gpx>`)
	}
	for encoding, name := range map[string]string{
		"UTF-8": "Zürich", "ISO-8859-1": "Z\xfcrich", "windows-1252": "Z\xfcrich",
	} {
		require.Equal(t, "Zürich", readOne(t, file(encoding, name)).Name, encoding)
	}
	require.Equal(t, "Bern", readOne(t, file("US-ASCII", "Bern")).Name)
	require.Equal(t, "Bern", readOne(t, append([]byte("\ufeff\r\n   "), file("UTF-8", "Bern")...)).Name, "blanks before XML")
	for _, encoding := range []string{"UTF-16", "EBCDIC", "koi8-r"} {
		_, err := read(t, file(encoding, "Bern"), activityfile.Options{})
		refused(t, err, activityfile.Unreadable)
	}
	for _, name := range []activityfile.Format{"", activityfile.GPX} { // whatever it is called
		for _, start := range []string{"\xff\xfe<\x00?\x00", "\xfe\xff\x00<\x00?"} { // UTF-16
			_, err := read(t, []byte(start), activityfile.Options{Named: name})
			refused(t, err, activityfile.Unreadable)
		}
	}
}

const tcxHead = `<?xml version="1.0"?><TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities>`

func tcxLap(from, seconds int, values string) string {
	var points strings.Builder
	for i := 0; i <= seconds; i += 10 {
		fmt.Fprintf(&points, `<Trackpoint><Time>%s</Time><Position><LatitudeDegrees>47</LatitudeDegrees>`+
			`<LongitudeDegrees>8</LongitudeDegrees></Position><DistanceMeters>%d</DistanceMeters><HeartRateBpm><Value>150</Value></HeartRateBpm>`+
			`<Extensions><TPX><Speed>3</Speed><RunCadence>85</RunCadence></TPX></Extensions></Trackpoint>`,
			after(from+i).Format("2006-01-02T15:04:05.000Z"), 3*i)
	}
	return fmt.Sprintf(`<Lap StartTime="%s"><TotalTimeSeconds>%d.5</TotalTimeSeconds>%s<Track>%s</Track></Lap>`,
		after(from).Format(time.RFC3339), seconds, values, points.String())
}

func TestRead_TCX_AddsUpItsLaps(t *testing.T) {
	t.Parallel()
	const values = `<DistanceMeters>%d</DistanceMeters><Calories>%d</Calories><AverageHeartRateBpm><Value>%d</Value></AverageHeartRateBpm>` +
		`<MaximumHeartRateBpm><Value>%d</Value></MaximumHeartRateBpm>`
	a := readOne(t, []byte(tcxHead+`<Activity Sport="running"><Id>x</Id>`+
		tcxLap(0, 100, fmt.Sprintf(values, 301, 20, 140, 150))+tcxLap(100, 300, fmt.Sprintf(values, 905, 60, 160, 170))+
		`<Creator><Name>Forerunner</Name></Creator></Activity></Activities></TrainingCenterDatabase>`))
	require.Equal(t, activityfile.Running, a.Sport.Family)
	require.Equal(t, start, a.StartedAt)
	require.Equal(t, 401*time.Second, a.Timer)
	require.Equal(t, 1206.0, *a.DistanceM)
	require.Equal(t, 80, *a.Kcal)
	require.Equal(t, 155, *a.AvgHeartRate)
	require.Equal(t, 170, *a.MaxHeartRate)
	require.Equal(t, 170, *a.AvgCadence)
	require.Len(t, a.Laps, 2)
	require.Equal(t, 301.0, *a.Laps[0].DistanceM)
	require.Len(t, a.Points, 41)
}

func TestRead_TCXMultiSport_HasLegs(t *testing.T) {
	t.Parallel()
	a := readOne(t, []byte(tcxHead+`<MultiSportSession><FirstSport><Activity Sport="Biking">`+tcxLap(0, 100, "")+`</Activity></FirstSport>`+
		`<NextSport><Transition StartTime="`+after(100).Format(time.RFC3339)+`"><TotalTimeSeconds>60</TotalTimeSeconds></Transition>`+
		`<Activity Sport="Running">`+tcxLap(160, 100, "")+`</Activity></NextSport></MultiSportSession></Activities></TrainingCenterDatabase>`))
	require.Len(t, a.Legs, 3)
	require.Equal(t, activityfile.Cycling, a.Legs[0].Sport.Family)
	require.Equal(t, activityfile.Transition, a.Legs[1].Sport.Family)
	require.Equal(t, activityfile.Running, a.Legs[2].Sport.Family)
	require.Equal(t, 260500*time.Millisecond, a.Elapsed)
	require.InDelta(t, 600, *a.DistanceM, 20)
}

func TestRead_TimesThatAreNoTimes_AreUnknown(t *testing.T) {
	t.Parallel()
	_, err := read(
		t,
		[]byte(tcxHead+`<Activity Sport="Other"><Lap StartTime="Aug 17 2011, 11:13:24"><Track><Trackpoint><Time>Aug 17 2011, `+
			`11:13:24</Time></Trackpoint></Track></Lap></Activity></Activities></TrainingCenterDatabase>`),
		activityfile.Options{},
	)
	refused(t, err, activityfile.NoActivity)
}

// A watch whose battery was changed says another century, and is as sure of it as any other.
func TestRead_ClockYearsWrong_TakesTheGivenStart(t *testing.T) {
	t.Parallel()
	o := activityfile.Options{Earliest: start.AddDate(-20, 0, 0), Latest: start.AddDate(1, 0, 0)}
	right := time.Date(2024, 5, 20, 6, 0, 0, 0, time.UTC)
	for _, years := range []int{-24, 1, 16} {
		content := fitFile(t, mesgdef.NewRecord(nil).SetTimestamp(start.AddDate(years, 0, 0)).SetHeartRate(140).ToMesg(nil),
			session(600).SetStartTime(start.AddDate(years, 0, 0)).ToMesg(nil))
		o.StartedAt = time.Time{}
		_, err := read(t, content, o)
		require.Contains(t, refused(t, err, activityfile.TimeUnknown).Detail, start.AddDate(years, 0, 0).Format(time.DateOnly))
		o.StartedAt = right
		r, err := read(t, content, o)
		require.NoError(t, err)
		require.Equal(t, right, r.Activities[0].StartedAt)
		require.Equal(t, right, r.Activities[0].Points[0].Time())
	}
}

func TestRead_SessionWithoutAnyTime_TakesTheGivenStart(t *testing.T) {
	t.Parallel()
	content := fitFile(t, mesgdef.NewSession(nil).SetSport(typedef.SportRunning).SetTotalElapsedTimeScaled(600).ToMesg(nil))
	_, err := read(t, content, activityfile.Options{})
	refused(t, err, activityfile.TimeUnknown)
	r, err := read(t, content, activityfile.Options{StartedAt: start})
	require.NoError(t, err)
	require.Equal(t, start, r.Activities[0].StartedAt)
	require.Equal(t, "start_from_request", r.Warnings[0].Code)
}

func TestRead_LegWithoutEnergy_LeavesThatOfTheWholeUnknown(t *testing.T) {
	t.Parallel()
	leg := func(from int, sport typedef.Sport, kcal uint16) proto.Message {
		return session(600).SetStartTime(after(from)).SetSport(sport).SetTotalCalories(kcal).ToMesg(nil)
	}
	swim, change, ride := leg(0, typedef.SportSwimming, 0), leg(600, typedef.SportTransition, 0), leg(1200, typedef.SportCycling, 300)
	run := leg(1800, typedef.SportRunning, 200)
	require.Nil(t, readOne(t, fitFile(t, swim, change, ride, run)).Kcal)
	require.Equal(t, 500, *readOne(t, fitFile(t, change, ride, run)).Kcal, "a transition may be without")
}

func TestRead_SessionsFarApart_AreActivitiesOfTheirOwn(t *testing.T) {
	t.Parallel()
	part := func(from int, sport typedef.Sport) proto.Message {
		return session(600).SetStartTime(after(from)).SetSport(sport).ToMesg(nil)
	}
	point := func(at int) proto.Message { return record(at).SetHeartRate(120).ToMesg(nil) }
	const halfHour, evening = 1800, 36_000
	messages := []proto.Message{
		point(0), point(1), point(evening), part(0, typedef.SportCycling), part(600+halfHour, typedef.SportRunning),
		part(evening, typedef.SportSwimming),
	}
	r, err := read(t, fitFile(t, messages...), activityfile.Options{})
	require.NoError(t, err)
	require.Len(t, r.Activities, 2)
	brick, swim := r.Activities[0], r.Activities[1]
	require.Len(t, brick.Legs, 2, "half an hour between them")
	require.Equal(t, (1200+halfHour)*time.Second, brick.Elapsed)
	require.Equal(t, activityfile.Swimming, swim.Sport.Family)
	require.Empty(t, swim.Legs)
	require.Len(t, swim.Points, 1)
	require.Equal(t, 600*time.Second, swim.Elapsed)

	apart := fitFile(t, part(0, typedef.SportCycling), part(601+halfHour, typedef.SportRunning))
	r, err = read(t, apart, activityfile.Options{})
	require.NoError(t, err)
	require.Len(t, r.Activities, 2, "a second more")
}

func TestRead_ManyActivitiesInAChain_AreTooComplex(t *testing.T) {
	t.Parallel()
	var chain []byte
	for file := range 2 {
		var sessions []proto.Message
		for i := range 60 {
			sessions = append(sessions, session(600).SetStartTime(after((60*file+i)*7200)).ToMesg(nil))
		}
		chain = append(chain, fitFile(t, sessions...)...)
	}
	_, err := read(t, chain, activityfile.Options{})
	refused(t, err, activityfile.TooComplex)
}

func TestRead_CutXML_SaysWhatCanBeRead(t *testing.T) {
	t.Parallel()
	var points []point
	for i := range 100 {
		points = append(points, point{seconds: i, lat: 47, lon: 8 + float64(i)*1e-4})
	}
	content := gpxFile(points...)
	_, err := read(t, content[:len(content)/2], activityfile.Options{})
	require.InDelta(t, 50, refused(t, err, activityfile.Damaged).Recoverable.Points, 3)
}

func TestRead_ImpossibleTracks_KeepWithinBounds(t *testing.T) {
	t.Parallel()
	var points []point
	for i := range 4000 { // from pole to pole, 20 000 km in a minute
		points = append(points, point{seconds: 60 * i, lat: 80 - 160*float64(i%2), lon: 8})
	}
	around := bytes.Replace(gpxFile(points...), []byte("running"), []byte("flying"), 1)
	a := readOne(t, around)
	require.Nil(t, a.DistanceM)
	for _, p := range a.Points {
		require.False(t, p.DistanceM > 1e7)
		require.False(t, p.SpeedMPS > 350)
	}

	types := strings.Repeat("<type>running</type>", 1000)
	many := bytes.Replace(gpxFile(points[:2]...), []byte("<type>running</type>"), []byte(types), 1)
	require.Equal(t, "running", readOne(t, many).Sport.Name)

	var gaps []point
	for i := range 25_000 { // every second gap is a pause
		gaps = append(gaps, point{seconds: 50*i + i%2*49, lat: 47, lon: 8})
	}
	require.LessOrEqual(t, len(readOne(t, gpxFile(gaps...)).Pauses), 10_000)
}

func TestRead_AnyBytes_NeverPanics(t *testing.T) {
	t.Parallel()
	fit := fitFile(t, append(records(30), session(29).ToMesg(nil))...)
	xml := gpxFile(point{seconds: 0, lat: 1, lon: 1}, point{seconds: 60, lat: 1, lon: 1.01})
	rapid.Check(t, func(t *rapid.T) {
		content := bytes.Clone(rapid.SampledFrom([][]byte{fit, xml}).Draw(t, "file"))
		for range rapid.IntRange(0, 8).Draw(t, "changes") {
			content[rapid.IntRange(0, len(content)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
		}
		content = content[:rapid.IntRange(0, len(content)).Draw(t, "length")]
		r, err := activityfile.Read(
			t.Context(),
			bytes.NewReader(content),
			activityfile.Options{AllowDamaged: rapid.Bool().Draw(t, "damaged")},
		)
		if err != nil {
			return
		}
		for _, a := range r.Activities {
			if a.Timer > a.Elapsed || a.Elapsed <= 0 || a.Moving != nil && *a.Moving > a.Timer {
				t.Fatalf("times %v %v %v", a.Elapsed, a.Timer, a.Moving)
			}
			if a.DistanceM != nil && (*a.DistanceM <= 0 || math.IsNaN(*a.DistanceM)) {
				t.Fatalf("distance %v", *a.DistanceM)
			}
		}
	})
}

func BenchmarkRead_TwoHours(b *testing.B) {
	var m []proto.Message
	var points []point
	for i := range 7200 {
		r := record(i).SetDistanceScaled(float64(8 * i)).SetHeartRate(uint8(120 + i%40)).SetCadence(85).SetPower(uint16(180 + i%90)).
			SetEnhancedSpeedScaled(8).SetEnhancedAltitudeScaled(400 + 50*math.Sin(float64(i)/300)).
			SetPositionLatDegrees(47 + float64(i)*7e-5).SetPositionLongDegrees(8.5)
		m = append(m, r.ToMesg(nil))
		points = append(
			points,
			point{seconds: i, lat: 47 + float64(i)*7e-5, lon: 8.5, ele: 400, extra: "<extensions><hr>140</hr></extensions>"},
		)
	}
	for name, content := range map[string][]byte{
		"FIT": fitFile(b, append(m, session(7199).SetTotalDistanceScaled(57592).ToMesg(nil))...), "GPX": gpxFile(points...),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(content)))
			for b.Loop() {
				r, err := activityfile.Read(b.Context(), bytes.NewReader(content), activityfile.Options{})
				if err != nil || len(r.Activities[0].Points) != 7200 {
					b.Fatal(err)
				}
			}
		})
	}
}

package activityfile

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/muktihari/fit/decoder"
	"github.com/muktihari/fit/profile/basetype"
	"github.com/muktihari/fit/profile/mesgdef"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/profile/untyped/fieldnum"
	"github.com/muktihari/fit/profile/untyped/mesgnum"
	"github.com/muktihari/fit/proto"

	"github.com/ultimatecoach/api/internal/tools/text"
)

// Limits of a FIT file. A message takes as little as one byte, and a field description about 180 bytes of memory that the
// decoder never frees.
const (
	maxMessages     = 1_000_000
	maxDescriptions = 512
	maxChained      = 16
	maxSummaries    = 10_000 // sessions, laps, lengths, sets and pauses together; 1 000 in a long swim
)

const maxName = 80 // characters of a device's name

// parseFIT reads a file, or several that are chained into one.
//
// The checksum of the library is off and replaced by our own: the library adds the header to the sum only when the header
// has 12 bytes, and refuses 21 of 172 real files, all of them with 14 bytes and without a checksum of the header.
func parseFIT(ctx context.Context, c content) (*recording, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	sums := &checksums{r: c.Reader}
	l := &fitListener{recording: &recording{format: FIT}, cancel: cancel}
	d := decoder.New(sums, decoder.WithIgnoreChecksum(), decoder.WithBroadcastOnly(), decoder.WithMesgListener(l))
	for files := 0; d.Next(); files++ {
		if files == maxChained {
			return nil, &Error{Code: TooComplex, Detail: fmt.Sprintf("More than %d FIT files are chained.", maxChained)}
		}
		if _, err := d.PeekFileHeader(); err != nil {
			var e *Error
			if errors.As(err, &e) {
				return l.recording, e
			}
			if files == 0 {
				return l.recording, damaged("The header of the FIT file says that it is empty.", err)
			}
			l.recording.warn("bytes_after_end", "There are bytes after the end of the FIT file; they are ignored.")
			break
		}
		_, err := d.DecodeWithContext(ctx)
		l.endFile()
		if err != nil || ctx.Err() != nil { // the decoder does not look at it after the last messages
			return l.recording, fitError(ctx, err)
		}
	}
	if sums.wrong {
		return l.recording, damaged("The checksum of the FIT file is wrong.", nil)
	}
	return l.recording, nil
}

// fitError returns why decoding stopped.
func fitError(ctx context.Context, err error) error {
	var e *Error
	if cause := context.Cause(ctx); cause != nil {
		err = cause
	}
	switch {
	case errors.As(err, &e):
		return e
	case ctx.Err() != nil || errors.As(err, &sourceError{}):
		return err
	}
	return damaged("The FIT file is cut or damaged.", err)
}

func damaged(detail string, err error) *Error { return &Error{Code: Damaged, Detail: detail, Err: err} }

// fitListener collects the messages that the decoder finds. It holds one file of a chain at a time.
type fitListener struct {
	recording    *recording
	cancel       context.CancelCauseFunc
	messages     int
	descriptions int
	summaries    int
	pulseStart   pulseStart
	file         fitFile
}

// fitFile is what one FIT file holds. Messages may come in any order: some devices write the summary first.
type fitFile struct {
	fileType typedef.File
	sport    Sport
	offset   *time.Duration
	stopped  time.Time // of the timer; zero while it runs
	sessions []Activity
	all      Activity // points, laps and so on, before they are given to their sessions
}

// OnMesg implements decoder.MesgListener. m is only valid until it returns.
func (l *fitListener) OnMesg(m proto.Message) {
	if l.messages++; l.messages > maxMessages {
		l.stop("messages", maxMessages)
		return
	}
	switch m.Num {
	case mesgnum.Record:
		l.record(&m)
		return
	case mesgnum.Hr:
		l.heartRates(&m)
		return
	case mesgnum.FieldDescription:
		if l.descriptions++; l.descriptions > maxDescriptions {
			l.stop("field descriptions", maxDescriptions)
		}
		return
	}
	f := &l.file
	switch m.Num {
	case mesgnum.FileId:
		l.fileID(mesgdef.NewFileId(&m))
	case mesgnum.DeviceInfo:
		if d := mesgdef.NewDeviceInfo(&m); d.DeviceIndex == typedef.DeviceIndexCreator && l.recording.device == "" {
			l.recording.device = deviceName(d.Manufacturer, d.Product, d.ProductName)
		}
	case mesgnum.Sport:
		s := mesgdef.NewSport(&m)
		f.sport = sportOf(s.Sport.String(), s.SubSport.String())
	case mesgnum.Activity:
		a := mesgdef.NewActivity(&m)
		f.offset = believable(a.LocalTimestamp.Sub(a.Timestamp), a.LocalTimestamp.IsZero() || a.Timestamp.IsZero())
	case mesgnum.Session:
		if f.sessions = append(f.sessions, fitSession(mesgdef.NewSession(&m))); len(f.sessions) > maxActivities {
			l.stop("sessions", maxActivities)
		}
	case mesgnum.Lap:
		f.all.Laps = append(f.all.Laps, fitLap(mesgdef.NewLap(&m)))
	case mesgnum.Length:
		f.all.Lengths = append(f.all.Lengths, fitLength(mesgdef.NewLength(&m)))
	case mesgnum.Set:
		f.all.addSet(mesgdef.NewSet(&m))
	case mesgnum.Event:
		f.event(mesgdef.NewEvent(&m))
	default:
		return
	}
	if l.summaries++; l.summaries > maxSummaries {
		l.stop("summaries", maxSummaries)
	}
}

func (l *fitListener) stop(what string, limit int) {
	l.cancel(&Error{Code: TooComplex, Detail: fmt.Sprintf("The file has more than %d %s.", limit, what)})
}

// record adds a point. It reads the fields itself: the library's own type has 90 of them.
func (l *fitListener) record(m *proto.Message) {
	at, lat, lon := basetype.Uint32Invalid, basetype.Sint32Invalid, basetype.Sint32Invalid
	p := NewPoint(time.Time{})
	for i := range m.Fields {
		v := &m.Fields[i].Value
		switch m.Fields[i].Num {
		case fieldnum.RecordTimestamp:
			at = v.Uint32()
		case fieldnum.RecordPositionLat:
			lat = v.Int32()
		case fieldnum.RecordPositionLong:
			lon = v.Int32()
		case fieldnum.RecordEnhancedAltitude:
			p.setAltitude(float64(v.Uint32())/5 - 500)
		case fieldnum.RecordHeartRate:
			p.setHeartRate(float64(v.Uint8()))
		case fieldnum.RecordCadence:
			if c := v.Uint8(); c != basetype.Uint8Invalid {
				p.setCadence(float64(c))
			}
		case fieldnum.RecordDistance:
			p.setDistance(float64(v.Uint32()) / 100)
		case fieldnum.RecordEnhancedSpeed:
			p.setSpeed(float64(v.Uint32()) / 1000)
		case fieldnum.RecordPower:
			p.setPower(float64(v.Uint16()))
		}
	}
	if at == basetype.Uint32Invalid {
		return
	}
	p.UnixMilli = fitTime(at).UnixMilli()
	if lat != basetype.Sint32Invalid && lon != basetype.Sint32Invalid {
		p.setPosition(semicircles(lat), semicircles(lon))
	}
	points := &l.file.all.Points
	if n := len(*points); n > 0 && (*points)[n-1].UnixMilli == p.UnixMilli {
		(*points)[n-1].merge(p)
		return
	}
	if len(*points) == MaxPoints {
		l.stop("points", MaxPoints)
		return
	}
	*points = append(*points, p)
}

func semicircles(v int32) float64 { return float64(v) * 180 / (1 << 31) }

// fitEpoch is second 0 of FIT.
var fitEpoch = time.Date(1989, time.December, 31, 0, 0, 0, 0, time.UTC)

func fitTime(seconds uint32) time.Time { return fitEpoch.Add(time.Duration(seconds) * time.Second) }

// pulseStart ties the clock of a strap to the time of the day.
type pulseStart struct {
	at    time.Time // when the clock of the strap showed event
	event uint32    // 1/1024 s
}

// heartRates reads a message of a strap: up to eight heart rates, each with the strap's own clock. The decoder has
// unpacked those clocks from 12 bits.
func (l *fitListener) heartRates(m *proto.Message) {
	h := mesgdef.NewHr(m)
	if len(h.EventTimestamp) > 0 && !h.Timestamp.IsZero() {
		l.pulseStart = pulseStart{h.Timestamp, h.EventTimestamp[0]}
		if h.FractionalTimestamp != basetype.Uint16Invalid {
			l.pulseStart.at = h.Timestamp.Add(time.Duration(h.FractionalTimestamp) * time.Second / 32768)
		}
	}
	if l.pulseStart.at.IsZero() {
		return
	}
	for i := range min(len(h.FilteredBpm), len(h.EventTimestamp)) {
		if bpm := h.FilteredBpm[i]; bpm > 0 && bpm != basetype.Uint8Invalid {
			after := time.Duration(h.EventTimestamp[i]-l.pulseStart.event) * time.Second / 1024
			l.recording.pulses = append(l.recording.pulses, pulse{l.pulseStart.at.Add(after).UnixMilli(), int16(bpm)})
		}
	}
	if len(l.recording.pulses) > MaxPoints {
		l.stop("heart rates", MaxPoints)
	}
}

func (l *fitListener) fileID(id *mesgdef.FileId) {
	l.file.fileType = id.Type
	if l.recording.device == "" {
		l.recording.device = deviceName(id.Manufacturer, id.Product, id.ProductName)
	}
	serialKnown := id.SerialNumber != 0 && id.SerialNumber != basetype.Uint32Invalid
	if l.recording.externalID == "" && serialKnown && id.TimeCreated.After(clockSet) {
		l.recording.externalID = fmt.Sprintf("fit:%d:%d:%d", id.Manufacturer, id.SerialNumber, id.TimeCreated.Unix())
	}
}

// deviceName returns maker and model in lower case, as the profile of FIT names them.
func deviceName(maker typedef.Manufacturer, product uint16, name string) string {
	if maker == typedef.ManufacturerInvalid {
		return text.Cut(name, maxName)
	}
	model := ""
	if maker == typedef.ManufacturerGarmin && product != basetype.Uint16Invalid {
		model = typedef.GarminProduct(product).String()
	}
	return text.Cut(maker.String()+" "+cmp.Or(name, model), maxName)
}

// believable returns an offset from UTC that a place on Earth can have, rounded to a quarter of an hour. Devices that do
// not know their zone write nonsense, or an offset of 0.
func believable(offset time.Duration, unknown bool) *time.Duration {
	const quarter = 15 * time.Minute
	rounded := offset.Round(quarter)
	if unknown || rounded == 0 || rounded.Abs() > 14*time.Hour || (offset-rounded).Abs() > time.Minute {
		return nil
	}
	return &rounded
}

// event notes when the timer is stopped and started again.
func (f *fitFile) event(e *mesgdef.Event) {
	if e.Event != typedef.EventTimer || e.Timestamp.IsZero() {
		return
	}
	switch e.EventType {
	case typedef.EventTypeStop, typedef.EventTypeStopAll, typedef.EventTypeStopDisable, typedef.EventTypeStopDisableAll:
		if f.stopped.IsZero() {
			f.stopped = e.Timestamp
		}
	case typedef.EventTypeStart:
		if !f.stopped.IsZero() && e.Timestamp.After(f.stopped) {
			f.all.Pauses = append(f.all.Pauses, Pause{f.stopped, e.Timestamp})
		}
		f.stopped = time.Time{}
	}
}

func fitSession(m *mesgdef.Session) Activity {
	a := Activity{
		Sport:     sportOf(m.Sport.String(), m.SubSport.String()),
		StartedAt: m.StartTime, Elapsed: millis(m.TotalElapsedTime), Timer: millis(m.TotalTimerTime),
		DistanceM:    scaled(m.TotalDistance, 100),
		AvgHeartRate: positive(m.AvgHeartRate), MaxHeartRate: positive(m.MaxHeartRate),
		AvgCadence: positive(m.AvgCadence), MaxCadence: positive(m.MaxCadence),
		AvgPower: positive(m.AvgPower), MaxPower: positive(m.MaxPower),
		Kcal: positive(m.TotalCalories), RestingKcal: positive(m.MetabolicCalories),
		PerceivedExertion: scaled(m.WorkoutRpe, 10), PoolLengthM: scaled(m.PoolLength, 100),
	}
	if a.StartedAt.IsZero() && !m.Timestamp.IsZero() {
		a.StartedAt = m.Timestamp.Add(-a.Elapsed)
	}
	if moving := millis(m.TotalMovingTime); moving > 0 {
		a.Moving = &moving
	}
	if m.TotalAscent != basetype.Uint16Invalid {
		a.AscentM, a.AscentFromDevice = new(float64(m.TotalAscent)), true
	}
	return a
}

func fitLap(m *mesgdef.Lap) Lap {
	lap := Lap{
		StartedAt: m.StartTime, Elapsed: millis(m.TotalElapsedTime), Timer: millis(m.TotalTimerTime),
		DistanceM:    scaled(m.TotalDistance, 100),
		AvgHeartRate: positive(m.AvgHeartRate), MaxHeartRate: positive(m.MaxHeartRate),
		AvgPower: positive(m.AvgPower), AvgCadence: positive(m.AvgCadence), Kcal: positive(m.TotalCalories),
	}
	if lap.StartedAt.IsZero() && !m.Timestamp.IsZero() {
		lap.StartedAt = m.Timestamp.Add(-lap.Elapsed)
	}
	if m.TotalAscent != basetype.Uint16Invalid {
		lap.AscentM = new(float64(m.TotalAscent))
	}
	return lap
}

func fitLength(m *mesgdef.Length) Length {
	l := Length{
		StartedAt: m.StartTime, Duration: cmp.Or(millis(m.TotalElapsedTime), millis(m.TotalTimerTime)),
		Rest: m.LengthType == typedef.LengthTypeIdle, Strokes: positive(m.TotalStrokes),
	}
	if m.SwimStroke != typedef.SwimStrokeInvalid {
		l.Stroke = m.SwimStroke.String()
	}
	return l
}

// addSet adds a set, or a rest to the set before.
func (a *Activity) addSet(m *mesgdef.Set) {
	started := m.StartTime
	if started.IsZero() {
		started = m.Timestamp
	}
	n := len(a.Sets)
	if m.SetType == typedef.SetTypeRest {
		if n > 0 {
			a.Sets[n-1].Rest += millis(m.Duration)
		}
		return
	}
	s := Set{StartedAt: started, Duration: millis(m.Duration), Repetitions: positive(m.Repetitions), WeightKg: scaled(m.Weight, 16)}
	const guesses = 5 // more are not useful to anybody
	for _, c := range m.Category {
		name := c.String()
		known := c != typedef.ExerciseCategoryUnknown && c != typedef.ExerciseCategoryInvalid
		if known && len(s.Guesses) < guesses && !slices.Contains(s.Guesses, name) {
			s.Guesses = append(s.Guesses, name)
		}
	}
	a.Sets = append(a.Sets, s)
}

// positive returns a number that is known and not 0.
func positive[T uint8 | uint16 | uint32](v T) *int {
	if v == 0 || v == ^T(0) {
		return nil
	}
	return new(int(v))
}

// scaled is positive for numbers with decimals.
func scaled[T uint8 | uint16 | uint32](v T, scale float64) *float64 {
	if v == 0 || v == ^T(0) {
		return nil
	}
	return new(float64(v) / scale)
}

func millis(v uint32) time.Duration {
	if v == basetype.Uint32Invalid {
		return 0
	}
	return time.Duration(v) * time.Millisecond
}

// endFile turns the collected messages into activities.
func (l *fitListener) endFile() {
	f := l.file
	l.file = fitFile{}
	if f.fileType != typedef.FileActivity && f.fileType != typedef.FileInvalid && f.fileType != 0 {
		l.recording.notFound = fmt.Sprintf("The FIT file is of type %s, not a recorded activity.", f.fileType)
		return
	}
	if len(f.sessions) == 0 {
		if len(f.all.Points) == 0 && len(f.all.Laps) == 0 {
			return
		}
		f.sessions = []Activity{f.withoutSession()}
	}
	slices.SortStableFunc(f.sessions, func(a, b Activity) int { return a.StartedAt.Compare(b.StartedAt) })
	share(f.all, f.sessions)
	for i := range f.sessions {
		f.sessions[i].UTCOffset = f.offset
	}
	if len(f.sessions) == 1 {
		l.recording.activities = append(l.recording.activities, f.sessions[0])
		return
	}
	restartDistances(f.sessions)
	l.recording.activities = append(l.recording.activities, Activity{Sport: sportOf("multisport"), Legs: f.sessions})
}

// withoutSession returns an activity for a file that the device could not finish.
func (f *fitFile) withoutSession() Activity {
	a := Activity{Sport: f.sport}
	if a.Sport.Family == "" {
		a.Sport = sportOf()
	}
	if len(f.all.Points) == 0 {
		first, last := f.all.Laps[0], f.all.Laps[len(f.all.Laps)-1]
		a.StartedAt, a.Elapsed = first.StartedAt, last.StartedAt.Add(last.Elapsed).Sub(first.StartedAt)
	}
	return a
}

// share gives points, laps, lengths, sets and pauses to the session in which they begin. Sessions are sorted by start.
func share(all Activity, sessions []Activity) {
	at := func(t time.Time) *Activity {
		after, _ := slices.BinarySearchFunc(sessions, t, func(s Activity, t time.Time) int {
			if s.StartedAt.After(t) {
				return 1
			}
			return -1
		})
		return &sessions[max(after-1, 0)]
	}
	for _, lap := range all.Laps {
		s := at(lap.StartedAt)
		s.Laps = append(s.Laps, lap)
	}
	for _, length := range all.Lengths {
		s := at(length.StartedAt)
		s.Lengths = append(s.Lengths, length)
	}
	for _, set := range all.Sets {
		s := at(set.StartedAt)
		s.Sets = append(s.Sets, set)
	}
	for _, pause := range all.Pauses {
		s := at(pause.From)
		s.Pauses = append(s.Pauses, pause)
	}
	if len(sessions) == 1 {
		sessions[0].Points = all.Points // without a copy: it may be 20 MB
		return
	}
	for _, p := range all.Points {
		s := at(p.Time())
		s.Points = append(s.Points, p)
	}
}

// restartDistances lets the distances of each leg begin at 0; devices count on from the leg before.
func restartDistances(legs []Activity) {
	var end float32
	for i := range legs {
		start, known := float32(0), false
		for j := range legs[i].Points {
			d := &legs[i].Points[j].DistanceM
			if absent(*d) {
				continue
			}
			if !known {
				known = true
				if *d >= end {
					start = end
				}
			}
			end = *d
			*d = max(*d-start, 0)
		}
	}
}

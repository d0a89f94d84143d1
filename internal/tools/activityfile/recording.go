package activityfile

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// recording is what a parser found, before totals that the file does not have are computed.
type recording struct {
	format     Format
	device     string
	externalID string
	activities []Activity // legs are in Legs already; points may be out of order
	pulses     []pulse
	warnings   []Warning
	notFound   string // a sentence for a valid file without activities
}

// pulse is one heart rate of a chest strap that was read later than the rest, as straps do that were under water.
type pulse struct {
	unixMilli int64
	bpm       int16
}

func (r *recording) warn(code, message string) {
	if !slices.ContainsFunc(r.warnings, func(w Warning) bool { return w.Code == code }) {
		r.warnings = append(r.warnings, Warning{code, message})
	}
}

// clockSet is the first time that FIT can express as a date. Smaller numbers are seconds since the device was switched on,
// and read as 1989 to 1998. GPX and TCX are younger.
var clockSet = time.Date(1998, time.July, 3, 0, 0, 0, 0, time.UTC)

// result returns the activities with their totals. It changes r.
func (r *recording) result(o Options) (Result, error) {
	slices.SortFunc(r.pulses, func(a, b pulse) int { return cmp.Compare(a.unixMilli, b.unixMilli) })
	var complete []Activity
	undated := false
	found := r.completed()
	for i := range found {
		a := &found[i]
		if a.StartedAt.IsZero() && a.Elapsed > 0 {
			undated = true
			if a.StartedAt = o.StartedAt.UTC(); !o.StartedAt.IsZero() {
				r.warnOfGivenStart()
			}
		}
		if !a.StartedAt.IsZero() && a.Elapsed > 0 {
			complete = append(complete, *a)
		}
	}
	if len(complete) == 0 {
		return Result{}, r.nothing(undated)
	}
	if len(complete) > maxActivities {
		return Result{}, tooManyActivities()
	}
	slices.SortStableFunc(complete, func(a, b Activity) int { return a.StartedAt.Compare(b.StartedAt) })
	if err := r.setClock(complete, o); err != nil {
		return Result{}, err
	}
	result := Result{Format: r.format, Activities: r.withoutRepeats(complete), Device: r.device, ExternalID: r.externalID}
	result.Warnings = r.warnings
	return result, nil
}

// nothing returns why there is no activity. undated says that there would be one with a start.
func (r *recording) nothing(undated bool) *Error {
	switch {
	case undated:
		return &Error{Code: TimeUnknown, Detail: "The file does not say when it was recorded; say when the activity started."}
	case len(r.activities) > 0:
		return &Error{Code: NoActivity, Detail: "The points of the file have no time, so it is a planned route and no recording."}
	}
	return &Error{Code: NoActivity, Detail: cmp.Or(r.notFound, "The file has no recorded activity.")}
}

// withoutRepeats drops activities that a chain of files holds twice.
func (r *recording) withoutRepeats(sorted []Activity) []Activity {
	kept := slices.CompactFunc(sorted, func(a, b Activity) bool {
		return a.StartedAt.Equal(b.StartedAt) && a.Sport == b.Sport && a.Elapsed == b.Elapsed && len(a.Points) == len(b.Points)
	})
	if len(kept) < len(sorted) {
		r.warn("repeated_activity", "The file holds the same activity more than once; it is read once.")
	}
	return kept
}

// setClock moves activities whose clock was never set, or is years wrong, to the time that the person says.
func (r *recording) setClock(activities []Activity, o Options) error {
	first, last := activities[0].StartedAt, activities[len(activities)-1].StartedAt
	switch {
	case first.Before(clockSet):
		if o.StartedAt.IsZero() {
			return &Error{Code: TimeUnknown, Detail: "The clock of the device was not set when it recorded; say when the activity started."}
		}
	case first.Before(o.Earliest), !o.Latest.IsZero() && !last.Before(o.Latest):
		if o.StartedAt.IsZero() {
			return &Error{
				Code:   TimeUnknown,
				Detail: fmt.Sprintf("The clock of the device said %s; say when the activity started.", first.Format(time.DateOnly)),
			}
		}
	default:
		return nil
	}
	move := o.StartedAt.UTC().Sub(first)
	for i := range activities {
		activities[i].shift(move)
	}
	r.warnOfGivenStart()
	return nil
}

func (r *recording) warnOfGivenStart() {
	r.warn("start_from_request", "The device did not know the time; the start is the one that was given.")
}

func (a *Activity) shift(d time.Duration) {
	a.StartedAt, a.UTCOffset = a.StartedAt.Add(d), nil
	for i := range a.Points {
		a.Points[i].UnixMilli += d.Milliseconds()
	}
	for i := range a.Laps {
		a.Laps[i].StartedAt = a.Laps[i].StartedAt.Add(d)
	}
	for i := range a.Lengths {
		a.Lengths[i].StartedAt = a.Lengths[i].StartedAt.Add(d)
	}
	for i := range a.Sets {
		a.Sets[i].StartedAt = a.Sets[i].StartedAt.Add(d)
	}
	for i := range a.Pauses {
		a.Pauses[i].From, a.Pauses[i].To = a.Pauses[i].From.Add(d), a.Pauses[i].To.Add(d)
	}
	for i := range a.Legs {
		a.Legs[i].shift(d)
	}
}

// damage counts what was read.
func (r *recording) damage(result Result) Damage {
	var d Damage
	for _, a := range result.Activities {
		d.add(a)
	}
	return d
}

func (d *Damage) add(a Activity) {
	for _, leg := range a.Legs {
		d.add(leg)
	}
	if n := len(a.Points); n > 0 {
		d.Points += n
		d.Seconds += int((a.Points[n-1].UnixMilli - a.Points[0].UnixMilli) / 1000)
	}
}

// complete computes what the file does not say.
func (r *recording) complete(a *Activity) {
	slices.SortFunc(a.Pauses, func(x, y Pause) int { return x.From.Compare(y.From) })
	r.sortPoints(a)
	a.addPulses(r.pulses)
	if a.StartedAt.IsZero() && len(a.Points) > 0 {
		a.StartedAt = a.Points[0].Time()
	}
	r.addTimes(a)
	r.addDistance(a)
	r.addMoving(a)
	if a.AscentM == nil {
		a.AscentM = ascent(a.Points, r.format)
	}
	a.doubleSteps()
	a.addAverages()
}

// completed returns the activities with what the file does not say. Legs that are far apart are activities of their own.
func (r *recording) completed() []Activity {
	var all []Activity
	for _, a := range r.activities {
		if len(a.Legs) == 0 {
			r.complete(&a)
			all = append(all, a)
			continue
		}
		for i := range a.Legs {
			r.complete(&a.Legs[i])
		}
		for _, legs := range together(a.Legs) {
			if len(legs) == 1 {
				all = append(all, legs[0])
				continue
			}
			whole := Activity{Sport: a.Sport, Name: a.Name, Legs: legs}
			whole.addUpLegs()
			all = append(all, whole)
		}
	}
	return all
}

// longestBreak is the time between two legs of one activity. A watch in its multi-sport mode records on from leg to leg, and the change of
// clothes is a leg itself; a longer break is that of a watch that stores the sessions of a day in one file.
const longestBreak = 30 * time.Minute

// together sorts legs by start and groups those that have no long break between them. Legs without any time are left out.
func together(legs []Activity) (groups [][]Activity) {
	legs = slices.DeleteFunc(legs, func(leg Activity) bool { return leg.StartedAt.IsZero() })
	slices.SortStableFunc(legs, func(x, y Activity) int { return x.StartedAt.Compare(y.StartedAt) })
	var end time.Time
	for _, leg := range legs {
		n := len(groups)
		if n == 0 || leg.StartedAt.Sub(end) > longestBreak {
			groups, end = append(groups, []Activity{leg}), leg.end()
			continue
		}
		groups[n-1] = append(groups[n-1], leg)
		if leg.end().After(end) {
			end = leg.end()
		}
	}
	return groups
}

func (a *Activity) end() time.Time { return a.StartedAt.Add(a.Elapsed) }

// addUpLegs fills what the whole has from its legs, which are sorted by start.
func (a *Activity) addUpLegs() {
	first := a.Legs[0]
	a.StartedAt, a.UTCOffset = first.StartedAt, first.UTCOffset
	var end time.Time
	var pulse, pulseTime float64
	a.Moving = new(time.Duration)
	for _, leg := range a.Legs {
		if leg.end().After(end) {
			end = leg.end()
		}
		a.Timer += leg.Timer
		*a.Moving += *cmp.Or(leg.Moving, &leg.Timer)
		a.DistanceM = sum(a.DistanceM, leg.DistanceM)
		a.AscentM = sum(a.AscentM, leg.AscentM)
		a.MaxHeartRate = largest(a.MaxHeartRate, leg.MaxHeartRate)
		if leg.AvgHeartRate != nil {
			pulse += float64(*leg.AvgHeartRate) * leg.Timer.Seconds()
			pulseTime += leg.Timer.Seconds()
		}
	}
	a.Kcal = sumOfLegs(a.Legs, func(leg *Activity) *int { return leg.Kcal })
	a.RestingKcal = sumOfLegs(a.Legs, func(leg *Activity) *int { return leg.RestingKcal })
	a.AscentFromDevice = first.AscentFromDevice
	a.Elapsed = end.Sub(a.StartedAt)
	a.Timer = min(a.Timer, a.Elapsed) // legs overlap when one was restarted
	a.Moving = new(min(*a.Moving, a.Elapsed))
	if pulseTime > 0 {
		a.AvgHeartRate = rounded(pulse / pulseTime)
	}
}

// sumOfLegs returns nil when a leg that is no transition does not have the number: the rest is less than the whole.
func sumOfLegs(legs []Activity, of func(*Activity) *int) (total *int) {
	for i := range legs {
		v := of(&legs[i])
		if v == nil && legs[i].Sport.Family != Transition {
			return nil
		}
		total = sum(total, v)
	}
	return total
}

// sum adds what is known.
func sum[N int | float64](a, b *N) *N {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return new(*a + *b)
}

func largest(a, b *int) *int {
	if a == nil || b != nil && *b > *a {
		return b
	}
	return a
}

// sortPoints sorts by time, merges points of the same moment, and drops those from before the clock was set when later
// points know the time.
func (r *recording) sortPoints(a *Activity) {
	byTime := func(x, y Point) int { return cmp.Compare(x.UnixMilli, y.UnixMilli) }
	if !slices.IsSortedFunc(a.Points, byTime) {
		slices.SortStableFunc(a.Points, byTime)
		r.warn("points_out_of_order", "Points were not in the order of their times; they are sorted.")
	}
	n := len(a.Points)
	if n == 0 {
		return
	}
	if set := clockSet.UnixMilli(); a.Points[0].UnixMilli < set && a.Points[n-1].UnixMilli >= set {
		first, _ := slices.BinarySearchFunc(a.Points, set, func(p Point, t int64) int { return cmp.Compare(p.UnixMilli, t) })
		a.Points = a.Points[first:]
		if a.StartedAt.Before(clockSet) {
			a.StartedAt = a.Points[0].Time()
		}
		r.warn("points_before_clock", "The first points are from before the clock of the device was set; they are left out.")
	}
	kept := a.Points[:1]
	for _, p := range a.Points[1:] {
		if last := &kept[len(kept)-1]; last.UnixMilli == p.UnixMilli {
			last.merge(p)
		} else {
			kept = append(kept, p)
		}
	}
	a.Points = kept
}

// addPulses gives each point without a heart rate the mean of those since the point before, as the makers of the straps do.
func (a *Activity) addPulses(sorted []pulse) {
	if len(sorted) == 0 {
		return
	}
	const longest = 10_000 // ms; an older heart rate is not that of the point
	next := 0
	for i := range a.Points {
		p := &a.Points[i]
		from := p.UnixMilli - longest
		if i > 0 {
			from = max(from, a.Points[i-1].UnixMilli)
		}
		for next < len(sorted) && sorted[next].unixMilli <= from {
			next++
		}
		total, n := 0, 0
		for ; next < len(sorted) && sorted[next].unixMilli <= p.UnixMilli; next++ {
			total += int(sorted[next].bpm)
			n++
		}
		if n > 0 && p.HeartRate == noInt {
			p.HeartRate = int16((total + n/2) / n)
		}
	}
}

package activities

import (
	"errors"
	"math"
	"time"

	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// Limits of the contract, in seconds.
const (
	maxElapsed = 31 * 24 * 3600
	maxTimer   = 24 * 3600
)

// length is when an activity was and how long it took. Absent members follow from the others.
type length struct {
	started                time.Time
	ended                  *time.Time
	elapsed, timer, moving *int // seconds
	// keptTimer and keptMoving say that timer and moving are the stored ones; sent is the field that changes the length instead.
	keptTimer, keptMoving bool
	sent                  string
}

// complete fills in what is absent. It adds an error for each part that contradicts another one. Devices round each of their times, so
// differences below a second, and a part that is a second longer than the whole, are no contradiction.
func (l *length) complete(fields *validation.Errors) {
	switch {
	case l.ended == nil && l.elapsed == nil && l.timer == nil:
		fields.AddMessage("elapsed_s", problem.Required, "is required, unless ended_at is sent")
		return
	case l.ended == nil:
		if l.elapsed == nil {
			l.elapsed = l.timer
		}
		l.ended = new(l.started.Add(time.Duration(*l.elapsed) * time.Second))
	default:
		seconds := l.ended.Sub(l.started).Seconds()
		if seconds < 0.5 {
			fields.Add("ended_at", validation.EndsBeforeStart)
			return
		}
		if seconds > maxElapsed {
			fields.AddMessage("ended_at", problem.TooLarge, "must be at most 31 days after started_at")
			return
		}
		if l.elapsed != nil && math.Abs(seconds-float64(*l.elapsed)) >= 1 {
			fields.Add("elapsed_s", durationsDisagree)
			return
		}
		if l.elapsed == nil {
			l.elapsed = new(int(math.Round(seconds)))
		}
	}
	if l.timer == nil {
		l.timer = l.elapsed
	}
	if *l.timer > maxTimer {
		fields.AddMessage("timer_s", problem.TooLarge, "must be at most %d: send the time without pauses", maxTimer)
	}
	l.timer = l.part(fields, "timer_s", l.timer, l.keptTimer)
	l.moving = l.part(fields, "moving_s", l.moving, l.keptMoving)
}

// part returns a part of the elapsed time, which may not be longer than the whole. A refusal names what the client sent: the part, or the
// whole when the part is a stored one.
func (l *length) part(fields *validation.Errors, field string, seconds *int, kept bool) *int {
	if seconds == nil || *seconds <= *l.elapsed {
		return seconds
	}
	switch {
	case *seconds <= *l.elapsed+1:
	case kept:
		fields.AddMessage(l.sent, durationsDisagree, "leaves less time than %s, which is %d: send that too", field, *seconds)
	default:
		fields.AddMessage(field, durationsDisagree, "must not be more than elapsed_s, which is %d", *l.elapsed)
	}
	return l.elapsed
}

// lengthAsSent names elapsed_s instead of ended_at in a refusal when the client sent no end.
func lengthAsSent(err error, ended *time.Time) error {
	err = validation.FromRefusal(err, "")
	if p, ok := errors.AsType[*problem.Problem](err); ok && ended == nil {
		for i, f := range p.Errors {
			if f.Field == "ended_at" && f.Code == outsideWhole.Code {
				p.Errors[i].Field = "elapsed_s"
			}
		}
	}
	return err
}

package coach

import (
	"context"
	"strings"
	"time"
)

// maxPauses is how many pauses one reply may have, or more that are shorter: 1.2 s with the default of COACH_PAUSE_MS. A person who waits for
// the last word does not wait for long.
const maxPauses = 30

// pacer says the text of the local coach word by word, so that it arrives as that of a language model does and a client needs no second way
// to show it. It waits outside of any transaction.
type pacer struct {
	ctx context.Context //nolint:containedctx // it lives as long as one reply
	say func(text string) error
	// pause is the time after a word; 0 says everything at once.
	pause time.Duration
	// left is how long the rest of the reply may still be slowed down.
	left time.Duration
}

func newPacer(s *speaker, pause time.Duration) *pacer {
	return &pacer{ctx: s.ctx, say: s.say, pause: pause, left: maxPauses * pause}
}

// speak says a text in words. It returns why the reply was stopped, as soon as it is.
func (p *pacer) speak(text string) error {
	if p.pause <= 0 {
		return p.say(text)
	}
	words := strings.SplitAfter(text, " ")
	pause := min(p.pause, p.left/2/time.Duration(len(words))) // the other half is for what is said after this text
	p.left -= pause * time.Duration(len(words))
	for _, word := range words {
		if err := p.say(word); err != nil {
			return err
		}
		select {
		case <-p.ctx.Done():
			return context.Cause(p.ctx)
		case <-time.After(pause):
		}
	}
	return nil
}

package room

import (
	"context"
	"io"
	"net/http"
)

// Stream writes a response piece by piece; each Write is sent at once. It returns when the response is complete, when ctx ends because the
// server stops or the person's session has ended, or with the error of a Write.
type Stream func(ctx context.Context, w io.Writer) error

// Streamer sends streams after the handler has returned, so that they hold no slot and no time limit.
type Streamer interface {
	Stream(header http.Header, stream Stream)
}

type streamerKey struct{}

// WithStreamer returns a context with the streamer of its request.
func WithStreamer(ctx context.Context, s Streamer) context.Context {
	return context.WithValue(ctx, streamerKey{}, s)
}

// StartStream hands a stream with its headers over to the server of the request. It reports whether there is one; otherwise the caller
// writes the response itself.
func StartStream(ctx context.Context, header http.Header, stream Stream) bool {
	s, ok := ctx.Value(streamerKey{}).(Streamer)
	if ok {
		s.Stream(header, stream)
	}
	return ok
}

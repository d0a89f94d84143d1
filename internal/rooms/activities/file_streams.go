package activities

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/activityfile"
	"github.com/ultimatecoach/api/internal/tools/optional"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/streams"
)

// usualPoints is how many points GetActivityStreams returns when the client does not say.
const usualPoints = 500

// GetActivityStreams returns the measurements of an activity over time.
func (h *Handlers) GetActivityStreams(
	ctx context.Context, r api.GetActivityStreamsRequestObject,
) (api.GetActivityStreamsResponseObject, error) {
	channels, err := channelsOf(r.Params.Channels)
	if err != nil {
		return nil, err
	}
	s, err := h.streams(ctx, r.ID, r.Params.PrivacyRadiusM)
	if err != nil {
		return nil, err
	}
	limit := optional.Or(r.Params.Points, usualPoints)
	response := api.ActivityStreams{
		TotalPoints: len(s.points), PrivacyRadiusM: s.radius, Pauses: s.pauses, Points: []api.StreamPoint{},
	}
	for _, p := range streams.Downsample(s.points, limit, channels) {
		response.Points = append(response.Points, streamPoint(&p, s.startedAt, channels))
	}
	return api.GetActivityStreams200JSONResponse(response), nil
}

// GetActivityTrack returns the positions of an activity as GPX.
func (h *Handlers) GetActivityTrack(ctx context.Context, r api.GetActivityTrackRequestObject) (api.GetActivityTrackResponseObject, error) {
	s, err := h.streams(ctx, r.ID, r.Params.PrivacyRadiusM)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(s.points, activityfile.Point.HasPosition) {
		return nil, problem.New(noTrack)
	}
	pauses := make([]activityfile.Pause, 0, len(s.pauses))
	for _, p := range s.pauses {
		pauses = append(pauses, activityfile.Pause{From: s.after(p.FromS), To: s.after(p.ToS)})
	}
	var file bytes.Buffer
	if err := activityfile.WriteGPX(&file, s.name, s.sport, s.points, pauses); err != nil {
		return nil, fmt.Errorf("write GPX: %w", err)
	}
	return api.GetActivityTrack200ApplicationGpxXMLResponse{Body: &file, ContentLength: int64(file.Len())}, nil
}

// storedStreams are the streams of an activity, without positions that are private.
type storedStreams struct {
	name, sport string
	startedAt   time.Time
	points      []activityfile.Point
	pauses      []api.StreamPause
	radius      int
}

func (s *storedStreams) after(seconds float64) time.Time {
	return s.startedAt.Add(time.Duration(seconds * float64(time.Second)))
}

func (h *Handlers) streams(ctx context.Context, id uuid.UUID, radius *int) (*storedStreams, error) {
	row, err := h.db.GetActivityStreams(ctx, queries.GetActivityStreamsParams{UserID: db.IdentityFrom(ctx).UserID, ActivityID: id})
	if err != nil {
		return nil, problem.IfNoRows(err, activityNotFound)
	}
	s := &storedStreams{
		name: optional.OrZero(row.Name), sport: cmp.Or(row.Kind, "other"), startedAt: row.StartedAt,
		radius: max(int(row.PrivacyRadiusM), optional.OrZero(radius)), pauses: []api.StreamPause{},
	}
	if row.Data == nil {
		return s, nil
	}
	if s.points, err = streams.Unmarshal(row.Data); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(row.Pauses, &s.pauses); err != nil {
		return nil, fmt.Errorf("decode pauses: %w", err)
	}
	streams.HideEnds(s.points, float64(s.radius))
	return s, nil
}

// channelsOf reads a list of names with commas; nil means all channels.
func channelsOf(names *string) ([]streams.Channel, error) {
	all := streams.Channels()
	if names == nil {
		return all, nil
	}
	var channels []streams.Channel
	for name := range strings.SplitSeq(*names, ",") {
		if !slices.Contains(all, streams.Channel(name)) {
			return nil, problem.Unprocessable(unknownChannel.WithMessage("channels", "has no channel %q", name))
		}
		channels = append(channels, streams.Channel(name))
	}
	return channels, nil
}

// streamPoint returns the channels of a point that are known.
func streamPoint(p *activityfile.Point, startedAt time.Time, channels []streams.Channel) api.StreamPoint {
	out := api.StreamPoint{TimeS: max(float64(p.UnixMilli-startedAt.UnixMilli())/1000, 0)}
	for _, c := range channels {
		switch c {
		case streams.Position:
			if lat, lon, known := p.Position(); known {
				out.Latitude, out.Longitude = &lat, &lon
			}
		case streams.Altitude:
			out.AltitudeM = decimals(p.AltitudeM, 10)
		case streams.Distance:
			out.DistanceM = decimals(p.DistanceM, 100)
		case streams.Speed:
			out.SpeedMps = decimals(p.SpeedMPS, 1000)
		case streams.HeartRate:
			out.HeartRate = whole(p.HeartRate)
		case streams.Cadence:
			out.Cadence = whole(p.Cadence)
		case streams.Power:
			out.PowerWatts = whole(p.Power)
		}
	}
	return out
}

func decimals(v float32, scale float64) *float64 {
	if math.IsNaN(float64(v)) {
		return nil
	}
	return new(math.Round(float64(v)*scale) / scale)
}

func whole(v int16) *int {
	if v < 0 {
		return nil
	}
	return new(int(v))
}

// Package streams stores what a device measured over time, point by point, in little space, and returns as many points as a
// chart needs.
package streams

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/klauspost/compress/zstd"

	"github.com/ultimatecoach/api/internal/tools/activityfile"
)

// Channel is one measurement over time.
type Channel string

// The channels, by the names that clients use.
const (
	Position  Channel = "position"
	Altitude  Channel = "altitude"
	Distance  Channel = "distance"
	Speed     Channel = "speed"
	HeartRate Channel = "heart_rate"
	Cadence   Channel = "cadence"
	Power     Channel = "power"
)

// Channels are all channels, in the order of the contract.
func Channels() []Channel {
	return []Channel{Position, Altitude, Distance, Speed, HeartRate, Cadence, Power}
}

// column stores one number of a point as an integer.
type column struct {
	channel Channel
	get     func(p *activityfile.Point) (int64, bool)
	set     func(p *activityfile.Point, v int64)
}

// columns are stored in this order; new ones are added at the end. The time is stored before them.
var columns = []column{
	{Position, func(p *activityfile.Point) (int64, bool) { return int64(p.LatE7), p.HasPosition() },
		func(p *activityfile.Point, v int64) { p.LatE7 = int32(v) }},
	{Position, func(p *activityfile.Point) (int64, bool) { return int64(p.LonE7), p.HasPosition() },
		func(p *activityfile.Point, v int64) { p.LonE7 = int32(v) }},
	decimal(Altitude, 10, func(p *activityfile.Point) *float32 { return &p.AltitudeM }),
	decimal(Distance, 100, func(p *activityfile.Point) *float32 { return &p.DistanceM }),
	decimal(Speed, 1000, func(p *activityfile.Point) *float32 { return &p.SpeedMPS }),
	whole(HeartRate, func(p *activityfile.Point) *int16 { return &p.HeartRate }),
	whole(Cadence, func(p *activityfile.Point) *int16 { return &p.Cadence }),
	whole(Power, func(p *activityfile.Point) *int16 { return &p.Power }),
}

func decimal(c Channel, scale float64, field func(*activityfile.Point) *float32) column {
	return column{
		c,
		func(p *activityfile.Point) (int64, bool) {
			v := float64(*field(p))
			return int64(math.Round(v * scale)), !math.IsNaN(v)
		},
		func(p *activityfile.Point, v int64) { *field(p) = float32(float64(v) / scale) },
	}
}

func whole(c Channel, field func(*activityfile.Point) *int16) column {
	return column{
		c,
		func(p *activityfile.Point) (int64, bool) { v := *field(p); return int64(v), v >= 0 },
		func(p *activityfile.Point, v int64) { *field(p) = int16(v) },
	}
}

// version is the first byte of stored streams.
const version = 1

// unknown stands for an absent value in a column. No difference of two values is as small.
const unknown = math.MinInt32 * 4

var (
	// Both are safe for concurrent use with EncodeAll and DecodeAll.
	encoder, _ = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	decoder, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxUnpacked))
)

// maxUnpacked is more than MaxPoints points take: nine numbers of at most ten bytes.
const maxUnpacked = 64 << 20

// Marshal returns the points, compressed: two hours at one point a second take about 60 KB. Columns compress better than
// rows, and differences better than values.
func Marshal(points []activityfile.Point) []byte {
	b := binary.AppendUvarint(nil, uint64(len(points)))
	last := int64(0)
	for i := range points {
		b = binary.AppendVarint(b, points[i].UnixMilli-last)
		last = points[i].UnixMilli
	}
	for _, c := range columns {
		b = appendColumn(b, c, points)
	}
	return encoder.EncodeAll(b, []byte{version})
}

// appendColumn writes a byte that says whether there is any value, and then the differences.
func appendColumn(b []byte, c column, points []activityfile.Point) []byte {
	start := len(b)
	b = append(b, 1)
	last, anyKnown := int64(0), false
	for i := range points {
		v, known := c.get(&points[i])
		if !known {
			b = binary.AppendVarint(b, unknown)
			continue
		}
		b = binary.AppendVarint(b, v-last)
		last, anyKnown = v, true
	}
	if !anyKnown {
		return append(b[:start], 0)
	}
	return b
}

var errDamaged = errors.New("stored streams are damaged")

// Unmarshal returns what Marshal was given. Altitudes have one decimal, distances two, speeds three.
func Unmarshal(stored []byte) ([]activityfile.Point, error) {
	if len(stored) == 0 || stored[0] != version {
		return nil, fmt.Errorf("%w: version", errDamaged)
	}
	b, err := decoder.DecodeAll(stored[1:], nil)
	if err != nil {
		return nil, fmt.Errorf("unpack streams: %w", err)
	}
	r := varints{b: b}
	n := r.unsigned()
	if n > activityfile.MaxPoints {
		return nil, fmt.Errorf("%w: %d points", errDamaged, n)
	}
	points := make([]activityfile.Point, n)
	last := int64(0)
	for i := range points {
		last += r.signed()
		points[i] = activityfile.Unknown(last)
	}
	for _, c := range columns {
		if r.flag() == 0 {
			continue
		}
		last := int64(0)
		for i := range points {
			if d := r.signed(); d != unknown {
				last += d
				c.set(&points[i], last)
			}
		}
	}
	if r.short {
		return nil, fmt.Errorf("%w: too short", errDamaged)
	}
	return points, nil
}

// varints reads numbers, and remembers when there were too few.
type varints struct {
	b     []byte
	short bool
}

func (r *varints) unsigned() uint64 {
	v, n := binary.Uvarint(r.b)
	r.take(n)
	return v
}

func (r *varints) signed() int64 {
	v, n := binary.Varint(r.b)
	r.take(n)
	return v
}

// flag returns 0 after the end, where a later version added a column.
func (r *varints) flag() byte {
	if len(r.b) == 0 {
		return 0
	}
	v := r.b[0]
	r.b = r.b[1:]
	return v
}

func (r *varints) take(n int) {
	if n <= 0 {
		r.short = true
		return
	}
	r.b = r.b[n:]
}

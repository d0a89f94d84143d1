package streams

import (
	"math"
	"slices"

	"github.com/ultimatecoach/api/internal/tools/activityfile"
)

// Downsample returns at most limit points that look the same in a chart: the first, the last, and from each of limit − 2
// stretches of equal length the one that forms the largest triangle with its neighbours (Largest-Triangle-Three-Buckets,
// S. Steinarsson 2013). With several channels the areas are added, each as a share of its channel's range, so that one
// point in time serves all of them. A limit below 3 returns the ends.
func Downsample(points []activityfile.Point, limit int, channels []Channel) []activityfile.Point {
	n := len(points)
	if n <= limit {
		return points
	}
	if limit < 3 {
		return []activityfile.Point{points[0], points[n-1]}[:max(limit, 1)]
	}
	series := seriesOf(points, channels)
	kept := make([]activityfile.Point, 0, limit)
	kept = append(kept, points[0])
	stretch := float64(n-2) / float64(limit-2)
	areas := make([]float64, int(stretch)+2)
	from, last := 1, 0
	for i := range limit - 2 {
		to := 1 + int(float64(i+1)*stretch)
		end := min(1+int(float64(i+2)*stretch), n) // of the stretch after this one
		best := largestTriangle(points, series, areas, last, from, to, max(end, to+1))
		kept = append(kept, points[best])
		from, last = to, best
	}
	return append(kept, points[n-1])
}

// values is one column as shares of its range. NaN is unknown.
type values []float64

func seriesOf(points []activityfile.Point, channels []Channel) []values {
	var all []values
	for _, c := range columns {
		if !slices.Contains(channels, c.channel) {
			continue
		}
		v := make(values, len(points))
		low, high := math.Inf(1), math.Inf(-1)
		for i := range points {
			v[i] = math.NaN()
			if n, known := c.get(&points[i]); known {
				v[i] = float64(n)
				low, high = min(low, v[i]), max(high, v[i])
			}
		}
		if high > low {
			for i := range v {
				v[i] = (v[i] - low) / (high - low)
			}
			all = append(all, v)
		}
	}
	return all
}

// largestTriangle returns the point of [from, to) that forms the largest triangles with the point before and with the mean
// of [to, end). areas has room for to − from numbers.
func largestTriangle(points []activityfile.Point, series []values, areas []float64, before, from, to, end int) int {
	end = min(end, len(points))
	at := func(i int) float64 { return float64(points[i].UnixMilli - points[before].UnixMilli) }
	meanTime := 0.0
	for i := to; i < end; i++ {
		meanTime += at(i) / float64(end-to)
	}
	areas = areas[:to-from]
	clear(areas)
	for _, v := range series {
		start, rise := v[before], mean(v[to:end])-v[before]
		for i := range areas {
			a := math.Abs(at(from+i)*rise - meanTime*(v[from+i]-start))
			if !math.IsNaN(a) {
				areas[i] += a
			}
		}
	}
	best := 0
	for i, a := range areas {
		if a > areas[best] {
			best = i
		}
	}
	return from + best
}

// mean leaves out what is unknown.
func mean(v []float64) float64 {
	total, n := 0.0, 0
	for _, x := range v {
		if !math.IsNaN(x) {
			total += x
			n++
		}
	}
	return total / float64(n)
}

package activityfile_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tormoder/fit/dyncrc16"

	"github.com/ultimatecoach/api/internal/tools/activityfile"
)

// maxLive is how much more memory than before a file may take, at any moment of reading it.
const maxLive = 64 << 20

// measured looks at the memory in use after every half megabyte that was read. It counts what lives after a collection, so
// that neither the speed of the machine nor the moment of a collection changes the result.
type measured struct {
	r         io.Reader
	unseen    int
	idle, top uint64
}

func measure(r io.Reader) *measured { return &measured{r: r, idle: live()} }

func live() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func (m *measured) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if m.unseen += n; m.unseen > 512<<10 || err != nil {
		m.unseen, m.top = 0, max(m.top, live())
	}
	return n, err
}

// readHostile reads a file that is not in memory, and returns how much memory reading took at most.
func readHostile(t *testing.T, r io.Reader) (memory uint64, err error) {
	t.Helper()
	m := measure(r)
	// The other limits decide, however slow the machine is.
	_, err = activityfile.Read(t.Context(), m, activityfile.Options{Timeout: 10 * time.Minute})
	m.top = max(m.top, live())
	return m.top - min(m.idle, m.top), err
}

// repeated is head, then n times the text that body returns, then tail.
func repeated(head string, n int, body func(i int) string, tail string) io.Reader {
	i := 0
	return io.MultiReader(strings.NewReader(head), readerFunc(func(p []byte) (int, error) {
		if i == n {
			return 0, io.EOF
		}
		filled := 0
		for i < n {
			b := body(i)
			if filled+len(b) > len(p) {
				break
			}
			filled += copy(p[filled:], b)
			i++
		}
		return filled, nil
	}), strings.NewReader(tail))
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// fitOf is a FIT file of raw messages; the header says how long they are. The sum at the end is wrong, which only counts
// when reading comes so far.
func fitOf(size int, data io.Reader) io.Reader {
	header := []byte{14, 0x20, 0, 0, 0, 0, 0, 0, '.', 'F', 'I', 'T', 0, 0}
	binary.LittleEndian.PutUint32(header[4:], uint32(size))
	return io.MultiReader(bytes.NewReader(header), data, bytes.NewReader([]byte{0, 0}))
}

// definition defines message 0 with fields of (number, size, base type).
func definition(global uint16, fields ...[3]byte) []byte {
	d := []byte{0x40, 0, 0, byte(global), byte(global >> 8), byte(len(fields))}
	for _, f := range fields {
		d = append(d, f[:]...)
	}
	return d
}

const most = 25<<20 - 64 // bytes of a file that is not too large

// These tests do not run in parallel with others: they measure the memory of the process.
func TestRead_HostileFIT_StopsAtItsLimits(t *testing.T) {
	fill := func(head []byte, message []byte) io.Reader {
		n := (most - len(head)) / len(message)
		return fitOf(len(head)+n*len(message), repeated(string(head), n, func(int) string { return string(message) }, ""))
	}
	for name, file := range map[string]io.Reader{
		"13 million messages of two bytes": fill(definition(99, [3]byte{0, 1, 2}), []byte{0, 1}),
		"26 million empty messages":        fill(definition(99), []byte{0}),
		"descriptions of developer fields": fill(definition(206, [3]byte{0, 1, 2}, [3]byte{1, 1, 2}, [3]byte{2, 1, 2}), []byte{0, 0, 1, 2}),
		"definitions":                      fill(nil, append(definition(20, [3]byte{253, 4, 0x86}), 0, 1, 2, 3, 4)),
		"sessions":                         fill(definition(18, [3]byte{253, 4, 0x86}), []byte{0, 1, 2, 3, 60}),
		"laps":                             fill(definition(19, [3]byte{253, 4, 0x86}), []byte{0, 1, 2, 3, 60}),
		"heart rates of a strap":           fill(definition(132, [3]byte{253, 4, 0x86}, [3]byte{9, 4, 0x86}, [3]byte{6, 1, 2}), []byte{0, 1, 2, 3, 60, 9, 9, 9, 9, 70}),
		"sets with many guesses":           fill(definition(225, [3]byte{7, 200, 0x84}), append([]byte{0}, bytes.Repeat([]byte{1, 0}, 100)...)),
		"a million points": fitOf(most, repeated(string(definition(20, [3]byte{253, 4, 0x86}, [3]byte{3, 1, 2})), 4_000_000,
			func(i int) string {
				return string(binary.LittleEndian.AppendUint32([]byte{0}, uint32(1_000_000_000+i))) + "\x78"
			}, "")),
	} {
		t.Run(name, func(t *testing.T) {
			memory, err := readHostile(t, file)
			refused(t, err, activityfile.TooComplex)
			require.LessOrEqual(t, memory, uint64(maxLive))
		})
	}
}

func TestRead_ManyChainedFiles_StopsAtTheSixteenth(t *testing.T) {
	one := []byte{14, 0x20, 0, 0, 9, 0, 0, 0, '.', 'F', 'I', 'T', 0, 0}
	one = append(one, append(definition(99), 0, 0, 0)...)
	one = binary.LittleEndian.AppendUint16(one, dyncrc16.Checksum(one))
	_, err := read(t, bytes.Repeat(one, 16), activityfile.Options{})
	refused(t, err, activityfile.NoActivity)
	_, err = read(t, bytes.Repeat(one, 17), activityfile.Options{})
	refused(t, err, activityfile.TooComplex)
}

func TestRead_LargestFIT_StaysInMemory(t *testing.T) {
	// Distances make 900 000 records of 19 bytes; the limit is 500 000 points, so every second has two records.
	d := definition(
		20,
		[3]byte{253, 4, 0x86},
		[3]byte{0, 4, 0x85},
		[3]byte{1, 4, 0x85},
		[3]byte{5, 4, 0x86},
		[3]byte{3, 1, 2},
		[3]byte{4, 1, 2},
	)
	const n = 900_000
	size := len(d) + n*19
	memory, err := readHostile(t, fitOf(size, repeated(string(d), n, func(i int) string {
		b := binary.LittleEndian.AppendUint32([]byte{0}, uint32(1_000_000_000+i/2))
		b = binary.LittleEndian.AppendUint32(b, uint32(500_000_000+i))
		b = binary.LittleEndian.AppendUint32(b, uint32(100_000_000+i))
		b = binary.LittleEndian.AppendUint32(b, uint32(i*100))
		return string(append(b, 120, 80))
	}, "")))
	e := refused(t, err, activityfile.Damaged) // the sum at the end is wrong
	require.Equal(t, 450_000, e.Recoverable.Points)
	require.LessOrEqual(t, memory, uint64(maxLive))
}

func TestRead_HostileXML_IsRefusedOrStaysInMemory(t *testing.T) {
	const head, tail = `<gpx><trk><trkseg>`, `</trkseg></trk></gpx>`
	timed := func(i int) string {
		return `<trkpt><time>` + time.Unix(1_700_000_000+int64(i), 0).UTC().Format(time.RFC3339) + `</time></trkpt>`
	}
	same := func(s string) func(int) string { return func(int) string { return s } }
	count := func(s string) int { return (most - 100) / 5 / len(s) } // 5 MB: the memory does not grow with the file
	for name, c := range map[string]struct {
		file io.Reader
		code activityfile.Code
	}{
		"points without time": {
			repeated(head, count(`<trkpt lat="1" lon="1"/>`), same(`<trkpt lat="1" lon="1"/>`), tail), activityfile.NoActivity,
		},
		"extension nodes": {
			repeated(head+`<trkpt><extensions>`, count("<a/>"), same("<a/>"), `</extensions></trkpt>`+tail), activityfile.NoActivity,
		},
		"nested elements":    {repeated("<gpx>", 1_000_000, same("<a>"), ""), activityfile.Unreadable},
		"tracks":             {repeated("<gpx>", 100_000, same("<trk><trkpt/></trk>"), "</gpx>"), activityfile.TooComplex},
		"too many points":    {repeated(head, 500_001, timed, tail), activityfile.TooComplex},
		"one long text":      {repeated("<gpx><trk><name>", most/8, same("aaaaaaaa"), "</name></trk></gpx>"), activityfile.Unreadable},
		"one long comment":   {repeated("<gpx><!--", most/8, same("aaaaaaaa"), "--></gpx>"), activityfile.Unreadable},
		"one tag":            {repeated("<gpx ", most/16, func(i int) string { return fmt.Sprintf(`a%07d="x" `, i) }, "/>"), activityfile.Unreadable},
		"blanks before XML":  {repeated("<?xml version='1.0'?>", most/8, same("        "), "<gpx/>"), activityfile.Unreadable},
		"entities":           {strings.NewReader(`<!DOCTYPE gpx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><gpx>&b;</gpx>`), activityfile.Unreadable},
		"XML 1.1":            {strings.NewReader(`<?xml version="1.1"?><gpx/>`), activityfile.Unreadable},
		"another vocabulary": {strings.NewReader(`<?xml version="1.0"?><svg/>`), activityfile.UnknownType},
		"control characters": {strings.NewReader("<gpx><trk><name>\x01</name></trk></gpx>"), activityfile.Damaged},
		"laps": {
			repeated(tcxHead+`<Activity Sport="Running">`, 100_000, same("<Lap></Lap>"), "</Activity></Activities></TrainingCenterDatabase>"),
			activityfile.TooComplex,
		},
	} {
		t.Run(name, func(t *testing.T) {
			memory, err := readHostile(t, c.file)
			refused(t, err, c.code)
			require.LessOrEqual(t, memory, uint64(maxLive))
			if c.code == activityfile.NoActivity {
				require.LessOrEqual(t, memory, uint64(4<<20), "nothing of it is kept")
			}
		})
	}
}

func TestRead_MoreThan25MB_IsRefusedWhileReading(t *testing.T) {
	zeros := readerFunc(func(p []byte) (int, error) { clear(p); return len(p), nil })
	memory, err := readHostile(t, io.MultiReader(strings.NewReader("<gpx>"), zeros))
	require.Error(t, err) // a NUL is no XML, but memory is the point
	require.LessOrEqual(t, memory, uint64(maxLive))

	endless := io.MultiReader(bytes.NewReader(fitFile(t, records(60)...)), zeros)
	memory, err = readHostile(t, endless)
	refused(t, err, activityfile.TooLarge)
	require.LessOrEqual(t, memory, uint64(4<<20))
}

func TestRead_GzipBomb_IsRefusedWhileUnpacking(t *testing.T) {
	var bomb bytes.Buffer
	w, err := gzip.NewWriterLevel(&bomb, gzip.BestSpeed)
	require.NoError(t, err)
	// 48 MB of few elements: the size is found before the time is over, also with the race detector.
	_, err = io.Copy(w, repeated("<gpx>", 48<<10, func(int) string { return "<a></a>" + strings.Repeat(" ", 1017) }, "</gpx>"))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	require.Less(t, bomb.Len(), 1<<20)
	memory, err := readHostile(t, &bomb)
	refused(t, err, activityfile.TooLarge)
	require.LessOrEqual(t, memory, uint64(4<<20))
}

func TestRead_TimeIsOver_IsRefused(t *testing.T) {
	file := repeated("<gpx>", 1<<20, func(int) string { return "<a></a>" }, "</gpx>")
	_, err := activityfile.Read(t.Context(), file, activityfile.Options{Timeout: time.Nanosecond})
	refused(t, err, activityfile.TooComplex)
}

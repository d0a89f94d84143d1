package server

import (
	"fmt"
	"net/http"
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// takeAll takes what a caller can get.
func takeAll(s *share, address, account string) (taken int) {
	for {
		if _, ok := s.take(time.Now(), address, account); !ok {
			return taken
		}
		taken++
	}
}

func TestShare_GreedyCaller_LeavesPlacesForOthers(t *testing.T) {
	t.Parallel()
	require.Equal(t, 256, takeAll(newShare(512, 0), "203.0.113.1", "203.0.113.1"), "an address gets half")
	require.Equal(t, 103, takeAll(newShare(512, 0), "203.0.113.1", "ann"), "an account gets a fifth")
	require.Equal(t, 16, takeAll(newShare(32, 16), "203.0.113.1", "ann"), "half, while nobody else is there")
	s := newShare(512, 0)
	taken := 0
	for i := range 100 {
		taken += takeAll(s, "203.0.113.1", fmt.Sprint("account ", i))
	}
	require.Equal(t, 256, taken, "all accounts of an address together get half")
	for _, unlimited := range []int{0, 256} {
		s = newShare(512, unlimited)
		for i := range 10 {
			takeAll(s, fmt.Sprint("address ", i), fmt.Sprint("account ", i))
		}
		require.False(t, s.full(time.Now()))
		require.GreaterOrEqual(t, takeAll(s, "new address", "new account"), 5)
	}
}

func TestShare_Releases_GiveBackEveryPlace(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newShare(rapid.IntRange(0, 50).Draw(t, "capacity"), rapid.IntRange(0, 25).Draw(t, "unlimited"))
		var held []func()
		for i := range rapid.IntRange(0, 200).Draw(t, "requests") {
			release, ok := s.take(time.Now(), fmt.Sprint("address ", i%3), fmt.Sprint("account ", i%7))
			if ok {
				held = append(held, release)
			}
			require.LessOrEqual(t, len(held), s.capacity)
			if len(held) > 0 && rapid.IntRange(0, 4).Draw(t, "release") == 0 {
				held[0]()
				held = held[1:]
			}
		}
		for _, release := range held {
			release()
		}
		require.Zero(t, s.used)
		require.Empty(t, s.holder)
	})
}

func TestShare_Full_IsRememberedForAPeriod(t *testing.T) {
	t.Parallel()
	now := time.Now()
	s := newShare(1, 0)
	release, ok := s.take(now, "a", "a")
	require.True(t, ok)
	require.False(t, s.wasFull(now))
	require.True(t, s.full(now))
	release()
	require.True(t, s.wasFull(now.Add(900*time.Millisecond)))
	require.False(t, s.wasFull(now.Add(time.Second)))
}

func TestClientIP_ForwardedFor(t *testing.T) {
	t.Parallel()
	extract := clientIP([]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")})
	for _, c := range []struct {
		peer  string
		lines []string
		want  string
	}{
		{"203.0.113.9:1", []string{"198.51.100.1"}, "203.0.113.9"},
		{"10.0.0.1:1", nil, "10.0.0.1"},
		{"10.0.0.1:1", []string{"198.51.100.1"}, "198.51.100.1"},
		{"10.0.0.1:1", []string{"198.51.100.1:4711"}, "198.51.100.1"},
		{"10.0.0.1:1", []string{"[2001:db8::1]:4711"}, "2001:db8::1"},
		{"10.0.0.1:1", []string{"[2001:db8::1]"}, "2001:db8::1"},
		{"10.0.0.1:1", []string{`"[2001:db8::1]:80"`}, "2001:db8::1"},
		{"10.0.0.1:1", []string{"::ffff:198.51.100.1"}, "198.51.100.1"},
		{"[::ffff:10.0.0.1]:1", []string{"198.51.100.1"}, "198.51.100.1"},
		{"10.0.0.1:1", []string{"1.2.3.4, 198.51.100.1, 10.0.0.2"}, "198.51.100.1"},
		{"10.0.0.1:1", []string{"1.2.3.4, 198.51.100.1, 10.0.0.2:80"}, "198.51.100.1"},
		{"10.0.0.1:1", []string{"1.2.3.4", "198.51.100.1, 10.0.0.2"}, "198.51.100.1"},
		{"10.0.0.1:1", []string{"garbage, 198.51.100.1"}, "198.51.100.1"},
		{"10.0.0.1:1", []string{"198.51.100.1, , "}, "198.51.100.1"},
		{"10.0.0.1:1", []string{"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
		{"@", nil, ""},
	} {
		r := &http.Request{RemoteAddr: c.peer, Header: http.Header{"X-Forwarded-For": c.lines}}
		require.Equal(t, c.want, extract(r), "%s %q", c.peer, c.lines)
	}
}

// A proxy may write a word for a client that it does not know. Such a client must not use up anybody else's limit.
func TestClientIP_UnreadableForwardedFor_IsNobodyElsesAddress(t *testing.T) {
	t.Parallel()
	extract := clientIP([]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")})
	seen := map[string]string{"10.0.0.1": "the proxy", "10.0.0.2": "another proxy"}
	for _, text := range []string{"unknown", "_hidden", "198.51.100", "198.51.100.1:x", "198.51.100.1:80:80", "300.1.1.1", "::g", "a b", "\xff"} {
		for _, line := range []string{text, "198.51.100.7, " + text, text + ", 10.0.0.2"} {
			got := extract(&http.Request{RemoteAddr: "10.0.0.1:1", Header: http.Header{"X-Forwarded-For": {line}}})
			require.Regexp(t, `^unknown-[0-9a-f]{16}$`, got, line)
			require.Equal(t, text, valueOr(seen, got, text), line)
			seen[got] = text
		}
	}
}

func valueOr(m map[string]string, key, other string) string {
	if value, ok := m[key]; ok {
		return value
	}
	return other
}

package fuzz

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/ultimatecoach/api/internal/tools/contract"
)

// coverage counts which operations and statuses a run reached: a run in which every request is refused would find nothing and pass.
type coverage struct {
	operations []*contract.Operation
	seen       map[string]map[int]int // operation → status → count
	requests   int
}

func newCoverage(c *contract.Contract) *coverage {
	return &coverage{operations: c.Operations(), seen: map[string]map[int]int{}}
}

// read adds a HAR file.
func (c *coverage) read(name string) error {
	content, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	var har struct {
		Log struct {
			Entries []struct {
				Request  struct{ Method, URL string }
				Response struct{ Status int }
			}
		}
	}
	if err := json.Unmarshal(content, &har); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for _, e := range har.Log.Entries {
		c.requests++
		u, err := url.Parse(e.Request.URL)
		if err != nil {
			continue // an intentionally malformed path
		}
		for _, op := range c.operations {
			if op.Method == e.Request.Method && matches(op.Path, u.EscapedPath()) {
				if c.seen[op.ID] == nil {
					c.seen[op.ID] = map[int]int{}
				}
				c.seen[op.ID][e.Response.Status]++
			}
		}
	}
	return nil
}

func matches(pattern, path string) bool {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	return slices.EqualFunc(want, have, func(w, h string) bool { return w == h || strings.HasPrefix(w, ":") && h != "" })
}

// gaps lists the operations without a single successful response.
func (c *coverage) gaps() (gaps []string) {
	for _, op := range c.operations {
		succeeded := slices.ContainsFunc(slices.Collect(maps.Keys(c.seen[op.ID])), func(status int) bool { return status < 300 })
		if !succeeded {
			gaps = append(gaps, fmt.Sprintf("%s never succeeded, so it was not tested: %v", op.ID, c.seen[op.ID]))
		}
	}
	return gaps
}

// String returns a line per operation: the count of each status, and the documented statuses that were never returned.
func (c *coverage) String() string {
	var b strings.Builder
	for _, op := range c.operations {
		statuses := c.seen[op.ID]
		total := 0
		for _, n := range statuses {
			total += n
		}
		fmt.Fprintf(&b, "%-22s %5d ", op.ID, total)
		for _, status := range slices.Sorted(maps.Keys(statuses)) {
			fmt.Fprintf(&b, " %d:%d", status, statuses[status])
		}
		// The test server never returns 429 and 5xx.
		missing := slices.DeleteFunc(
			slices.Clone(op.Statuses),
			func(status int) bool { return statuses[status] > 0 || status == 429 || status >= 500 },
		)
		if len(missing) > 0 {
			fmt.Fprintf(&b, "   never: %v", missing)
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "%d requests", c.requests)
	return b.String()
}

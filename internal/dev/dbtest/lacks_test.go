package dbtest

import (
	"errors"
	"testing"
)

// verdict notes how a test would end.
type verdict struct {
	testing.TB
	failed, skipped bool
}

func (*verdict) Helper()                 {}
func (v *verdict) Fatalf(string, ...any) { v.failed = true }
func (v *verdict) Skipf(string, ...any)  { v.skipped = true }

func TestLacks_InCI_Fails(t *testing.T) {
	for value, inCI := range map[string]bool{"": false, "true": true, "1": true, "anything": true} {
		t.Setenv("CI", value)
		v := &verdict{}
		Lacks(v, "program", errors.New("not found"))
		if v.failed != inCI || v.skipped == inCI {
			t.Errorf("CI=%q: failed %t, skipped %t", value, v.failed, v.skipped)
		}
	}
}

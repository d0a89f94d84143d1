package standin

import (
	"reflect"
	"testing"

	"github.com/ultimatecoach/api/internal/tools/gotrue"
)

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same[T any](t *testing.T, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("\n got %#v\nwant %#v", got, want)
	}
}

func refused(t *testing.T, err error, code string) {
	t.Helper()
	if got := gotrue.CodeOf(err); got != code {
		t.Fatalf("got %q (%v), want %q", got, err, code)
	}
}

package process_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/process"
)

// slow is a program that needs two seconds to stop.
type slow struct{}

func (slow) Run(ctx context.Context) error {
	fmt.Println("up")
	<-ctx.Done()
	fmt.Println("stopping")
	time.Sleep(2 * time.Second)
	fmt.Println("ended")
	return nil
}

func TestMain(m *testing.M) {
	if os.Getenv("TEST_SLOW") != "" {
		os.Args = os.Args[:1]
		process.Main("slow", "", new(slow))
		return
	}
	os.Exit(m.Run())
}

func TestMain_SecondSignal_EndsTheProcessUnlessItComesAtOnce(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		between time.Duration
		ends    bool
	}{
		"twice at once": {0, true},
		"again later":   {time.Second, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.CommandContext(t.Context(), os.Args[0])
			cmd.Env = append(os.Environ(), "TEST_SLOW=1")
			out, err := cmd.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, cmd.Start())
			lines := bufio.NewScanner(out)
			require.True(t, lines.Scan())
			require.NoError(t, cmd.Process.Signal(syscall.SIGINT))
			require.True(t, lines.Scan())
			require.Equal(t, "stopping", lines.Text())
			time.Sleep(c.between)
			require.NoError(t, cmd.Process.Signal(syscall.SIGINT))
			require.Equal(t, c.ends, lines.Scan())
			require.Equal(t, c.ends, cmd.Wait() == nil)
		})
	}
}

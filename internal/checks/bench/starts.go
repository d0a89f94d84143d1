package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"
)

// measureStarts measures how long commands take until they accept connections.
func measureStarts(ctx context.Context, h *environment, _ options) error {
	fmt.Print("\nFrom start to the first connection\n\n")
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "command\ttime\tbudget\t")
	serve, err := h.start(ctx, []string{h.binary, "serve"}, h.settings()...)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "api serve\t%v\t< 300ms\t\n", serve.startup.Round(time.Millisecond))
	data := filepath.Join(h.folder, "data")
	for _, start := range []struct{ name, budget string }{{"make run, the first time", ""}, {"make run, data kept", "< 3s"}} {
		address, err := freeAddress(ctx)
		if err != nil {
			return err
		}
		dev, err := h.start(ctx, []string{h.devBinary}, "DATA_DIR="+data, "STANDIN_ADDR="+address)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\t%v\t%s\t\n", start.name, dev.startup.Round(time.Millisecond), start.budget)
		if err := dev.process.Stop(30 * time.Second); err != nil {
			return err
		}
	}
	return w.Flush()
}

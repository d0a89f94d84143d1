package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"slices"
	"text/tabwriter"
	"time"
)

// compare asks the real server and the one written by hand in turn.
func compare(ctx context.Context, h *house, rounds int, span time.Duration) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	limit, err := h.start(ctx, []string{self}, limitVariable+"=ADDRESS", "DATABASE_URL="+h.ownerURL, "BENCH_PERSON="+h.person.String())
	if err != nil {
		return err
	}
	request := h.asks()
	if err := sameAnswer(request, h.api, limit); err != nil {
		return err
	}
	for _, p := range []*process{h.api, limit} { // plans, pools, caches
		if _, err := ask(p, request, 8, span/2); err != nil {
			return err
		}
	}
	fmt.Print("GET /users/me against the same query and the same JSON written by hand, without asking who is there\n\n")
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "connections\tround\tAPI/s\thand/s\tratio\tAPI p50\tp99\thand p50\tp99\tAPI CPU each\thand\t")
	for _, connections := range []int{8, 1} {
		var ratios []float64
		for round := range rounds {
			order := []*process{h.api, limit}
			if round%2 == 1 { // who comes second finds the machine warmer
				slices.Reverse(order)
			}
			samples := map[*process]sample{}
			for _, p := range order {
				s, err := ask(p, request, connections, span)
				if err != nil {
					return err
				}
				samples[p] = s
			}
			ours, theirs := samples[h.api], samples[limit]
			ratios = append(ratios, ours.rate()/theirs.rate())
			fmt.Fprintf(w, "%d\t%d\t%.0f\t%.0f\t%.2f\t%v\t%v\t%v\t%v\t%v\t%v\t\n", connections, round+1, ours.rate(), theirs.rate(), ratios[round],
				short(ours.p50), short(ours.p99), short(theirs.p50), short(theirs.p99), short(ours.processorEach()), short(theirs.processorEach()))
		}
		slices.Sort(ratios)
		fmt.Fprintf(w, "%d\tmedian\t\t\t%.2f\t\t\t\t\t\t\t\n", connections, ratios[len(ratios)/2])
	}
	fmt.Fprintln(w, "\tbudget\t\t\t0.70\t\t\t\t\t\t\t")
	return w.Flush()
}

// asks is the request that both are sent.
func (h *house) asks() []byte {
	return fmt.Appendf(nil, "GET /api/v1/users/me HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer %s\r\n\r\n", h.token)
}

func short(d time.Duration) time.Duration { return d.Round(time.Microsecond) }

// sameAnswer makes sure that both do the same work.
func sameAnswer(request []byte, servers ...*process) error {
	bodies := make([][]byte, len(servers))
	for i, p := range servers {
		conn, err := net.Dial("tcp", p.address)
		if err != nil {
			return err
		}
		defer conn.Close()
		if _, err := conn.Write(request); err != nil {
			return err
		}
		var body bytes.Buffer
		if err := readAnswer(bufio.NewReader(conn), &body); err != nil {
			return err
		}
		bodies[i] = body.Bytes()
	}
	if !bytes.Equal(bodies[0], bodies[1]) {
		return fmt.Errorf("the answers differ:\n%s%s", bodies[0], bodies[1])
	}
	return nil
}

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"reflect"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/google/uuid"
)

// byHand starts the server written by hand.
func (h *house) byHand(ctx context.Context) (*process, error) {
	if h.hand != nil {
		return h.hand, nil
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	h.hand, err = h.start(ctx, []string{self}, limitVariable+"=ADDRESS", "DATABASE_URL="+h.ownerURL, "BENCH_PERSON="+h.person.String())
	return h.hand, err
}

// race asks the real server and the one written by hand the same in turn, so that a busy machine slows both. differs
// names fields of the answers that are no two requests' the same.
func (h *house) race(ctx context.Context, title string, requests [][]byte, o options, differs ...string) error {
	hand, err := h.byHand(ctx)
	if err != nil {
		return err
	}
	if err := sameAnswer(requests[0], differs, h.api, hand); err != nil {
		return fmt.Errorf("%s: %w", title, err)
	}
	for _, p := range []*process{h.api, hand} { // plans, pools, caches
		if _, err := ask(p, requests, 8, o.span/2); err != nil {
			return err
		}
	}
	fmt.Printf("\n%s\n\n", title)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "connections\tround\tAPI/s\thand/s\tratio\tAPI p50\tp99\thand p50\tp99\tAPI CPU each\thand\t")
	for _, connections := range []int{8, 1} {
		var ratios []float64
		for round := range o.rounds {
			if err := ctx.Err(); err != nil {
				return err
			}
			order := []*process{h.api, hand}
			if round%2 == 1 { // who comes second finds the machine warmer
				slices.Reverse(order)
			}
			samples := map[*process]sample{}
			for _, p := range order {
				s, err := ask(p, requests, connections, o.span)
				if err != nil {
					return err
				}
				samples[p] = s
			}
			ours, theirs := samples[h.api], samples[hand]
			ratios = append(ratios, ours.rate()/theirs.rate())
			fmt.Fprintf(w, "%d\t%d\t%.0f\t%.0f\t%.2f\t%v\t%v\t%v\t%v\t%v\t%v\t\n", connections, round+1, ours.rate(), theirs.rate(), ratios[round],
				short(ours.p50), short(ours.p99), short(theirs.p50), short(theirs.p99), short(ours.processorEach()), short(theirs.processorEach()))
		}
		slices.Sort(ratios)
		fmt.Fprintf(w, "%d\tmedian\t\t\t%.2f\t\t\t\t\t\t\t\n", connections, ratios[len(ratios)/2])
	}
	return w.Flush()
}

func measureMe(ctx context.Context, h *house, o options) error {
	err := h.race(ctx, "GET /users/me against the same query and the same JSON written by hand, without asking who is there", [][]byte{h.asks()}, o)
	if err == nil {
		fmt.Println("\nbudget of the ratio: 0.70")
	}
	return err
}

// asks is GET /users/me.
func (h *house) asks() []byte {
	return request(http.MethodGet, "/api/v1/users/me", h.token, uuid.Nil, "")
}

// request is one as it goes over the wire. The server written by hand reads who it is from a header, where it has to know.
func request(method, path, token string, person uuid.UUID, body string) []byte {
	head := fmt.Sprintf("%s %s HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer %s\r\n", method, path, token)
	if person != uuid.Nil {
		head += personHeader + ": " + person.String() + "\r\n"
	}
	if body != "" {
		head += fmt.Sprintf("Content-Type: application/json\r\nContent-Length: %d\r\n", len(body))
	}
	return []byte(head + "\r\n" + body)
}

func short(d time.Duration) time.Duration { return d.Round(time.Microsecond) }

// sameAnswer makes sure that both do the same work.
func sameAnswer(request []byte, differs []string, servers ...*process) error {
	answers := make([]any, len(servers))
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
		if err := json.Unmarshal(body.Bytes(), &answers[i]); err != nil {
			return err
		}
		drop(answers[i], differs)
	}
	if !reflect.DeepEqual(answers[0], answers[1]) {
		return fmt.Errorf("the answers differ:\n%v\n%v", answers[0], answers[1])
	}
	return nil
}

func drop(value any, names []string) {
	switch value := value.(type) {
	case map[string]any:
		for _, name := range names {
			delete(value, name)
		}
		for _, v := range value {
			drop(v, names)
		}
	case []any:
		for _, v := range value {
			drop(v, names)
		}
	}
}

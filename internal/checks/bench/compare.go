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

// startHand starts the server written by hand, once; secure says whether row level security applies to it.
func (h *environment) startHand(ctx context.Context, secure bool) (*process, error) {
	if h.hand[secure] != nil {
		return h.hand[secure], nil
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	settings := []string{handVariable + "=ADDRESS", "DATABASE_URL=" + h.ownerURL, "BENCH_PERSON=" + h.person.String()}
	if secure {
		settings = append(settings, "DATABASE_URL="+h.appURL, handSecureVariable+"=1")
	}
	h.hand[secure], err = h.start(ctx, []string{self}, settings...)
	return h.hand[secure], err
}

// compare sends the same requests to the API and to the server written by hand, in alternation, so that a busy machine slows both.
// differs are the fields of responses that are different in every response.
func (h *environment) compare(ctx context.Context, title string, requests [][]byte, o options, differs ...string) error {
	hand, err := h.startHand(ctx, false)
	if err != nil {
		return err
	}
	return h.compareWith(ctx, hand, title, requests, o, differs...)
}

func (h *environment) compareWith(ctx context.Context, hand *process, title string, requests [][]byte, o options, differs ...string) error {
	if err := checkSameResponse(requests[0], differs, h.api, hand); err != nil {
		return fmt.Errorf("%s: %w", title, err)
	}
	for _, p := range []*process{h.api, hand} { // plans, pools, caches
		if _, err := sendRequests(p, requests, 8, o.span/2); err != nil {
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
			if round%2 == 1 { // the second of a round finds warmer caches
				slices.Reverse(order)
			}
			samples := map[*process]sample{}
			for _, p := range order {
				s, err := sendRequests(p, requests, connections, o.span)
				if err != nil {
					return err
				}
				samples[p] = s
			}
			ours, theirs := samples[h.api], samples[hand]
			ratios = append(ratios, ours.rate()/theirs.rate())
			fmt.Fprintf(w, "%d\t%d\t%.0f\t%.0f\t%.2f\t%v\t%v\t%v\t%v\t%v\t%v\t\n",
				connections, round+1, ours.rate(), theirs.rate(), ratios[round], short(ours.p50), short(ours.p99),
				short(theirs.p50), short(theirs.p99), short(ours.processorEach()), short(theirs.processorEach()))
		}
		slices.Sort(ratios)
		fmt.Fprintf(w, "%d\tmedian\t\t\t%.2f\t\t\t\t\t\t\t\n", connections, ratios[len(ratios)/2])
	}
	return w.Flush()
}

func measureMe(ctx context.Context, h *environment, o options) error {
	requests := [][]byte{h.getMeRequest()}
	err := h.compare(ctx, "GET /users/me against the same query and the same JSON written by hand, without authentication", requests, o)
	if err != nil {
		return err
	}
	fmt.Println("\nbudget of the ratio: 0.80")
	secure, err := h.startHand(ctx, true)
	if err != nil {
		return err
	}
	if err := h.compareWith(ctx, secure, "The same, with row level security in the same batch", requests, o); err != nil {
		return err
	}
	fmt.Println("\nbudget of the ratio: 0.90")
	return nil
}

// getMeRequest returns GET /users/me.
func (h *environment) getMeRequest() []byte {
	return request(http.MethodGet, "/api/v1/users/me", h.token, uuid.Nil, "")
}

// request returns the bytes of an HTTP request. The server written by hand reads the user from a header.
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

// checkSameResponse returns an error if the servers return different JSON: then they do different work.
func checkSameResponse(request []byte, differs []string, servers ...*process) error {
	responses := make([]any, len(servers))
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
		if err := readResponse(bufio.NewReader(conn), &body); err != nil {
			return err
		}
		if err := json.Unmarshal(body.Bytes(), &responses[i]); err != nil {
			return err
		}
		removeFields(responses[i], differs)
	}
	if !reflect.DeepEqual(responses[0], responses[1]) {
		return fmt.Errorf("the responses differ:\n%v\n%v", responses[0], responses[1])
	}
	return nil
}

func removeFields(value any, names []string) {
	switch value := value.(type) {
	case map[string]any:
		for _, name := range names {
			delete(value, name)
		}
		for _, v := range value {
			removeFields(v, names)
		}
	case []any:
		for _, v := range value {
			removeFields(v, names)
		}
	}
}

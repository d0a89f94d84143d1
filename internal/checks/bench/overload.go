package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
	"time"
)

const (
	overloadPeople      = 40          // an account has a fifth of the slots, so that a few cannot fill them
	overloadConnections = 512         // so many requests may be waiting for their response at the same time
	overloadBegins      = time.Second // the server takes a moment to notice that this is no burst
	overloadFactor      = 4           // times the requests that the server can do
	overloadDays        = 60          // a person logs on so many days in turn, because a day holds at most 100 meals
)

// measureOverload sends more requests than the server can do, at fixed times whatever its responses, and compares the response
// times of the accepted ones with those at half of its capacity.
func measureOverload(ctx context.Context, h *environment, o options) error {
	p, err := h.start(ctx, []string{h.binary, "serve"}, append(h.settings(), "TRUSTED_PROXIES=127.0.0.0/8")...)
	if err != nil {
		return err
	}
	requests, err := h.requestsOfManyPeople(ctx)
	if err != nil {
		return err
	}
	if _, err := sendRequests(p, requests, 16, o.span); err != nil { // plans, pools, caches
		return err
	}
	fmt.Print("\nOverload: POST /nutrition/meals with 50 items, of 40 people, sent at fixed times\n\n")
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "round\tcapacity/s\tsent/s\taccepted/s\tp50\tp99\trefused/s\tp50\tp99\tp99 accepted ÷ calm\t")
	var ratios, refusals []float64
	for round := range o.rounds {
		closed, err := sendRequests(p, requests, 16, o.span)
		if err != nil {
			return err
		}
		calm, err := sendAtRate(p, requests, closed.rate()/2, 0, o.span)
		if err != nil {
			return err
		}
		crowded, err := sendAtRate(p, requests, closed.rate()*overloadFactor, overloadBegins, o.span)
		if err != nil {
			return err
		}
		time.Sleep(overloadBegins) // the overload is over
		for _, r := range []rated{calm, crowded} {
			fmt.Fprintf(w, "%d\t%.0f\t%.0f\t%s\t%s\t%.1f\t\n", round+1, closed.rate(), r.sent(o.span), describe(r.accepted, o.span),
				describe(r.refused, o.span), ratioOf(quantile(r.accepted, 0.99), quantile(calm.accepted, 0.99)))
		}
		ratios = append(ratios, ratioOf(quantile(crowded.accepted, 0.99), quantile(calm.accepted, 0.99)))
		refusals = append(refusals, quantile(crowded.refused, 0.99).Seconds()*1000)
	}
	slices.Sort(ratios)
	slices.Sort(refusals)
	fmt.Fprintf(w, "median\t\t\t\t\t\t\t\t%.1f ms (≤ 50)\t%.1f (≤ 4)\t\n", refusals[len(refusals)/2], ratios[len(ratios)/2])
	return w.Flush()
}

// largeItems are as many items as a meal may have. A refusal must cost far less than the request, and the sender shares the processor
// with the server, so that a request as cheap as a refusal would only measure the sender.
var largeItems = strings.TrimSuffix(strings.Repeat(`{"kind":"quick","name":"Espresso","calories":3},`, 50), ",")

// requestsOfManyPeople returns POST /nutrition/meals of several new people, each at an address of their own behind a proxy.
func (h *environment) requestsOfManyPeople(ctx context.Context) (requests [][]byte, err error) {
	tokens, err := signUpCrowd(ctx, "http://"+h.api.address, "crowd", overloadPeople)
	if err != nil {
		return nil, err
	}
	for day := range overloadDays {
		eatenAt := time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, day).Format(time.RFC3339)
		meal := fmt.Sprintf(`{"meal_type":"snack","eaten_at":%q,"items":[%s]}`, eatenAt, largeItems)
		for i, token := range tokens {
			requests = append(requests, fmt.Appendf(nil, "POST /api/v1/nutrition/meals HTTP/1.1\r\nHost: api\r\n"+
				"X-Forwarded-For: 198.51.100.%d\r\nAuthorization: Bearer %s\r\n"+
				"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", i, token, len(meal), meal))
		}
	}
	return requests, nil
}

// rated are the sorted response times of requests that were sent at a fixed rate.
type rated struct{ accepted, refused []time.Duration }

func (r rated) sent(span time.Duration) float64 {
	return float64(len(r.accepted)+len(r.refused)) / span.Seconds()
}

func describe(times []time.Duration, span time.Duration) string {
	return fmt.Sprintf(
		"%.0f\t%v\t%v",
		float64(len(times))/span.Seconds(),
		quantile(times, 0.5).Round(10*time.Microsecond),
		quantile(times, 0.99).Round(10*time.Microsecond),
	)
}

func quantile(sorted []time.Duration, q float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[int(float64(len(sorted)-1)*q)]
}

func ratioOf(a, b time.Duration) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// sendAtRate sends requests at fixed times, however long the responses take. A response time counts from the time at which the request
// was due, so that a request that had to wait for a connection counts as slow. What is sent in the time before does not count.
func sendAtRate(p *process, requests [][]byte, rate float64, before, span time.Duration) (rated, error) {
	conns := make([]net.Conn, overloadConnections)
	for i := range conns {
		conn, err := net.Dial("tcp", p.address)
		if err != nil {
			return rated{}, err
		}
		defer conn.Close()
		conns[i] = conn
	}
	each := make([]rated, overloadConnections)
	errs := make([]error, overloadConnections)
	interval := time.Duration(float64(time.Second) / rate * overloadConnections) // of one connection
	start := time.Now().Add(50 * time.Millisecond)
	var all sync.WaitGroup
	for i, conn := range conns {
		all.Go(func() {
			in := bufio.NewReader(conn)
			due := start.Add(interval * time.Duration(i) / overloadConnections)
			for next := i; due.Before(start.Add(before + span)); next++ {
				time.Sleep(time.Until(due))
				if _, errs[i] = conn.Write(requests[next%len(requests)]); errs[i] != nil {
					return
				}
				var ok bool
				if ok, errs[i] = readAnyResponse(in); errs[i] != nil {
					return
				}
				switch took := time.Since(due); {
				case due.Before(start.Add(before)):
				case ok:
					each[i].accepted = append(each[i].accepted, took)
				default:
					each[i].refused = append(each[i].refused, took)
				}
				due = due.Add(interval)
			}
		})
	}
	all.Wait()
	var sum rated
	for _, r := range each {
		sum.accepted, sum.refused = append(sum.accepted, r.accepted...), append(sum.refused, r.refused...)
	}
	slices.Sort(sum.accepted)
	slices.Sort(sum.refused)
	return sum, errors.Join(errs...)
}

// readAnyResponse reads a response of 200 or 503.
func readAnyResponse(in *bufio.Reader) (ok bool, err error) {
	status, err := in.Peek(len("HTTP/1.1 200"))
	if err != nil {
		return false, err
	}
	if !bytes.HasSuffix(status, []byte(" 503")) {
		return true, readResponse(in, io.Discard)
	}
	r, err := http.ReadResponse(in, nil)
	if err != nil {
		return false, err
	}
	defer r.Body.Close()
	_, err = io.Copy(io.Discard, r.Body)
	return false, err
}

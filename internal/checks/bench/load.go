package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http/httputil"
	"slices"
	"strconv"
	"sync"
	"time"
)

// sample is the result of sending requests to one server for a while.
type sample struct {
	requests int
	took     time.Duration
	p50, p99 time.Duration
	// processor is the CPU time of the server process, without Postgres; 0 where the system does not report it.
	processor time.Duration
}

func (s sample) rate() float64 { return float64(s.requests) / s.took.Seconds() }

func (s sample) processorEach() time.Duration {
	return s.processor / time.Duration(max(1, s.requests))
}

// sendRequests sends the requests in turn on several connections, which stay open. It writes raw bytes because it shares the CPU with
// the server: net/http's client would cost as much as the server written by hand.
func sendRequests(p *process, requests [][]byte, connections int, span time.Duration) (sample, error) {
	conns := make([]net.Conn, connections)
	for i := range conns {
		conn, err := net.Dial("tcp", p.address)
		if err != nil {
			return sample{}, err
		}
		defer conn.Close()
		conns[i] = conn
	}
	before := p.processor()
	start := time.Now()
	end := start.Add(span)
	each := make([][]time.Duration, connections)
	errs := make([]error, connections)
	var all sync.WaitGroup
	for i, conn := range conns {
		all.Go(func() {
			in := bufio.NewReader(conn)
			next := i * len(requests) / connections
			for began := time.Now(); began.Before(end); next++ {
				if _, errs[i] = conn.Write(requests[next%len(requests)]); errs[i] != nil {
					return
				}
				if errs[i] = readResponse(in, io.Discard); errs[i] != nil {
					return
				}
				now := time.Now()
				each[i] = append(each[i], now.Sub(began))
				began = now
			}
		})
	}
	all.Wait()
	s := sample{took: time.Since(start), processor: p.processor() - before}
	times := slices.Concat(each...)
	slices.Sort(times)
	s.requests = len(times)
	if s.requests == 0 {
		return s, errors.Join(append(errs, errors.New("no response"))...)
	}
	s.p50, s.p99 = times[len(times)/2], times[len(times)*99/100]
	return s, errors.Join(errs...)
}

// readResponse reads one response and returns an error unless its status is 2xx.
func readResponse(in *bufio.Reader, body io.Writer) error {
	length, chunked := int64(-1), false
	for first := true; ; first = false {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return err
		}
		if first && !bytes.HasPrefix(line, []byte("HTTP/1.1 20")) {
			return fmt.Errorf("status line %q", line)
		}
		if digits, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if length, err = strconv.ParseInt(string(bytes.TrimSpace(digits)), 10, 64); err != nil {
				return err
			}
		}
		chunked = chunked || bytes.HasPrefix(line, []byte("Transfer-Encoding: chunked"))
		if len(line) == 2 {
			break
		}
	}
	if chunked {
		if _, err := io.Copy(body, httputil.NewChunkedReader(in)); err != nil {
			return err
		}
		length, body = 2, io.Discard // the end of the line after the last chunk
	}
	if length < 0 {
		return errors.New("no Content-Length")
	}
	_, err := io.CopyN(body, in, length)
	return err
}

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

// sample is one server asked for a while.
type sample struct {
	requests int
	took     time.Duration
	p50, p99 time.Duration
	// processor is the time the server itself was at work, Postgres not counted; 0 where the system does not tell.
	processor time.Duration
}

func (s sample) rate() float64 { return float64(s.requests) / s.took.Seconds() }

func (s sample) processorEach() time.Duration {
	return s.processor / time.Duration(max(1, s.requests))
}

// ask sends requests in turn on so many connections, which stay open. It is as dumb as it can be, for it shares
// the processor with whom it asks: net/http's client would cost as much as the server written by hand.
func ask(p *process, requests [][]byte, connections int, span time.Duration) (sample, error) {
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
				if errs[i] = readAnswer(in, io.Discard); errs[i] != nil {
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
		return s, errors.Join(append(errs, errors.New("no answer"))...)
	}
	s.p50, s.p99 = times[len(times)/2], times[len(times)*99/100]
	return s, errors.Join(errs...)
}

// readAnswer reads one answer and insists on success.
func readAnswer(in *bufio.Reader, body io.Writer) error {
	length, chunked := int64(-1), false
	for first := true; ; first = false {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return err
		}
		if first && !bytes.HasPrefix(line, []byte("HTTP/1.1 20")) {
			return fmt.Errorf("answered %q", line)
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

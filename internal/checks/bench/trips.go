package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"sync/atomic"
	"text/tabwriter"

	"github.com/ultimatecoach/api/db"
)

// tripCounter is a proxy before a Postgres server that counts round trips: the messages that Postgres replies to, which are Sync
// (the end of a pipeline) and simple queries.
type tripCounter struct {
	listener net.Listener
	to       string
	count    atomic.Int64
}

// startTripCounter starts a proxy before the server of a URL, and returns the URL of the proxy.
func startTripCounter(databaseURL string) (*tripCounter, string, error) {
	u, err := url.Parse(databaseURL)
	if err != nil {
		return nil, "", err
	}
	t := &tripCounter{to: u.Host}
	if t.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, "", err
	}
	u.Host = t.listener.Addr().String()
	q := u.Query()
	q.Set("sslmode", "disable") // messages must be readable
	u.RawQuery = q.Encode()
	go func() {
		for {
			client, err := t.listener.Accept()
			if err != nil {
				return
			}
			go t.forward(client)
		}
	}()
	return t, u.String(), nil
}

func (t *tripCounter) forward(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", t.to)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		_, _ = io.Copy(client, server)
		_ = client.Close()
	}()
	in := bufio.NewReader(client)
	// The first message of a connection has no type byte before its length.
	for header := 4; ; header = 5 {
		head := make([]byte, header)
		if _, err := io.ReadFull(in, head); err != nil {
			return
		}
		if kind := head[0]; header == 5 && (kind == 'S' || kind == 'Q') {
			t.count.Add(1)
		}
		length := int64(binary.BigEndian.Uint32(head[header-4:])) - 4
		if _, err := server.Write(head); err != nil {
			return
		}
		if _, err := io.CopyN(server, in, length); err != nil {
			return
		}
	}
}

func measureTrips(_ context.Context, h *environment, _ options) error {
	t, counted, err := startTripCounter(h.appURL)
	if err != nil {
		return err
	}
	defer t.listener.Close()
	d, err := db.Open(db.Options{URL: counted, MaxConns: 1})
	if err != nil {
		return err
	}
	defer d.Close()
	handler, err := h.handler(d)
	if err != nil {
		return err
	}
	counts, err := countEach(handler, t, h.token)
	if err != nil {
		return err
	}
	fmt.Print("\nRound trips to the database\n\n")
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "operation\ttrips\tbudget\t")
	for i, op := range countedOperations {
		fmt.Fprintf(w, "%s\t%d\t≤ %d\t\n", op, counts[i], op.budget())
	}
	return w.Flush()
}

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

// trips counts the round trips of a database's clients: it stands between them and counts what makes Postgres answer,
// Sync (the end of a pipeline) and simple queries.
type trips struct {
	listener net.Listener
	to       string
	count    atomic.Int64
}

// countTrips stands before the server of a URL, and answers the URL to use instead.
func countTrips(databaseURL string) (*trips, string, error) {
	u, err := url.Parse(databaseURL)
	if err != nil {
		return nil, "", err
	}
	t := &trips{to: u.Host}
	if t.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, "", err
	}
	u.Host = t.listener.Addr().String()
	q := u.Query()
	q.Set("sslmode", "disable") // what is encrypted cannot be counted
	u.RawQuery = q.Encode()
	go func() {
		for {
			client, err := t.listener.Accept()
			if err != nil {
				return
			}
			go t.pass(client)
		}
	}()
	return t, u.String(), nil
}

func (t *trips) pass(client net.Conn) {
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
	// The first message has no type before its length.
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

func measureTrips(_ context.Context, h *house, _ options) error {
	t, counted, err := countTrips(h.appURL)
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
	for i, op := range tripsOf {
		fmt.Fprintf(w, "%s\t%d\t≤ %d\t\n", op, counts[i], op.most())
	}
	return w.Flush()
}

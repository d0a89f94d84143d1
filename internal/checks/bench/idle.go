package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const (
	idleStreams = 10_000
	idlePeople  = 200 // each has as many streams as a person may have
	idleOpeners = 16  // connections are opened by so many at a time
	idleBeats   = 2   // heartbeats of each stream
	idlePatient = 2 * time.Minute
)

// measureIdle opens streams of replies of which nothing comes, and measures the memory of the process that serves them.
func measureIdle(ctx context.Context, h *environment, _ options) error {
	p, err := h.start(ctx, []string{h.binary, "serve"}, append(h.settings(), "WORKERS=off")...)
	if err != nil {
		return err
	}
	requests, err := h.idleRequests(ctx, p)
	if err != nil {
		return err
	}
	start, _ := p.memory()
	cpu := p.processor()
	began := time.Now()
	streams, err := openStreams(ctx, p.address, requests)
	defer streams.close()
	if err != nil {
		return err
	}
	opening := time.Since(began)
	opened, _ := p.memory()
	openingCPU := p.processor() - cpu
	cpu, began = p.processor(), time.Now()
	if err := streams.awaitBeats(ctx); err != nil {
		return err
	}
	idleCPU := 100 * (p.processor() - cpu).Seconds() / time.Since(began).Seconds()
	now, highest := p.memory()
	fmt.Printf("\nCoach: %d idle streams in one process, GOGC=400, without a forced collection\n\n", idleStreams)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "RSS before\topened\tafter heartbeats\thighest\teach\topening\tprocessor\twhile idle\tbeats\tcut\t")
	fmt.Fprintf(
		w,
		"%d MB\t%d MB\t%d MB\t%d MB (< 400)\t%.1f kB\t%v\t%v\t%.0f %%\t%d\t%d\t\n",
		start,
		opened,
		now,
		highest,
		float64(
			now-start,
		)*1000/idleStreams,
		opening.Round(time.Second),
		openingCPU.Round(time.Second),
		idleCPU,
		streams.beats.Load(),
		streams.cut.Load(),
	)
	return w.Flush()
}

// idleRequests stores replies that a worker has and that say nothing, and returns the requests that follow them.
func (h *environment) idleRequests(ctx context.Context, p *process) (requests [][]byte, err error) {
	tokens, err := signUpCrowd(ctx, "http://"+p.address, "idler", idlePeople)
	if err != nil {
		return nil, err
	}
	pg, err := pgx.Connect(ctx, h.ownerURL)
	if err != nil {
		return nil, err
	}
	defer pg.Close(context.WithoutCancel(ctx))
	for i, token := range tokens {
		rows, err := pg.Query(ctx, idleReplies, fmt.Sprintf("idler.%d@example.com", i), idleStreams/idlePeople)
		if err != nil {
			return nil, err
		}
		ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			requests = append(requests, fmt.Appendf(nil, "GET /api/v1/coach/stream?message_id=%s HTTP/1.1\r\nHost: api\r\n"+
				"Cookie: access_token=%s\r\n\r\n", id, token))
		}
	}
	return requests, nil
}

// idleReplies adds conversations of a person with a message, whose reply some worker makes for an hour.
const idleReplies = `
with owner as (
  select id from auth.users where email = $1
), conversation as (
  insert into public.coach_conversations (user_id, title_source) select owner.id, 'automatic' from owner, generate_series(1, $2)
  returning user_id, id
), message as (
  insert into public.coach_messages (user_id, conversation_id, position, role, content, status, completed_at)
  select c.user_id, c.id, 1, 'user', 'Hello', 'completed', now() from conversation c
  returning user_id, conversation_id, id
)
insert into public.coach_messages (user_id, conversation_id, position, role, reply_to, status, attempt, lease_until)
select m.user_id, m.conversation_id, 2, 'assistant', m.id, 'running', 1, now() + interval '1 hour' from message m
returning id`

// idleCrowd are open streams.
type idleCrowd struct {
	mu         sync.Mutex
	conns      []net.Conn
	beats, cut atomic.Int64
}

// openStreams sends each request on a connection of its own, and reads what comes until the crowd is closed.
func openStreams(ctx context.Context, address string, requests [][]byte) (*idleCrowd, error) {
	crowd := new(idleCrowd)
	errs := make([]error, idleOpeners)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() {
			for n := i; n < len(requests) && errs[i] == nil; n += idleOpeners {
				errs[i] = crowd.open(ctx, address, requests[n])
			}
		})
	}
	all.Wait()
	return crowd, errors.Join(errs...)
}

func (c *idleCrowd) open(ctx context.Context, address string, request []byte) error {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return err
	}
	c.mu.Lock()
	c.conns = append(c.conns, conn)
	c.mu.Unlock()
	if _, err := conn.Write(request); err != nil {
		return err
	}
	in := bufio.NewReaderSize(conn, 256)
	status, err := in.ReadString('\n')
	if err != nil {
		return err
	}
	if status != "HTTP/1.1 200 OK\r\n" {
		return fmt.Errorf("stream: %s", status)
	}
	for line := ""; line != "retry: 2000\n"; {
		if line, err = in.ReadString('\n'); err != nil {
			return err
		}
	}
	go c.read(in)
	return nil
}

// read counts the heartbeats of one stream; the first comment is none.
func (c *idleCrowd) read(in io.Reader) {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 64), 256)
	for n := 0; lines.Scan(); {
		if bytes.Equal(lines.Bytes(), []byte(":")) {
			if n++; n > 1 {
				c.beats.Add(1)
			}
		}
	}
	c.cut.Add(1)
}

// awaitBeats waits until each stream had its heartbeats.
func (c *idleCrowd) awaitBeats(ctx context.Context) error {
	for began := time.Now(); c.beats.Load() < idleStreams*idleBeats; {
		if time.Since(began) > idlePatient {
			return fmt.Errorf("%d of %d heartbeats came, %d streams were cut", c.beats.Load(), idleStreams*idleBeats, c.cut.Load())
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return nil
}

func (c *idleCrowd) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, conn := range c.conns {
		_ = conn.Close()
	}
}

// memory returns the resident memory of the process in megabytes, and the most that it was; 0 where there is no /proc.
func (p *process) memory() (now, highest int) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.pid))
	if err != nil {
		return 0, 0
	}
	value := func(name string) int {
		fields := bytes.Fields(status)
		i := slices.IndexFunc(fields, func(f []byte) bool { return string(f) == name })
		if i < 0 {
			return 0
		}
		kilobytes, _ := strconv.Atoi(string(fields[i+1]))
		return kilobytes / 1024
	}
	return value("VmRSS:"), value("VmHWM:")
}

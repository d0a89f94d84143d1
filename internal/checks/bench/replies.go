package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"github.com/jackc/pgx/v5"

	api "github.com/ultimatecoach/api/gen/client"
)

const (
	replies         = 200
	repliesPeople   = 20                    // each has ten conversations
	deltaEvery      = time.Second / 30      // of one reply
	repliesStart    = 50 * time.Millisecond // between two messages
	repliesMeasured = 20 * time.Second      // when all replies are being made
	deltaInTime     = time.Second           // a delta that is seen later is not kept up with
)

// measureReplies lets one process make 200 replies of a scripted provider, while the same person's clients follow them at another process.
func measureReplies(ctx context.Context, h *environment, _ options) error {
	pg, err := pgx.Connect(ctx, h.ownerURL)
	if err != nil {
		return err
	}
	defer pg.Close(context.WithoutCancel(ctx))
	run := &replyRun{provider: newPacedProvider()}
	server := httptest.NewServer(run.provider)
	defer server.Close()
	speaking, err := h.start(ctx, []string{h.binary, "serve"}, append(h.settings(), "COACH_PROVIDERS=paced",
		"COACH_PACED_FORMAT=chat_completions", "COACH_PACED_BASE_URL="+server.URL+"/v1", "COACH_PACED_MODEL=m")...)
	if err != nil {
		return err
	}
	following, err := h.start(ctx, []string{h.binary, "serve"}, append(h.settings(), "WORKERS=off")...)
	if err != nil {
		return err
	}
	// The other process of this benchmark would make replies too, without the provider.
	if err := h.api.process.Stop(10 * time.Second); err != nil {
		return err
	}
	run.speaking, run.following = "http://"+speaking.address, "http://"+following.address
	if run.people, err = signUpCrowd(ctx, run.following, "talker", repliesPeople); err != nil {
		return err
	}
	var ended sync.WaitGroup
	for i := range replies {
		ended.Go(func() {
			time.Sleep(time.Duration(i) * repliesStart)
			if err := run.follow(ctx, i); err != nil {
				run.failures.Add(1)
				fmt.Fprintf(os.Stderr, "reply %d: %v\n", i, err)
			}
		})
	}
	if err := run.provider.awaitAll(ctx); err != nil {
		return err
	}
	before, err := readActivity(ctx, pg)
	if err != nil {
		return err
	}
	cpu := speaking.processor()
	began := time.Now()
	time.Sleep(repliesMeasured)
	after, err := readActivity(ctx, pg)
	if err != nil {
		return err
	}
	cpu = speaking.processor() - cpu
	ends := time.Now()
	time.Sleep(deltaInTime)
	close(run.provider.stop)
	ended.Wait()
	writes, transactions := after.since(before)
	run.print(began, ends, writes, transactions, cpu)
	return nil
}

// signUpCrowd returns the tokens of new people.
func signUpCrowd(ctx context.Context, url, name string, n int) ([]string, error) {
	client, err := api.NewClientWithResponses(url)
	if err != nil {
		return nil, err
	}
	tokens := make([]string, n)
	for i := range tokens {
		r, err := client.SignupWithResponse(ctx, api.SignupRequest{Email: fmt.Sprintf("%s.%d@example.com", name, i), Password: password})
		if err != nil {
			return nil, err
		}
		if r.StatusCode() != http.StatusCreated {
			return nil, fmt.Errorf("sign up: %s", r.Body)
		}
		for _, cookie := range r.HTTPResponse.Cookies() {
			if cookie.Name == "access_token" {
				tokens[i] = cookie.Value
			}
		}
	}
	return tokens, nil
}

// activity is how much a database has done so far.
type activity struct {
	at           time.Time
	writes       int64 // transactions that changed something
	transactions int64 // those that only read, too
}

func readActivity(ctx context.Context, pg *pgx.Conn) (a activity, err error) {
	a.at = time.Now()
	err = pg.QueryRow(ctx, `
		select pg_snapshot_xmax(pg_current_snapshot())::text::bigint, xact_commit
		from pg_stat_database where datname = current_database()`).Scan(&a.writes, &a.transactions)
	return a, err
}

func (a activity) since(b activity) (writes, transactions float64) {
	seconds := a.at.Sub(b.at).Seconds()
	return float64(a.writes-b.writes) / seconds, float64(a.transactions-b.transactions) / seconds
}

// replyRun is one measurement of replies.
type replyRun struct {
	provider            *pacedProvider
	speaking, following string
	people              []string // their tokens
	failures            atomic.Int64

	mu     sync.Mutex
	starts []time.Duration // from sending a message to its message.started
	seen   []seenDelta
}

// seenDelta is a delta that a follower saw. The guard passed it on when the next one was written, and so long it counts.
type seenDelta struct{ written, seen time.Time }

// follow sends a message to the process that makes replies, and follows the reply at the other one.
func (r *replyRun) follow(ctx context.Context, i int) error {
	token := func(_ context.Context, q *http.Request) error {
		q.Header.Set("Authorization", "Bearer "+r.people[i%len(r.people)])
		return nil
	}
	client, err := api.NewClientWithResponses(r.speaking, api.WithRequestEditorFn(token))
	if err != nil {
		return err
	}
	conversation, err := client.CreateConversationWithResponse(ctx, nil, api.ConversationCreate{})
	switch {
	case err != nil:
		return err
	case conversation.JSON201 == nil:
		return fmt.Errorf("create a conversation: %s", conversation.Body)
	}
	sentAt := time.Now()
	content := fmt.Sprintf("Tell me about talk-%d-", i)
	sent, err := client.SendMessageWithResponse(ctx, conversation.JSON201.ID, nil, api.MessageSend{Content: content})
	switch {
	case err != nil:
		return err
	case sent.JSON202 == nil:
		return fmt.Errorf("send a message: %s", sent.Body)
	}
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, r.following+sent.JSON202.StreamURL, http.NoBody)
	if err != nil {
		return err
	}
	_ = token(ctx, q)
	response, err := http.DefaultClient.Do(q)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	return r.read(response.Body, i, sentAt)
}

// read notes when each event of a stream was seen.
func (r *replyRun) read(body io.Reader, i int, sentAt time.Time) error {
	var seen []seenDelta
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		data, ok := bytes.CutPrefix(lines.Bytes(), []byte("data: "))
		if !ok {
			continue
		}
		now := time.Now()
		var e struct{ Type, Text string }
		if err := json.Unmarshal(data, &e); err != nil {
			return err
		}
		switch e.Type {
		case "message.started":
			r.mu.Lock()
			r.starts = append(r.starts, now.Sub(sentAt))
			r.mu.Unlock()
		case "message.delta":
			for range strings.Count(e.Text, ".") {
				seen = append(seen, seenDelta{r.provider.written(i, len(seen)+1), now})
			}
		case "message.completed":
			r.mu.Lock()
			defer r.mu.Unlock()
			r.seen = append(r.seen, seen...)
			return nil
		case "message.failed":
			return fmt.Errorf("failed: %s", data)
		}
	}
	return fmt.Errorf("the stream ended early: %w", lines.Err())
}

// print prints what happened to the deltas that were written between two moments.
func (r *replyRun) print(began, ends time.Time, writes, transactions float64, processor time.Duration) {
	var delays []time.Duration
	kept := 0
	for _, d := range r.seen {
		if d.written.Before(began) || !d.written.Before(ends) {
			continue
		}
		delay := d.seen.Sub(d.written)
		delays = append(delays, delay)
		if delay <= deltaInTime {
			kept++
		}
	}
	slices.Sort(delays)
	slices.Sort(r.starts)
	wanted := float64(replies) * ends.Sub(began).Seconds() / deltaEvery.Seconds()
	fmt.Printf(
		"\nCoach: %d replies at 30 deltas a second, followed at another process, for %v\n\n",
		replies,
		ends.Sub(began).Round(time.Second),
	)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(
		w,
		"kept up\twrites/s\ttransactions/s\tdelta to follower p50\tp99\tmessage to message.started p50\tp99\tprocessor\tfailed\t",
	)
	fmt.Fprintf(w, "%.1f %% (≥ 98)\t%.1f (≤ 25)\t%.0f\t%v\t%v (≤ 150ms)\t%v\t%v (≤ 500ms)\t%.0f %%\t%d\t\n",
		100*float64(kept)/wanted, writes, transactions,
		quantile(delays, 0.5).Round(time.Millisecond), quantile(delays, 0.99).Round(time.Millisecond),
		quantile(r.starts, 0.5).Round(time.Millisecond), quantile(r.starts, 0.99).Round(time.Millisecond),
		100*processor.Seconds()/ends.Sub(began).Seconds(), r.failures.Load())
	_ = w.Flush()
}

// pacedProvider speaks as a provider of language models that sends 30 deltas a second for each reply until it is stopped. Each delta is a
// sentence, because the guard passes on whole sentences: each when the next one begins.
type pacedProvider struct {
	stop  chan struct{}
	begun sync.WaitGroup
	mu    sync.Mutex
	times [replies][]time.Time // when each delta was written
}

func newPacedProvider() *pacedProvider {
	p := &pacedProvider{stop: make(chan struct{})}
	p.begun.Add(replies)
	return p
}

// awaitAll returns when every reply has begun.
func (p *pacedProvider) awaitAll(ctx context.Context) error {
	all := make(chan struct{})
	go func() {
		p.begun.Wait()
		close(all)
	}()
	select {
	case <-all:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(replies*repliesStart + time.Minute):
		return fmt.Errorf("not every reply was begun")
	}
}

// written returns when a delta of a reply was written.
func (p *pacedProvider) written(reply, n int) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n >= len(p.times[reply]) {
		return time.Time{}
	}
	return p.times[reply][n]
}

// begin counts a reply as begun.
func (p *pacedProvider) begin(reply int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.times[reply] == nil {
		p.times[reply] = make([]time.Time, 0, 1000)
		p.begun.Done()
	}
}

var talkNumber = regexp.MustCompile(`talk-(\d+)-`)

// ServeHTTP serves POST /v1/chat/completions.
func (p *pacedProvider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	found := talkNumber.FindSubmatch(body)
	if found == nil {
		http.Error(w, "which talk?", http.StatusBadRequest)
		return
	}
	reply, _ := strconv.Atoi(string(found[1])) // digits
	w.Header().Set("Content-Type", "text/event-stream")
	chunk := `data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{%s},"finish_reason":%s}]}` + "\n\n"
	wire := http.NewResponseController(w)
	p.begin(reply)
	due := time.Now()
	for {
		fmt.Fprintf(w, chunk, `"content":"An apple. "`, "null")
		if wire.Flush() != nil {
			return
		}
		p.mu.Lock()
		p.times[reply] = append(p.times[reply], time.Now())
		p.mu.Unlock()
		due = due.Add(deltaEvery)
		select {
		case <-r.Context().Done():
			return
		case <-p.stop:
			fmt.Fprintf(w, chunk+"data: [DONE]\n\n", "", `"stop"`)
			return
		case <-time.After(time.Until(due)):
		}
	}
}

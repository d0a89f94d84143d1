package db_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/ultimatecoach/api/db"
)

// who reads everything that could have stayed on a connection.
const who = `select current_user::text, current_setting('role'), coalesce(current_setting('request.jwt.claim.sub', true), ''),
	coalesce(current_setting('request.jwt.claims', true), '')`

type seen struct{ User, Role, Sub, Claims string }

func scan(row pgx.Row) (s seen, err error) {
	err = row.Scan(&s.User, &s.Role, &s.Sub, &s.Claims)
	return s, err
}

var (
	nobody       = seen{User: "anon", Role: "anon"}
	unidentified = seen{User: "app", Role: "none"} // without DBTX, which sets the identity
)

func (p person) seen() seen {
	return seen{"authenticated", "authenticated", p.id.String(), p.identity.Claims}
}

// Many people share two connections and do everything that could leave their identity on one. Each checks that the connection it
// gets has nothing of the person before.
func TestDBTX_ManyPeopleOnFewConnections_IdentityNeverLeaks(t *testing.T) {
	t.Parallel()
	forEachPooler(t, func(t *testing.T, w world) {
		const (
			operations = 20_000
			workers    = 6 // three to a connection: they wait, yet most cancels meet a statement and not the queue
		)
		people := make([]person, 12)
		for i := range people {
			people[i] = newPerson(t, w.Database)
		}
		o := db.Options{URL: w.api.Pool().Config().ConnString(), MaxConns: 2, AcquireTimeout: time.Minute}
		o.TransactionPooler = w.api.Pool().Config().ConnConfig.DefaultQueryExecMode == pgx.QueryExecModeCacheDescribe
		api := openDB(t, o)
		var done, cancels atomic.Int64
		var wg sync.WaitGroup
		for i := range workers {
			wg.Go(func() {
				s := leakWorker{t: t, world: w, api: api, people: people, dice: rand.New(rand.NewPCG(uint64(i), 2))}
				for done.Add(2) <= operations && !t.Failed() {
					if err := s.act(); err != nil {
						t.Errorf("%s: %v", s.doing, err)
					}
					s.check()
				}
				cancels.Add(s.cancelled)
			})
		}
		wg.Wait()
		returned(t, api)
		// Those that were cancelled in the queue never had a connection.
		met := cancels.Load() - api.Pool().Stat().CanceledAcquireCount()
		t.Logf("%d operations, %d cancelled while they had a connection", min(done.Load(), operations), met)
		if met < 100 {
			t.Errorf("only %d cancels hit a running statement", met)
		}
	})
}

// leakWorker does random operations as random people.
type leakWorker struct {
	t         *testing.T
	world     world
	api       *db.DB
	people    []person
	dice      *rand.Rand
	doing     string
	cancelled int64
}

// check looks at some connection of the pool, from inside or outside of DBTX.
func (s *leakWorker) check() {
	var got seen
	var err error
	want := nobody
	if s.dice.IntN(2) == 0 {
		got, err = scan(s.api.DBTX().QueryRow(s.t.Context(), who))
	} else {
		want = unidentified
		got, err = scan(s.api.Pool().QueryRow(s.t.Context(), who))
	}
	if err != nil || got != want {
		s.t.Errorf("after %s: a connection is %+v (%v), want %+v", s.doing, got, err, want)
	}
}

// act does one of the things that people and their requests do. Every statement that answers has to answer as the person.
func (s *leakWorker) act() error {
	p := s.people[s.dice.IntN(len(s.people))]
	ctx := p.in(s.t.Context())
	conn := s.api.DBTX()
	isMe := func(ctx context.Context) error {
		got, err := scan(conn.QueryRow(ctx, who))
		if err == nil && got != p.seen() {
			return fmt.Errorf("%s was taken for %+v", p.id, got)
		}
		return err
	}
	write := func(ctx context.Context) error {
		_, err := conn.Exec(ctx, note, p.id, "mine")
		return err
	}
	fails := func(err error, fault db.Fault) error {
		if db.Diagnose(err) != fault {
			return fmt.Errorf("gave %w, want fault %d", err, fault)
		}
		return nil
	}
	// Somewhere between the first byte and the last.
	cancelledSoon := func(ctx context.Context) (context.Context, context.CancelFunc) {
		return context.WithTimeout(ctx, time.Duration(s.dice.ExpFloat64()*float64(time.Millisecond)))
	}
	cut := func(err error) error {
		switch {
		case err == nil:
			return nil
		case errors.Is(err, context.DeadlineExceeded):
			s.cancelled++
			return nil
		}
		return err
	}

	switch n := s.dice.IntN(100); {
	case n < 30:
		s.doing = "a read"
		return isMe(ctx)
	case n < 45:
		s.doing = "a read of a table"
		var id uuid.UUID
		if err := conn.QueryRow(ctx, "select id from public.profiles").Scan(&id); err != nil || id != p.id { // one row: RLS at work
			return fmt.Errorf("%s read %s's profile: %w", p.id, id, err)
		}
		return nil
	case n < 55:
		s.doing = "a transaction"
		return s.api.Tx(ctx, func(ctx context.Context) error {
			return errors.Join(isMe(ctx), write(ctx), isMe(ctx))
		})
	case n < 60:
		s.doing = "a transaction that regrets"
		err := s.api.Tx(ctx, func(ctx context.Context) error {
			if err := errors.Join(write(ctx), isMe(ctx)); err != nil {
				return err
			}
			return errRegret
		})
		if !errors.Is(err, errRegret) {
			return fmt.Errorf("no regret: %w", err)
		}
		return nil
	case n < 65:
		s.doing = "a transaction that panics"
		return s.panics(ctx, isMe)
	case n < 70:
		s.doing = "a transaction whose commit fails"
		err := s.api.Tx(ctx, func(ctx context.Context) error {
			_, err := conn.Exec(ctx, "insert into public.notes (user_id, text, parent) values ($1, 'orphan', gen_random_uuid())", p.id)
			return err
		})
		return fails(err, db.Unexpected)
	case n < 75:
		s.doing = "a statement whose end fails"
		var id uuid.UUID
		return fails(
			conn.QueryRow(ctx, "insert into public.notes (user_id, text, parent) values ($1, 'orphan', gen_random_uuid()) returning id", p.id).
				Scan(&id),
			db.Unexpected,
		)
	case n < 78:
		s.doing = "a statement that fails"
		_, err := conn.Exec(ctx, "select 1 / (random() * 0)::int")
		return fails(err, db.Unexpected)
	case n < 81:
		s.doing = "a statement that is refused"
		_, err := conn.Exec(ctx, note, s.world.id, "somebody else's")
		return fails(err, db.Refused)
	case n < 84:
		s.doing = "a session that ended"
		ended := *p.identity
		ended.SessionID = uuid.New()
		return fails(isMe(db.WithIdentity(ctx, &ended)), db.SessionEnded)
	case n < 88:
		s.doing = "rows that nobody reads to the end"
		rows, err := conn.Query(ctx, "select generate_series(1, 500)")
		if err != nil {
			return err
		}
		rows.Next()
		rows.Close()
		return rows.Err()
	case n < 90:
		s.doing = "rows that a transaction leaves open"
		err := s.api.Tx(ctx, func(ctx context.Context) error {
			rows, err := conn.Query(ctx, "select generate_series(1, 500)")
			if err == nil {
				rows.Next()
			}
			return err
		})
		if err == nil {
			return errors.New("committed in the middle of an answer")
		}
		return nil
	case n < 95:
		s.doing = "a read that is cancelled"
		ctx, cancel := cancelledSoon(ctx)
		defer cancel()
		return cut(isMe(ctx))
	default:
		s.doing = "a transaction that is cancelled"
		return cut(s.api.Tx(ctx, func(ctx context.Context) error {
			if err := isMe(ctx); err != nil {
				return err
			}
			ctx, cancel := cancelledSoon(ctx)
			defer cancel()
			if err := write(ctx); err != nil {
				return err
			}
			return isMe(ctx)
		}))
	}
}

func (s *leakWorker) panics(ctx context.Context, do func(context.Context) error) (err error) {
	defer func() {
		if regret, ok := recover().(error); !ok || !errors.Is(regret, errRegret) {
			err = errors.Join(errors.New("no regret"), regret, err)
		} else {
			err = nil
		}
	}()
	return s.api.Tx(ctx, func(ctx context.Context) error {
		if err := do(ctx); err != nil {
			return err
		}
		panic(errRegret)
	})
}

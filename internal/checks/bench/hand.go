package main

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
)

// handVariable, when set, makes this program the server written by hand. Its value is the address to listen on.
const handVariable = "BENCH_HAND"

// handSecureVariable, when set, makes the server written by hand connect as the role app, and set the role and the person in the same
// batch as the query, so that row level security applies.
const handSecureVariable = "BENCH_HAND_SECURE"

// serveHand is a server without authentication, logs and contract validation. It returns the profile of one fixed person. Without
// handSecureVariable it connects as the owner, and row level security does not apply.
func serveHand(ctx context.Context, address string) error {
	config, err := pgxpool.ParseConfig(os.Getenv("DATABASE_URL"))
	if err != nil {
		return err
	}
	config.MaxConns = 16
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return err
	}
	defer pool.Close()
	person := uuid.MustParse(os.Getenv("BENCH_PERSON"))
	q := queries.New(pool)
	if os.Getenv(handSecureVariable) != "" {
		q = queries.New(secured{pool, person.String()})
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v1/users/me", func(w http.ResponseWriter, r *http.Request) {
		row, err := q.GetMe(r.Context(), person)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		body, err := json.Marshal(asMe(row))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(append(body, '\n'))
	})
	diary{pool}.register(mux)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: time.Second}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return err
	}
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// secured runs one-row queries as one person.
type secured struct {
	*pgxpool.Pool
	person string
}

func (s secured) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	conn, err := s.Acquire(ctx)
	if err != nil {
		return securedRow{err: err}
	}
	b := &pgx.Batch{}
	b.Queue("select set_config('role', 'authenticated', true), set_config('request.jwt.claim.sub', $1, true)", s.person)
	b.Queue(sql, args...)
	results := conn.SendBatch(ctx, b)
	_, err = results.Exec()
	return securedRow{conn, results, err}
}

type securedRow struct {
	conn    *pgxpool.Conn
	results pgx.BatchResults
	err     error
}

func (r securedRow) Scan(dest ...any) error {
	if r.conn == nil {
		return r.err
	}
	defer r.conn.Release()
	if r.err != nil {
		return errors.Join(r.err, r.results.Close())
	}
	return errors.Join(r.results.QueryRow().Scan(dest...), r.results.Close())
}

var zones sync.Map // name → *time.Location

func asMe(p queries.Profile) api.Me {
	m := api.Me{
		ID: p.ID, Email: p.Email, FullName: p.FullName, CreatedAt: p.CreatedAt.UTC(), UpdatedAt: p.UpdatedAt.UTC(),
		OnboardingCompleted: p.OnboardingCompleted, BiologicalSex: (*api.BiologicalSex)(p.BiologicalSex),
		HeightCm: p.HeightCm, CurrentWeightKg: p.CurrentWeightKg, GoalWeightKg: p.GoalWeightKg,
		PrimaryGoal: (*api.Goal)(p.PrimaryGoal), SecondaryGoal: (*api.Goal)(p.SecondaryGoal),
		ExperienceLevel: api.ExperienceLevel(p.ExperienceLevel), ActivityLevel: (*api.ActivityLevel)(p.ActivityLevel),
		DietaryPreference: api.DietaryPreference(p.DietaryPreference), FoodAllergies: p.FoodAllergies, FoodsToAvoid: p.FoodsToAvoid,
		MealsPerDay: int(p.MealsPerDay), CooksRegularly: p.CooksRegularly, SleepHours: p.SleepHours,
		StressLevel: (*api.StressLevel)(p.StressLevel), FitnessNotes: p.FitnessNotes, UnitSystem: api.UnitSystem(p.UnitSystem),
		Timezone: p.Timezone, Language: p.Language, AdaptiveTargets: p.AdaptiveTargets,
		ExerciseCalories: api.ExerciseCalories(p.ExerciseCalories), PrivacyRadiusM: int(p.PrivacyRadiusM),
	}
	if p.WorkoutFrequency != nil {
		m.WorkoutFrequency = new(int(*p.WorkoutFrequency))
	}
	if p.BirthDate != nil {
		m.BirthDate, m.Age = &openapi_types.Date{Time: *p.BirthDate}, new(years(*p.BirthDate, p.Timezone))
	}
	if p.TargetSource != nil {
		m.Targets = &api.Targets{
			Calories: int(*p.TargetCalories), ProteinG: int(*p.TargetProteinG), CarbsG: int(*p.TargetCarbsG), FatG: int(*p.TargetFatG),
			BMR: new(int(*p.TargetBMR)), TDEE: new(int(*p.TargetTDEE)), BurnGoal: new(int(*p.TargetTDEE - *p.TargetBMR)),
			Source: api.TargetsSource(*p.TargetSource), Explanation: p.TargetExplanation,
		}
	}
	return m
}

func years(birth time.Time, name string) int {
	zone, ok := zones.Load(name)
	if !ok {
		loaded, err := time.LoadLocation(name)
		if err != nil {
			loaded = time.UTC
		}
		zone, _ = zones.LoadOrStore(name, loaded)
	}
	today := time.Now().In(zone.(*time.Location))
	n := today.Year() - birth.Year()
	if today.Month() < birth.Month() || today.Month() == birth.Month() && today.Day() < birth.Day() {
		n--
	}
	return n
}

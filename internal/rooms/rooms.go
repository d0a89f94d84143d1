// Package rooms puts the rooms together. A new room is a field, an alias and a line in New; everything else about it is in its folder.
package rooms

import (
	"context"
	"reflect"
	"slices"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/rooms/activities"
	"github.com/ultimatecoach/api/internal/rooms/auth"
	"github.com/ultimatecoach/api/internal/rooms/body"
	"github.com/ultimatecoach/api/internal/rooms/coach"
	"github.com/ultimatecoach/api/internal/rooms/dashboard"
	"github.com/ultimatecoach/api/internal/rooms/nutrition"
	"github.com/ultimatecoach/api/internal/rooms/system"
	"github.com/ultimatecoach/api/internal/rooms/users"
	"github.com/ultimatecoach/api/internal/tools/jobs"
	"github.com/ultimatecoach/api/internal/tools/room"
)

// Rooms has every operation of the contract. A method that is missing is a compile error.
type Rooms struct {
	*System
	*Auth
	*Users
	*Nutrition
	*Body
	*Dashboard
	*Activities
	*Coach
}

// Aliases give the embedded fields different names.
type (
	// System is what the service says of itself.
	System = system.Handlers
	// Auth is accounts and sessions.
	Auth = auth.Handlers
	// Users is the signed-in person.
	Users = users.Handlers
	// Nutrition is foods and meals.
	Nutrition = nutrition.Handlers
	// Body is weight and girths, water and sleep.
	Body = body.Handlers
	// Dashboard is everything of a day.
	Dashboard = dashboard.Handlers
	// Activities is workouts and their energy.
	Activities = activities.Handlers
	// Coach is conversations with a coach that knows the data of the other rooms.
	Coach = coach.Handlers
)

var _ api.StrictServerInterface = Rooms{}

// New makes all rooms.
func New(d room.Deps) Rooms {
	r := Rooms{
		System:     system.New(d),
		Auth:       auth.New(d),
		Users:      users.New(d),
		Nutrition:  nutrition.New(d),
		Activities: activities.New(d),
		Body:       body.New(d),
		Dashboard:  dashboard.New(d),
	}
	r.Coach = coach.New(d, coach.Rooms{
		Users: r.Users, Nutrition: r.Nutrition, Activities: r.Activities, Body: r.Body, Dashboard: r.Dashboard,
	})
	return r
}

// Jobs are what all rooms have done in the background.
func (r Rooms) Jobs() (all []jobs.Job) {
	for worker := range having[room.Worker](r) {
		all = slices.Concat(all, worker.Jobs())
	}
	return all
}

// Demonstrate gives the person of the context's identity the data of every room that has some to show.
func (r Rooms) Demonstrate(ctx context.Context, d room.Demo) error {
	for room := range having[room.Demonstrator](r) {
		if err := room.Demonstrate(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

// having are the rooms that implement an interface.
func having[T any](r Rooms) func(yield func(T) bool) {
	return func(yield func(T) bool) {
		fields := reflect.ValueOf(r)
		for i := range fields.NumField() {
			if room, ok := fields.Field(i).Interface().(T); ok && !yield(room) {
				return
			}
		}
	}
}

// Package demo makes the demo account of every example in the docs.
package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/rooms"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/room"
	"github.com/ultimatecoach/api/internal/tools/zone"
)

// What the demo account signs in with.
const (
	Email    = "demo@ultimate-coach.example"
	Password = "demo-Coach-2026"
)

// ID is the demo account's.
var ID = uuid.MustParse("d0000000-0000-4000-8000-000000000001")

const home = "Europe/Berlin"

var caller = gotrue.Caller{IP: "127.0.0.1", UserAgent: "Ultimate Coach demo"}

// Seed makes the demo account, once, and lets the rooms fill it. What was done with the account since is kept, but a start that was cut
// short is mended: a profile that is filled in says that all of it is there.
func Seed(ctx context.Context, d room.Deps) error {
	_, err := d.Auth.AdminCreateUser(ctx, gotrue.AdminUser{ID: ID, Email: Email, Password: Password, FullName: "Demo Person", Confirmed: true})
	if code := gotrue.CodeOf(err); err != nil && code != gotrue.CodeEmailExists && code != gotrue.CodeUserAlreadyExists {
		return fmt.Errorf("make the account: %w", err)
	}
	session, err := d.Auth.SignInWithPassword(ctx, caller, Email, Password)
	if gotrue.CodeOf(err) == gotrue.CodeInvalidCredentials {
		return nil // somebody gave it another password
	}
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	identity, err := d.Verifier.Verify(ctx, session.AccessToken)
	if err != nil {
		return fmt.Errorf("verify the token: %w", err)
	}
	as := db.WithIdentity(ctx, identity)
	me, err := d.DB.GetMe(as, ID)
	if err != nil {
		return fmt.Errorf("read the profile: %w", err)
	}
	if !me.OnboardingCompleted {
		all := rooms.New(d)
		// Up to the day of the account, which a start on a later day still knows, to go on where one was cut short.
		day := me.CreatedAt.UTC().Truncate(24 * time.Hour)
		if err := all.Demonstrate(as, room.Demo{Day: day, Zone: home, ID: uuid.MustParse}); err != nil {
			return err
		}
		if err := fillInProfile(as, all, d.Now()); err != nil {
			return err
		}
	}
	return d.Auth.Logout(ctx, caller, session.AccessToken, gotrue.ScopeLocal)
}

func fillInProfile(ctx context.Context, all rooms.Rooms, now time.Time) error {
	location, err := zone.Load(home)
	if err != nil {
		return err
	}
	_, err = all.UpdateMe(ctx, api.UpdateMeRequestObject{Body: &api.MePatch{
		BirthDate:        nullable.NewNullableWithValue(openapi_types.Date{Time: thirtyYearsBefore(now.In(location))}),
		BiologicalSex:    nullable.NewNullableWithValue(api.BiologicalSexMale),
		HeightCm:         nullable.NewNullableWithValue(180.0),
		CurrentWeightKg:  nullable.NewNullableWithValue(80.0),
		GoalWeightKg:     nullable.NewNullableWithValue(75.0),
		PrimaryGoal:      nullable.NewNullableWithValue(api.GoalLoseWeight),
		ActivityLevel:    nullable.NewNullableWithValue(api.ActivityLevelModeratelyActive),
		ExperienceLevel:  new(api.ExperienceLevelIntermediate),
		WorkoutFrequency: nullable.NewNullableWithValue(4),
		Timezone:         new(home),
	}})
	if err != nil {
		return fmt.Errorf("fill in the profile: %w", err)
	}
	return nil
}

// thirtyYearsBefore is the 17 May on which somebody was born who is thirty: the demo account's targets, and with them the
// figures of the guides, stay as they are from year to year.
func thirtyYearsBefore(today time.Time) time.Time {
	year := today.Year() - 30
	if today.Month() < time.May || today.Month() == time.May && today.Day() < 17 {
		year--
	}
	return time.Date(year, time.May, 17, 0, 0, 0, 0, time.UTC)
}

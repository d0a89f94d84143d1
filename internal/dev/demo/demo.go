// Package demo makes the demo account of every example in the docs, with two weeks of data.
package demo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"

	coach "github.com/ultimatecoach/api/clients/go"
	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/zone"
)

// What the demo account signs in with.
const (
	Email    = "demo@ultimate-coach.example"
	Password = "demo-Coach-2026"
	home     = "Europe/Berlin"
)

// ID is the demo account's.
var ID = uuid.MustParse("d0000000-0000-4000-8000-000000000001")

// Seed makes the demo account, once, and fills it in through the API as any client would.
func Seed(ctx context.Context, auth *gotrue.Client, base string) error {
	_, err := auth.AdminCreateUser(ctx, gotrue.AdminUser{
		ID: ID, Email: Email, Password: Password, FullName: "Demo Person", Confirmed: true,
	})
	if code := gotrue.CodeOf(err); code == gotrue.CodeEmailExists || code == gotrue.CodeUserAlreadyExists {
		err = nil // whatever was done with it since is kept, but a start that was cut short is mended
	}
	if err != nil {
		return err
	}
	client, err := coach.New(base, coach.Cookies())
	if err != nil {
		return err
	}
	login, err := client.LoginWithResponse(ctx, api.LoginRequest{Email: Email, Password: Password})
	if err != nil {
		return err
	}
	if login.StatusCode() == http.StatusUnauthorized {
		return nil // somebody gave it another password
	}
	if login.StatusCode() != http.StatusOK {
		return fmt.Errorf("sign in: %s", login.Status())
	}
	if login.JSON200.User.OnboardingCompleted {
		return signOut(ctx, client)
	}
	me, err := client.GetMeWithResponse(ctx, nil)
	if err != nil {
		return err
	}
	if me.StatusCode() != http.StatusOK {
		return errors.New("read the profile: " + me.Status())
	}
	// Up to the day of the account, which a start on a later day still knows, to go on where one was cut short.
	if err := seedDiary(ctx, client, me.JSON200.CreatedAt); err != nil {
		return err
	}
	if err := seedFoods(ctx, client); err != nil {
		return err
	}
	location, err := zone.Load(home)
	if err != nil {
		return err
	}
	// Last, for it is what tells that all of it is there.
	patched, err := client.UpdateMeWithResponse(ctx, nil, api.MePatch{
		BirthDate:        nullable.NewNullableWithValue(openapi_types.Date{Time: thirtyYearsBefore(time.Now().In(location))}),
		BiologicalSex:    nullable.NewNullableWithValue(api.BiologicalSexMale),
		HeightCm:         nullable.NewNullableWithValue(180.0),
		CurrentWeightKg:  nullable.NewNullableWithValue(80.0),
		GoalWeightKg:     nullable.NewNullableWithValue(75.0),
		PrimaryGoal:      nullable.NewNullableWithValue(api.GoalLoseWeight),
		ActivityLevel:    nullable.NewNullableWithValue(api.ActivityLevelModeratelyActive),
		ExperienceLevel:  new(api.ExperienceLevelIntermediate),
		WorkoutFrequency: nullable.NewNullableWithValue(4),
		Timezone:         new(home),
	})
	if err != nil {
		return err
	}
	if patched.StatusCode() != http.StatusOK {
		return errors.New("fill in the profile: " + patched.Status())
	}
	return signOut(ctx, client)
}

func signOut(ctx context.Context, client *api.ClientWithResponses) error {
	logout, err := client.LogoutWithResponse(ctx)
	if err != nil {
		return err
	}
	if logout.StatusCode() != http.StatusNoContent {
		return errors.New("sign out: " + logout.Status())
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

package process

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/config"
)

func TestOpenCoach_Settings_BecomeProvidersInTheirOrder(t *testing.T) {
	t.Parallel()
	c := config.Config{
		CoachProviders: []string{"openai", "claude", "local"}, CoachDailyTokens: 1000, CoachDailyUSD: 0.5,
		Providers: []config.CoachProvider{
			{Name: "openai", Format: "chat_completions", BaseURL: "https://openai.example/v1", Model: "gpt", ContextTokens: 128000},
			{
				Name:          "claude",
				Format:        "anthropic_messages",
				BaseURL:       "https://claude.example/v1",
				Model:         "c",
				Prices:        "3/0.30/15",
				ContextTokens: 90000,
			},
		},
	}
	coach, err := openCoach(c)
	require.NoError(t, err)
	require.NotNil(t, coach.Provider)
	require.Equal(t, "openai", coach.Name)
	require.Equal(t, "gpt", coach.Model)
	require.Equal(t, 90000, coach.ContextTokens, "the smallest window")
	require.True(t, coach.Local)
	require.Equal(t, 1000, coach.DailyTokens)

	c.Providers[1].Prices = "cheap"
	_, err = openCoach(c)
	require.ErrorContains(t, err, "COACH_PROVIDERS: ")

	coach, err = openCoach(config.Config{CoachProviders: []string{"local"}, CoachPauseMS: 40})
	require.NoError(t, err)
	require.Nil(t, coach.Provider)
	require.Equal(t, 40*time.Millisecond, coach.LocalPause)
}

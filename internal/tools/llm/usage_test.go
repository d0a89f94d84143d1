package llm_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/checks/llmtest"
	"github.com/ultimatecoach/api/internal/tools/llm"
)

func TestUsage_WithPrices_HasTheCost(t *testing.T) {
	t.Parallel()
	var prices llm.Prices
	require.NoError(t, prices.UnmarshalText([]byte("3/0.30/15")))
	for _, f := range formats {
		s := llmtest.New(t, llmtest.Always(fullReply()))
		reply, err := llm.Collect(newClient(t, s, f, func(c *llm.Config) { c.Prices = &prices }).Stream(t.Context(), question()))
		require.NoError(t, err)
		// 200 × 3 + 1000 × 0.30 + 42 × 15 = 1530 millionths of a dollar
		require.Equal(t, int64(1_530_000), *reply.Usage.Cost, f)
	}
}

func TestUsage_WrittenToTheCache_HasItsOwnPrice(t *testing.T) {
	t.Parallel()
	for f, raw := range map[llm.Format]string{
		llm.ChatCompletions: `data: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":1000,"completion_tokens":10,` +
			`"prompt_tokens_details":{"cached_tokens":300,"cache_write_tokens":600}}}` + "\n\n",
		llm.AnthropicMessages: `data: {"type":"message_start","message":{"usage":{"input_tokens":100,"cache_read_input_tokens":300,` +
			`"cache_creation_input_tokens":600,"output_tokens":1}}}` + "\n\n" +
			`data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":10}}` + "\n\n" +
			`data: {"type":"message_stop"}` + "\n\n",
	} {
		for text, cost := range map[string]int64{
			"2/1/10/4": (100*2 + 300*1 + 600*4 + 10*10) * 1000,
			"2/1/10":   (100*2 + 300*1 + 600*2 + 10*10) * 1000,
			"0/0/0":    0,
		} {
			var prices llm.Prices
			require.NoError(t, prices.UnmarshalText([]byte(text)))
			s := llmtest.New(t, llmtest.Always(llmtest.Reply{Raw: raw}))
			reply, err := llm.Collect(newClient(t, s, f, func(c *llm.Config) { c.Prices = &prices }).Stream(t.Context(), question()))
			require.NoError(t, err)
			require.Equal(t, &llm.Usage{Input: 100, Cached: 300, CacheWrite: 600, Output: 10, Cost: &cost}, reply.Usage, "%s %s", f, text)
		}
	}
}

func TestPrices_WrongText_IsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "3", "3/1", "3/1/2/4/5", "a/b/c", "-1/0/0", "NaN/0/0", "1/Inf/0", "3;1;2"} {
		require.Error(t, new(llm.Prices).UnmarshalText([]byte(text)), text)
	}
}

func TestEstimateTokens_Texts_AreUpTo60PercentAboveTheTrueNumber(t *testing.T) {
	t.Parallel()
	// The number of tokens is the larger one of o200k_base and cl100k_base.
	for _, c := range []struct {
		name, text string
		tokens     int
	}{
		{"English", "How much protein do I have left today? I had two eggs with toast for breakfast, and a bowl of soup at noon.", 26},
		{"German", "Wie viel Eiweiß fehlt mir heute noch? Zum Frühstück gab es zwei Eier mit Vollkornbrötchen, mittags eine Gemüsesuppe.", 39},
		{"French", "Combien de protéines me reste-t-il aujourd'hui ? J'ai mangé deux œufs au petit-déjeuner et une soupe à midi.", 33},
		{"Spanish", "¿Cuánta proteína me queda hoy? Desayuné dos huevos con pan tostado y comí una sopa de verduras al mediodía.", 37},
		{"Portuguese", "Quanta proteína ainda falta hoje? No café da manhã comi dois ovos com pão e, ao meio-dia, uma sopa de feijão.", 38},
		{"Russian", "Сколько белка мне осталось сегодня? На завтрак я съел два яйца, а в обед суп.", 40},
		{"Chinese", "今天午餐我吃了豆腐汤和米饭。我还剩多少蛋白质?", 37},
		{"Japanese", "今日はお昼に豆腐の味噌汁とご飯を食べました。タンパク質はどれくらい残っていますか。", 49},
		{"JSON of a day", `{"date":"2026-11-28","totals":{"calories":1873.25,"protein_g":123.4,"carbs_g":201.07,"fat_g":61.9,"fiber_g":23.1}}`, 50},
		{"numbers", "[0.5,1873.25,97,201.07,61.9,23.1,0.04,12,88.8,1004.75,3,3.3,19.95]", 49},
		{"UUIDs", "0192f0c1-8b7a-7c3e-9f10-2b6e4c8d1a55,7d0d3f52-4a3e-49a5-9d0b-1f3f0a9c77e2", 66},
		{"emoji", "🍎🥑🍗👍🏽", 15},
	} {
		estimate := llm.EstimateTokens(c.text)
		t.Logf("%s: %.2f", c.name, float64(estimate)/float64(c.tokens))
		require.GreaterOrEqual(t, estimate, c.tokens, c.name)
		require.LessOrEqual(t, estimate, c.tokens*8/5, c.name)
	}
	require.Zero(t, llm.EstimateTokens(""))
}

func TestConfig_MissingOrWrongValues_AreNamed(t *testing.T) {
	t.Parallel()
	valid := llm.Config{Name: "a", Format: llm.ChatCompletions, BaseURL: "https://example.com/v1", Model: "m"}
	require.NoError(t, valid.Check())
	for message, change := range map[string]func(*llm.Config){
		"the name is missing":  func(c *llm.Config) { c.Name = "" },
		"the format must be":   func(c *llm.Config) { c.Format = "grpc" },
		"is not an address":    func(c *llm.Config) { c.BaseURL = "example.com/v1" },
		"contain a password":   func(c *llm.Config) { c.BaseURL = "https://a:b@example.com/v1" },
		"the model is missing": func(c *llm.Config) { c.Model = "" },
		"the key has":          func(c *llm.Config) { c.Key = "abc\n" },
		"context window":       func(c *llm.Config) { c.ContextTokens = -1 },
		"the tries must":       func(c *llm.Config) { c.Tries = -1 },
	} {
		c := valid
		change(&c)
		_, err := llm.NewClient(c)
		require.ErrorContains(t, err, message)
		_, err = llm.New(valid, c)
		require.ErrorContains(t, err, message)
	}
	_, err := llm.New(valid, valid)
	require.ErrorContains(t, err, "two of this name")
	_, err = llm.New()
	require.ErrorContains(t, err, "there is no provider")
}

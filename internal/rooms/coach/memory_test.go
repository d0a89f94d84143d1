package coach_test

import (
	"context"
	"fmt"
	"hash/crc32"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/gen/queries"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/dev/wheel"
	"github.com/ultimatecoach/api/internal/rooms/coach"
	"github.com/ultimatecoach/api/internal/tools/embed"
	"github.com/ultimatecoach/api/internal/tools/room"
)

// others is the number of dimensions for texts about none of the subjects, which are not alike.
const others = 64

// topics is an embedder that knows a few subjects in several languages, each of which is one dimension.
type topics struct {
	model  string
	before func(texts []string) // called before each request
	texts  atomic.Int64
	err    error
}

var subjects = [][]string{
	{"knee", "Knie", "genou", "joint"},
	{"fish", "salmon", "Fisch", "poisson"},
	{"run", "laufen", "courir", "marathon"},
}

func (e *topics) Model() string   { return e.model }
func (e *topics) Dimensions() int { return len(subjects) + others }
func (e *topics) Floor() float32  { return 0.3 }

func (e *topics) Embed(_ context.Context, texts []string) ([][]float32, error) {
	if e.before != nil {
		e.before(texts)
	}
	e.texts.Add(int64(len(texts)))
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		v := make([]float32, e.Dimensions())
		v[len(subjects)+int(crc32.ChecksumIEEE([]byte(text))%others)] = 0.1
		for s, words := range subjects {
			for _, w := range words {
				if strings.Contains(strings.ToLower(text), strings.ToLower(w)) {
					v[s] = 1
				}
			}
		}
		vectors[i] = v
	}
	return vectors, e.err
}

// memory is a person with a room of their own in a database of their own, so that jobs find no rows of other tests.
type memory struct {
	*apitest.Person
	api  *apitest.API
	db   dbtest.Database
	room *coach.Handlers
}

func newMemory(t testing.TB, e embed.Embedder) *memory {
	t.Helper()
	d := apitest.Foods(t)
	a := apitest.New(t, apitest.Setup{Database: &d})
	return &memory{Person: a.Person(t), api: a, db: d, room: roomWith(a, e)}
}

func roomWith(a *apitest.API, e embed.Embedder) *coach.Handlers {
	return coach.New(room.Deps{DB: a.DB, Now: time.Now, Embedder: e}, coach.Rooms{})
}

// as returns a context with the rights of the person.
func (m *memory) as(t testing.TB) context.Context {
	t.Helper()
	return db.WithIdentity(t.Context(), &db.Identity{UserID: m.ID, Unattended: true})
}

// enable switches the memory on or off.
func (m *memory) enable(t testing.TB, enabled bool) api.CoachSettings {
	t.Helper()
	r, err := m.UpdateCoachSettingsWithResponse(t.Context(), api.CoachSettingsPatch{MemoryEnabled: &enabled})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	return *r.JSON200
}

// say sends messages in one conversation, waits for the replies, and returns the id of the conversation and of the last message.
func (m *memory) say(t testing.TB, messages ...string) (conversation, last uuid.UUID) {
	t.Helper()
	conversation = converse(t, m.Person).ID
	for _, message := range messages {
		sent := send(t, m.Person, conversation, fmt.Sprintf(`{"content":%q}`, message))
		follow(t, m.Person, sent.ReplyID)
		last = sent.Message.ID
	}
	return conversation, last
}

func (m *memory) facts(t testing.TB) (facts []api.Memory) {
	t.Helper()
	r, err := m.ListMemoriesWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	return r.JSON200.Data
}

func (m *memory) index(t testing.TB) {
	t.Helper()
	require.NoError(t, m.room.IndexMemories(t.Context()))
}

// recall returns the texts that are recalled.
func (m *memory) recall(t testing.TB, about string) (texts []string) {
	t.Helper()
	found, err := m.room.Recall(m.as(t), about)
	require.NoError(t, err)
	for _, f := range found {
		texts = append(texts, f.Text)
	}
	return texts
}

// count returns a number of the person's rows, past row level security.
func (m *memory) count(t testing.TB, from string) (n int) {
	t.Helper()
	require.NoError(t, m.db.Owner.QueryRow(t.Context(), "select count(*) from "+from+" and user_id = $1", m.ID).Scan(&n))
	return n
}

const (
	storedTexts = "public.embeddings where true"
	storedFacts = "public.coach_memories where true"
)

// eat logs a meal of one quick item.
func (m *memory) eat(t testing.TB, name string) uuid.UUID {
	t.Helper()
	r, err := m.CreateMealWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(
		fmt.Sprintf(`{"meal_type":"lunch","items":[{"kind":"quick","name":%q,"calories":300}]}`, name)))
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
	return r.JSON201.ID
}

func TestMemory_WithoutConsent_KeepsAndSendsNothing(t *testing.T) {
	t.Parallel()
	e := &topics{model: "m"}
	m := newMemory(t, e)
	_, message := m.say(t, "I'm allergic to fish")
	m.eat(t, "Salmon")
	m.index(t)
	require.Empty(t, m.facts(t))
	kept, err := m.room.Remember(m.as(t), message, "I'm allergic to fish")
	require.NoError(t, err)
	require.Empty(t, kept)
	require.Empty(t, m.recall(t, "fish"))
	require.Zero(t, m.count(t, storedTexts))
	require.Zero(t, e.texts.Load(), "texts were sent to the embedder")
}

func TestMemory_WithConsent_ShowsFactsAndFindsTexts(t *testing.T) {
	t.Parallel()
	m := newMemory(t, &topics{model: "m"})
	_, before := m.say(t, "we talked about my knee before") // before the consent
	lunch := m.eat(t, "Grilled salmon")
	m.enable(t, true)
	_, message := m.say(t, "I'm allergic to peanuts. What now?", "and I hate mushrooms", "i'm allergic to Peanuts.", "hello")

	facts := m.facts(t)
	require.Len(t, facts, 2)
	require.Equal(t, "I hate mushrooms", facts[0].Content)
	require.Equal(t, api.MemoryKindDislike, facts[0].Kind)
	require.Equal(t, "I'm allergic to peanuts", facts[1].Content)
	require.Equal(t, api.MemoryKindAllergy, facts[1].Kind)
	require.NotEqual(t, message, facts[1].MessageID)

	m.index(t)
	require.Equal(t, []string{"i'm allergic to Peanuts.", "I'm allergic to peanuts"}, m.recall(t, "any allergies, peanuts?"),
		"the fact, and not the message that it is from as well")
	require.Equal(t, "lunch: Grilled salmon", m.recall(t, "when did I eat fish?")[0], "by meaning")
	require.Equal(t, []string{"we talked about my knee before"}, m.recall(t, "genou"), "in another language")
	require.Empty(t, m.recall(t, "the moon"))

	found, err := m.room.Recall(m.as(t), "salmon")
	require.NoError(t, err)
	require.Equal(t, lunch, *found[0].Source().ID)
	require.Equal(t, "/api/v1/nutrition/meals/"+lunch.String(), *found[0].Source().URL)
	found, err = m.room.Recall(m.as(t), "my knee")
	require.NoError(t, err)
	require.Equal(t, before, found[0].ID)
}

func TestListMemories_Pages_HaveEachMemoryOnce(t *testing.T) {
	t.Parallel()
	m := newMemory(t, nil)
	m.enable(t, true)
	m.say(t, "I'm allergic to nuts", "I hate running", "I'm vegetarian")
	var got []string
	p := &api.ListMemoriesParams{Limit: new(2)}
	for {
		r, err := m.ListMemoriesWithResponse(t.Context(), p)
		require.NoError(t, err)
		for _, f := range r.JSON200.Data {
			got = append(got, f.Content)
		}
		if p.Cursor = r.JSON200.NextCursor; p.Cursor == nil {
			break
		}
	}
	require.Equal(t, []string{"I'm vegetarian", "I hate running", "I'm allergic to nuts"}, got)
}

func TestMemory_OfAMessage_IsShownInItsReply(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	c := converse(t, p)
	text := "I am allergic to peanuts."
	events, _ := say(t, p, c.ID, text)
	require.Empty(t, only[api.CoachEventMemory](events), "without consent")
	r, err := p.UpdateCoachSettingsWithResponse(t.Context(), api.CoachSettingsPatch{MemoryEnabled: new(true)})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode())
	events, _ = say(t, p, c.ID, text)
	shown := only[api.CoachEventMemory](events)
	require.Len(t, shown, 1)
	list, err := p.ListMemoriesWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, list.JSON200.Data, 1)
	require.Equal(t, list.JSON200.Data[0].ID, shown[0].ID)
	require.Equal(t, list.JSON200.Data[0].Kind, shown[0].Kind)
	require.Equal(t, list.JSON200.Data[0].Content, shown[0].Text)
	events, _ = say(t, p, c.ID, text)
	require.Empty(t, only[api.CoachEventMemory](events), "it is known already")
}

func TestMemory_OfADeletedSource_IsGoneAtOnce(t *testing.T) {
	t.Parallel()
	m := newMemory(t, &topics{model: "m"})
	m.enable(t, true)
	conversation, _ := m.say(t, "My knee hurts", "tell me about the marathon")
	lunch := m.eat(t, "Salmon")
	run, err := m.CreateActivityWithBodyWithResponse(t.Context(), nil, "application/json",
		strings.NewReader(`{"activity":"running","name":"Morning run","started_at":"2026-11-20T07:00:00Z","elapsed_s":1800}`))
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, run.StatusCode(), string(run.Body))
	m.index(t)
	require.Equal(t, 5, m.count(t, storedTexts)) // two messages, a fact, a meal, an activity
	require.Contains(t, m.recall(t, "a run in the morning"), "running: Morning run")

	deleted, err := m.DeleteConversationWithResponse(t.Context(), conversation, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, deleted.StatusCode())
	require.Zero(t, m.count(t, storedFacts))
	require.Zero(t, m.count(t, storedTexts+" and source_kind in ('message', 'fact')"))
	gone, err := m.DeleteMealWithResponse(t.Context(), lunch, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, gone.StatusCode())
	require.Equal(t, 1, m.count(t, storedTexts))
	_, err = m.DeleteActivityWithResponse(t.Context(), run.JSON201.ID, nil)
	require.NoError(t, err)
	require.Zero(t, m.count(t, storedTexts))

	restored, err := m.RestoreMealWithResponse(t.Context(), lunch, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, restored.StatusCode(), string(restored.Body))
	m.index(t)
	require.Equal(t, []string{"lunch: Salmon"}, m.recall(t, "fish"))
}

func TestDeleteMemory_ForgetsTheFact_AndNoLongerFindsItsMessage(t *testing.T) {
	t.Parallel()
	m := newMemory(t, nil)
	m.enable(t, true)
	m.say(t, "I'm allergic to peanuts", "I hate mushrooms", "I'm vegetarian")
	m.index(t)
	facts := m.facts(t)
	require.Len(t, facts, 3)
	r, err := m.DeleteMemoryWithResponse(t.Context(), facts[2].ID)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, r.StatusCode())
	require.Empty(t, m.recall(t, "peanuts"))
	require.Len(t, m.facts(t), 2)
	r, err = m.DeleteMemoryWithResponse(t.Context(), facts[2].ID)
	require.NoError(t, err)
	require.Equal(t, http.StatusNotFound, r.StatusCode())

	all, err := m.DeleteMemoriesWithResponse(t.Context())
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, all.StatusCode())
	require.Empty(t, m.facts(t))
	require.Empty(t, m.recall(t, "mushrooms vegetarian"))
}

func TestMemory_SwitchedOff_IsNotUsed_AndErasedWithinTheHour(t *testing.T) {
	t.Parallel()
	m := newMemory(t, nil)
	require.Nil(t, m.enable(t, true).Erasure)
	m.say(t, "I'm allergic to peanuts", "hello")
	m.index(t)
	off := m.enable(t, false)
	require.NotNil(t, off.Erasure)
	require.Equal(t, 1, off.Erasure.Memories)
	require.Equal(t, 3, off.Erasure.Texts)
	require.WithinDuration(t, time.Now(), off.Erasure.Until, time.Hour)
	require.Empty(t, m.recall(t, "peanuts"))
	m.say(t, "I hate mushrooms")
	m.eat(t, "Salmon")
	require.Equal(t, 3, m.count(t, storedTexts), "something was stored after the memory was off")

	require.Equal(t, off, m.enable(t, false), "switched off again, it is erased no later")
	erase := func() int32 {
		n, err := m.api.DB.EraseMemories(db.AsService(t.Context()))
		require.NoError(t, err)
		return n
	}
	require.Zero(t, erase(), "erased too early")
	require.Nil(t, m.enable(t, true).Erasure)
	require.Len(t, m.recall(t, "peanuts"), 1, "kept, since it was switched on in time")

	m.enable(t, false)
	_, err := m.db.Owner.Exec(t.Context(), "update public.coach_settings set erase_at = now() where user_id = $1", m.ID)
	require.NoError(t, err)
	for erase() > 0 {
	}
	require.Zero(t, m.count(t, storedTexts))
	require.Zero(t, m.count(t, storedFacts))
	r, err := m.GetCoachSettingsWithResponse(t.Context())
	require.NoError(t, err)
	require.Equal(t, api.CoachSettings{}, *r.JSON200)
}

// The function is called in the name of Ann by Bob: row level security alone keeps them apart.
func TestRecall_InTheNameOfAnotherPerson_FindsNothing(t *testing.T) {
	t.Parallel()
	ann := newMemory(t, &topics{model: "m"})
	ann.enable(t, true)
	ann.say(t, "My knee hurts when I run")
	ann.index(t)
	require.NotEmpty(t, ann.recall(t, "knee"))
	bob := *ann
	bob.Person = ann.api.Person(t)
	bob.enable(t, true)
	rows, err := ann.api.DB.Recall(bob.as(t), queries.RecallParams{
		UserID:         ann.ID,
		Question:       "knee",
		QuestionVector: append([]float32{1}, make([]float32, len(subjects)+others-1)...),
		Model:          "m",
		PageSize:       10,
	})
	require.NoError(t, err)
	require.Empty(t, rows)
	_, message := ann.say(t, "I hate fish")
	kept, err := ann.room.Remember(bob.as(t), message, "I hate salmon") // about a message of Ann's
	require.NoError(t, err)
	require.Empty(t, kept)
	facts := ann.facts(t)
	r, err := bob.DeleteMemoryWithResponse(t.Context(), facts[0].ID)
	require.NoError(t, err)
	require.Equal(t, http.StatusNotFound, r.StatusCode())
	require.Len(t, ann.facts(t), len(facts))
	require.Empty(t, bob.recall(t, "knee"))
}

func TestRecall_WordsAndMeaning_AreRankedTogether(t *testing.T) {
	t.Parallel()
	m := newMemory(t, &topics{model: "m"})
	m.enable(t, true)
	m.say(t,
		"the joint was fine",              // by meaning alone
		"is the knee ready for the slope", // by both
		"ready for the slope of the hill", // by words alone
		"nothing of interest here",        // by neither
		"the weather is nice",
	)
	m.index(t)
	require.Equal(
		t,
		[]string{"is the knee ready for the slope", "ready for the slope of the hill", "the joint was fine"},
		m.recall(t, "knee and slope"),
	)
	// A rare word weighs more than frequent ones.
	m.say(t, "soup soup", "soup again", "soup and kimchi", "soup for lunch")
	m.index(t)
	require.Equal(t, "soup and kimchi", m.recall(t, "kimchi soup")[0])
}

func TestRecall_ByWords_FindsOtherEndingsAndNoStopWords(t *testing.T) {
	t.Parallel()
	m := newMemory(t, nil)
	m.enable(t, true)
	m.say(t, "Ich habe Rückenschmerzen beim Heben", "los dolores de espalda", "We saw the châteaux", "what is the plan for this")
	m.index(t)
	for question, want := range map[string]string{
		"rückenschmerz?":            "Ich habe Rückenschmerzen beim Heben",
		"Was war mit RUCKENSCHMERZ": "Ich habe Rückenschmerzen beim Heben",
		"dolor":                     "los dolores de espalda",
		"chateau":                   "We saw the châteaux",
	} {
		require.Equal(t, []string{want}, m.recall(t, question), question)
	}
	for _, question := range []string{"what is this?", "", "  ", "!?", "' | & :* <-> \\", strings.Repeat("word ", 900)} {
		require.Empty(t, m.recall(t, question), question)
	}
}

func TestRecall_WhenTheEmbedderFails_SearchesByWords(t *testing.T) {
	t.Parallel()
	e := &topics{model: "m"}
	m := newMemory(t, e)
	m.enable(t, true)
	m.say(t, "My knee hurts")
	m.index(t)
	e.err = context.DeadlineExceeded
	require.Equal(t, []string{"My knee hurts"}, m.recall(t, "knee"))
	absent := roomWith(m.api, embed.NewLocal(t.TempDir()+"/absent"))
	require.NoError(t, absent.IndexMemories(t.Context()))
	found, err := absent.Recall(m.as(t), "knee")
	require.NoError(t, err)
	require.Len(t, found, 1)
}

func TestIndexMemories_OfAnotherModel_AreEmbeddedAgain(t *testing.T) {
	t.Parallel()
	e := &topics{model: "first"}
	m := newMemory(t, e)
	m.enable(t, true)
	m.say(t, "My knee hurts", "hello", "the marathon")
	m.index(t)
	require.EqualValues(t, 4, e.texts.Load())
	m.index(t)
	require.EqualValues(t, 4, e.texts.Load(), "nothing has changed")

	for _, name := range []string{"second", "a model whose name sorts before the others"} {
		other := &topics{model: name}
		m.room = roomWith(m.api, other)
		require.Equal(t, []string{"My knee hurts"}, m.recall(t, "knee"), "by words until then")
		require.Empty(t, m.recall(t, "genou"), "vectors of two models are not compared")
		m.index(t)
		require.EqualValues(t, 2+4, other.texts.Load())
		require.Equal(t, []string{"My knee hurts"}, m.recall(t, "genou"))
	}
	require.Equal(t, 4, m.count(t, storedTexts+" and model like 'a model%' and dimension = 67"))
}

func TestIndexMemories_ATextThatChangesMeanwhile_KeepsNoOldVector(t *testing.T) {
	t.Parallel()
	e := &topics{model: "m"}
	m := newMemory(t, e)
	m.enable(t, true)
	lunch := m.eat(t, "Salmon")
	e.before = func([]string) {
		e.before = nil
		r, err := m.AddMealItemsWithBodyWithResponse(t.Context(), lunch, nil, "application/json",
			strings.NewReader(`{"items":[{"kind":"quick","name":"knee-high noodles","calories":100}]}`))
		require.NoError(t, err)
		require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
	}
	m.index(t)
	require.Zero(t, m.count(t, storedTexts+" and model <> ''"))
	m.index(t)
	require.Equal(t, []string{"lunch: Salmon, knee-high noodles"}, m.recall(t, "genou"))
}

func TestMemory_OfVeryMuch_ForgetsTheOldestMessagesFirst(t *testing.T) {
	t.Parallel()
	m := newMemory(t, nil)
	m.enable(t, true)
	m.say(t, "I'm allergic to peanuts")
	m.eat(t, "Salmon")
	_, err := m.db.Owner.Exec(t.Context(), `
		insert into public.embeddings (user_id, source_kind, source_id, stale, content, words, at)
		select $1, 'message', gen_random_uuid(), false, 'number ' || n, to_tsvector('simple', 'number ' || n), now() - n * interval '1 day'
		from generate_series(1, 10000) n`, m.ID)
	require.NoError(t, err)
	m.index(t) // a message, a fact and a meal more
	require.Equal(t, 10_000, m.count(t, storedTexts))
	require.Equal(t, 9_997, m.count(t, storedTexts+" and content like 'number %' and at > now() - interval '9998 days'"))
	require.Equal(t, []string{"number 77"}, m.recall(t, "77"))
	require.Equal(t, []string{"I'm allergic to peanuts"}, m.recall(t, "peanuts"))
}

func TestRemember_MoreThan200Facts_ForgetsTheOldest(t *testing.T) {
	t.Parallel()
	m := newMemory(t, nil)
	m.enable(t, true)
	_, message := m.say(t, "hello")
	for n := range 202 {
		kept, err := m.room.Remember(m.as(t), message, fmt.Sprintf("I'm allergic to number %d", n))
		require.NoError(t, err)
		require.Len(t, kept, 1)
	}
	require.Equal(t, 200, m.count(t, storedFacts))
	require.Zero(t, m.count(t, storedFacts+" and content in ('I''m allergic to number 0', 'I''m allergic to number 1')"))
	require.Equal(t, 1, m.count(t, storedFacts+" and content = 'I''m allergic to number 201'"))
}

// prepared has made vectors before, so that no limit of time decides a test: with the race detector the local model is slow.
type prepared struct {
	embed.Embedder
	vectors map[string][]float32
}

func (p prepared) prepare(t testing.TB, texts ...string) {
	t.Helper()
	vectors, err := p.Embedder.Embed(t.Context(), texts)
	require.NoError(t, err)
	for i, text := range texts {
		p.vectors[text] = vectors[i]
	}
}

func (p prepared) Embed(_ context.Context, texts []string) (vectors [][]float32, err error) {
	for _, text := range texts {
		v, ok := p.vectors[text]
		if !ok {
			return nil, fmt.Errorf("no vector of %q was prepared", text)
		}
		vectors = append(vectors, v)
	}
	return vectors, nil
}

// What was said in one language is found by a question in another one, with the local model.
func TestRecall_WithTheLocalModel_FindsAcrossLanguages(t *testing.T) {
	t.Parallel()
	path, err := wheel.EmbeddingModel(t.Context(), nil)
	require.NoError(t, err)
	model := prepared{embed.NewLocal(path), map[string][]float32{}}
	m := newMemory(t, model)
	m.enable(t, true)
	said := []string{
		"Mein linkes Knie tut beim Laufen weh",
		"je n'aime pas le poisson",
		"I'm allergic to peanuts",
		"Entreno los martes y los jueves por la mañana",
		"Quero perder cinco quilos até o verão",
		"I work night shifts at the hospital",
		"Ich trinke abends gern ein Glas Rotwein",
		"J'ai mal au dos depuis que j'ai déménagé",
		"I bought new running shoes last week",
		"Mi hermana se casa en junio",
		"Ich schlafe seit Wochen schlecht",
		"Meu médico disse que o colesterol está alto",
		"We are going on vacation to Italy in August",
		"Je prépare un semi-marathon au printemps",
		"The gym near my office closes at eight",
	}
	model.prepare(t, said...)
	m.say(t, said...)
	m.index(t)
	questions := []struct {
		ask  string
		want int
	}{
		{"What did I say about my knee?", 0},
		{"¿qué te conté de mi rodilla?", 0},
		{"Which food don't I like?", 1},
		{"Mag ich Fisch?", 1},
		{"Gegen welches Lebensmittel bin ich allergisch?", 2},
		{"À quoi suis-je allergique ?", 2},
		{"On which days do I work out?", 3},
		{
			"An welchen Tagen trainiere ich?",
			3,
		},
		{"How much weight do I want to lose?", 4},
		{"Wann arbeite ich?", 5},
		{"¿bebo alcohol por la noche?", 6},
		{
			"Does my back hurt?",
			7,
		},
		{"Welche Laufschuhe habe ich gekauft?", 8},
		{"When is my sister's wedding?", 9},
		{"Do I sleep well?", 10},
		{"Wie ist mein Cholesterin?", 11},
		{"Où est-ce que je pars en vacances ?", 12},
		{"Which race am I training for?", 13},
		{"Wann schließt das Fitnessstudio?", 14},
		{"Por que não consigo dormir?", 10},
	}
	first := 0
	for _, q := range questions {
		model.prepare(t, q.ask)
		got := m.recall(t, q.ask)
		// A fact is found instead of its message, in the same words.
		if len(got) > 0 && got[0] == said[q.want] {
			first++
		} else {
			t.Logf("%s: %q", q.ask, got)
		}
		require.Contains(t, got, said[q.want], q.ask)
	}
	t.Logf("%d of %d questions have it first", first, len(questions))
	require.GreaterOrEqual(t, first, 16)
}

// Recalling among texts of 512 dimensions and 12 words, of a vocabulary of 5 000.
func BenchmarkRecall(b *testing.B) {
	m := newMemory(b, nil)
	m.enable(b, true)
	var question string
	require.NoError(b, m.db.Owner.QueryRow(b.Context(),
		"select 'what did I say about ' || string_agg(left(md5(n::text), 8), ' or ') from unnest(array[17, 2400, 4000]) n").Scan(&question))
	for _, rows := range []int{100, 1000, 10000} {
		_, err := m.db.Owner.Exec(b.Context(), `
			with texts as (
			  select n, string_agg(left(md5((random() ^ 3 * 5000)::integer::text), 8), ' ') as content
			  from generate_series(1, $2::integer) n, generate_series(1, 12) w group by n
			)
			insert into public.embeddings (user_id, source_kind, source_id, stale, content, words, at, model, dimension, embedding)
			select $1, 'message', gen_random_uuid(), false, t.content, to_tsvector('simple', t.content), now(), 'm', 512,
			  (select array_agg(random() - 0.5) from generate_series(1, 512) where t.n > 0)::real[]::extensions.halfvec
			from texts t
			where t.n > (select count(*) from public.embeddings where user_id = $1)`, m.ID, rows)
		require.NoError(b, err)
		_, err = m.db.Owner.Exec(b.Context(), "vacuum analyze public.embeddings")
		require.NoError(b, err)
		vector := make([]float32, 512)
		for i := range vector {
			vector[i] = float32(i%7) - 3
		}
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			for b.Loop() {
				_, err := m.api.DB.Recall(m.as(b), queries.RecallParams{
					UserID: m.ID, Question: question, QuestionVector: vector, Model: "m", LeastSimilarity: 0.2, PageSize: 6,
				})
				require.NoError(b, err)
			}
		})
	}
}

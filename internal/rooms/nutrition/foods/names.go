package foods

import (
	"sync"

	"github.com/google/uuid"
)

// Names has what the starter foods are called in German, French, Spanish and Portuguese: by language and id of the food, the first name that
// the lexicon has. It is read when it is first needed.
var Names = sync.OnceValue(func() map[string]map[uuid.UUID]string {
	names := map[string]map[uuid.UUID]string{}
	own := map[string]bool{}
	err := eachRow("supplement.csv", func(r record) error {
		own[r.text("source_id")] = true
		return r.err
	})
	if err == nil {
		err = eachRow("lexicon.csv", func(r record) error {
			addName(names, r.text("language"), starterID(r.text("food"), own), r.text("word"))
			return r.err
		})
	}
	if err != nil {
		panic(err) // the files are part of the program
	}
	return names
})

// addName adds a name of a food that has none yet.
func addName(names map[string]map[uuid.UUID]string, language string, food uuid.UUID, name string) {
	if names[language] == nil {
		names[language] = map[uuid.UUID]string{}
	}
	if _, has := names[language][food]; !has && food != uuid.Nil {
		names[language][food] = name
	}
}

// starterID returns the id of a starter food by its number at its source, of which own has our own; nil for none.
func starterID(number string, own map[string]bool) uuid.UUID {
	switch {
	case number == "":
		return uuid.Nil
	case own[number]:
		return stableID(Own, number)
	}
	return stableID(SR28, number)
}

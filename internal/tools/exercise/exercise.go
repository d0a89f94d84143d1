// Package exercise is the catalogue of exercises of strength training. It is part of the program and reads no database.
package exercise

import (
	_ "embed"
	"encoding/csv"
	"slices"
	"strings"
	"sync"

	"github.com/ultimatecoach/api/internal/tools/energy"
)

// Exercise is an exercise of the catalogue. Unknown members are "".
type Exercise struct {
	ID, Name, Category, Equipment, Mechanic, Force string
	PrimaryMuscles, SecondaryMuscles               []string
	// LoadMode is what a weight means: external, bodyweight, bodyweight_plus, assisted, band or none.
	LoadMode string
	// PerSide is true when the sides are usually done one after the other.
	PerSide bool
}

//go:embed data/exercises.csv
var file string

// all reads the catalogue when it is first needed. It is part of the program and tested, so reading it cannot fail.
var all = sync.OnceValue(func() []Exercise {
	lines, err := csv.NewReader(strings.NewReader(file)).ReadAll()
	if err != nil {
		panic(err)
	}
	var list []Exercise
	for _, l := range lines[1:] {
		e := Exercise{
			ID: l[0], Name: l[1], Category: l[2], Equipment: l[3], Mechanic: l[4], Force: l[5],
			PrimaryMuscles: muscles(l[6]), SecondaryMuscles: muscles(l[7]), LoadMode: l[8], PerSide: l[9] == "yes",
		}
		if e.LoadMode == "unknown" {
			e.LoadMode = "external"
		}
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b Exercise) int { return strings.Compare(a.Name, b.Name) })
	return list
})

var byID = sync.OnceValue(func() map[string]*Exercise {
	m := map[string]*Exercise{}
	for i := range all() {
		m[all()[i].ID] = &all()[i]
	}
	return m
})

func muscles(list string) []string {
	if list == "" {
		return []string{}
	}
	return strings.Split(list, "|")
}

// Find returns the exercise with that id; nil when there is none.
func Find(id string) *Exercise { return byID()[id] }

// Search returns at most limit exercises by name: those in whose name each word of the query begins a word, with that primary muscle and that
// equipment. "" does not narrow.
func Search(query, muscle, equipment string, limit int) []Exercise {
	var found []Exercise
	for _, e := range all() {
		if len(found) == limit {
			break
		}
		if Matches(e.Name, query) && (muscle == "" || slices.Contains(e.PrimaryMuscles, muscle)) &&
			(equipment == "" || e.Equipment == equipment) {
			found = append(found, e)
		}
	}
	return found
}

// Matches reports whether each word of the query begins a word of the name, without accents and case.
func Matches(name, query string) bool {
	parts := strings.Fields(energy.Normalize(name))
	for word := range strings.FieldsSeq(energy.Normalize(query)) {
		if !slices.ContainsFunc(parts, func(part string) bool { return strings.HasPrefix(part, word) }) {
			return false
		}
	}
	return true
}

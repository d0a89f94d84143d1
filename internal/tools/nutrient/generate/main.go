// Command generate writes everything that repeats the table of nutrients: the schemas in openapi/nutrients.yaml, and the SQL
// lists between a line "-- nutrients: entry" and a line "-- nutrients end". In the entry, {} stands for the column of the
// nutrient, and {n} for its number, from 1. Entries are separated by commas; when the entry ends with a comma, so does the list. `make gen` runs it at the
// root of the repository.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/ultimatecoach/api/internal/tools/nutrient"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run() error {
	egg, err := readEgg("internal/rooms/nutrition/foods/seed/foods.csv.gz")
	if err != nil {
		return fmt.Errorf("read the egg of the starter foods: %w", err)
	}
	if err := os.WriteFile("openapi/nutrients.yaml", []byte(document(egg)), 0o644); err != nil { //nolint:gosec // sources are readable
		return err
	}
	for _, pattern := range []string{"db/queries/*.sql", "db/functions/*.sql"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			return err
		}
		for _, name := range files {
			if err := fillFile(name); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return nil
}

func fillFile(name string) error {
	old, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	filled, err := fill(string(old))
	if err != nil || filled == string(old) {
		return err
	}
	return os.WriteFile(name, []byte(filled), 0o644) //nolint:gosec // sources are readable
}

var begin = regexp.MustCompile(`^(\s*)-- nutrients: (.+)$`)

const maxLine = 138

// fill replaces the lines between the marks of an SQL file.
func fill(sql string) (string, error) {
	var out []string
	inside := false
	for i, line := range strings.Split(sql, "\n") {
		switch mark := begin.FindStringSubmatch(line); {
		case mark != nil && inside:
			return "", fmt.Errorf("line %d: the list before it has no end", i+1)
		case mark != nil:
			inside = true
			out = append(out, line)
			out = append(out, list(mark[1], mark[2])...)
		case strings.TrimSpace(line) == "-- nutrients end":
			if !inside {
				return "", fmt.Errorf("line %d: an end without a list", i+1)
			}
			inside = false
			out = append(out, line)
		case !inside:
			out = append(out, line)
		}
	}
	if inside {
		return "", fmt.Errorf("the last list has no end")
	}
	return strings.Join(out, "\n"), nil
}

// list returns an entry for each nutrient, broken into lines.
func list(indent, entry string) (lines []string) {
	entry, comma := strings.CutSuffix(entry, ",")
	line := indent
	for id, key := range nutrient.Keys() {
		next := strings.NewReplacer("{}", key, "{n}", strconv.Itoa(id+1)).Replace(entry)
		if id < int(nutrient.Count)-1 || comma {
			next += ","
		}
		if len(line)+1+len(next) > maxLine && strings.TrimSpace(line) != "" {
			lines = append(lines, line)
			line = indent
		}
		if strings.TrimSpace(line) != "" {
			line += " "
		}
		line += next
	}
	return append(lines, line)
}

package foods

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// fdcFood is a food of the JSON downloads.
type fdcFood struct {
	ID           int64           `json:"fdcId"`
	DataType     string          `json:"dataType"`
	Description  string          `json:"description"`
	NDB          json.RawMessage `json:"ndbNumber"`
	BrandOwner   string          `json:"brandOwner"`
	BrandName    string          `json:"brandName"`
	GTIN         string          `json:"gtinUpc"`
	ServingSize  *float64        `json:"servingSize"`
	ServingUnit  string          `json:"servingSizeUnit"`
	Household    string          `json:"householdServingFullText"`
	Branded      string          `json:"brandedFoodCategory"`
	FoodCategory struct {
		Description string `json:"description"`
	} `json:"foodCategory"`
	Nutrients []struct {
		Nutrient struct {
			ID     int    `json:"id"`
			Number string `json:"number"`
		} `json:"nutrient"`
		Amount *float64 `json:"amount"`
	} `json:"foodNutrients"`
	Portions []struct {
		Sequence    int      `json:"sequenceNumber"`
		Amount      *float64 `json:"amount"`
		Value       *float64 `json:"value"`
		Modifier    string   `json:"modifier"`
		Description string   `json:"portionDescription"`
		Grams       *float64 `json:"gramWeight"`
		Unit        struct {
			Name string `json:"name"`
		} `json:"measureUnit"`
	} `json:"foodPortions"`
}

// csvTypeOf maps the data types of the JSON downloads to those of the CSV.
var csvTypeOf = map[string]string{
	"Foundation":     "foundation_food",
	"SR Legacy":      "sr_legacy_food",
	"Survey (FNDDS)": "survey_fndds_food",
	"Branded":        "branded_food",
}

// stageJSON copies {"FoundationFoods": [food, …]} into the staging tables, reading one food at a time.
func (im *Import) stageJSON(ctx context.Context, in io.Reader) error {
	decoder := json.NewDecoder(bufio.NewReaderSize(in, 1<<20))
	if err := skipToList(decoder); err != nil {
		return err
	}
	var rows stagedRows
	for decoder.More() {
		var f *fdcFood
		if err := decoder.Decode(&f); err != nil {
			return err
		}
		im.showProgress()
		if f == nil || csvTypeOf[f.DataType] == "" {
			continue
		}
		rows.add(f)
		if len(rows.foods) >= batchSize {
			if err := rows.copy(ctx, im.conn); err != nil {
				return err
			}
		}
	}
	return rows.copy(ctx, im.conn)
}

// skipToList reads up to the list of foods: the list itself, or the first one in an object.
func skipToList(decoder *json.Decoder) error {
	for depth := 0; ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return errors.New("no list of foods in it")
		}
		if err != nil {
			return err
		}
		if token == json.Delim('{') {
			depth++
		}
		if token == json.Delim('[') && depth <= 1 {
			return nil
		}
	}
}

// stagedRows are rows for the staging tables.
type stagedRows struct{ foods, nutrients, portions [][]any }

func (s *stagedRows) add(f *fdcFood) {
	ndb := orNull(strings.Trim(string(f.NDB), `"`))
	if f.DataType != "SR Legacy" {
		ndb = nil // Foundation foods have an NDB number, too, but are newer than the starter foods
	}
	row := []any{f.ID, csvTypeOf[f.DataType], oneLine(f.Description, maxName), ndb}
	s.foods = append(s.foods, append(row, brandColumns(firstNonEmpty(f.BrandName, f.BrandOwner), f.GTIN, f.ServingSize, f.ServingUnit,
		f.Household, firstNonEmpty(f.Branded, f.FoodCategory.Description))...))
	for _, n := range f.Nutrients {
		id := strconv.Itoa(n.Nutrient.ID)
		if n.Nutrient.ID == 0 {
			id = n.Nutrient.Number
		}
		if row, ok := nutrientColumns(f.ID, id, n.Amount); ok {
			s.nutrients = append(s.nutrients, row)
		}
	}
	for i, p := range f.Portions {
		amount := p.Amount
		if amount == nil {
			amount = p.Value
		}
		if p.Sequence == 0 {
			p.Sequence = i + 1
		}
		// In FNDDS the modifier is a number without a meaning for people.
		if _, err := strconv.Atoi(p.Modifier); err == nil {
			p.Modifier = ""
		}
		if label, ok := portionLabel(p.Description, amount, p.Unit.Name, p.Modifier); ok && p.Grams != nil {
			s.portions = append(s.portions, []any{f.ID, int32(p.Sequence), label, *p.Grams})
		}
	}
}

// copy writes the rows into the staging tables and forgets them.
func (s *stagedRows) copy(ctx context.Context, conn *pgx.Conn) error {
	for _, part := range []struct {
		table   string
		columns []string
		rows    [][]any
	}{
		{"staged_foods", append([]string{"fdc_id", "kind", "name", "ndb"}, brandNames...), s.foods},
		{"staged_nutrients", []string{"fdc_id", "nutrient", "preference", "amount"}, s.nutrients},
		{"staged_portions", []string{"fdc_id", "seq", "label", "grams"}, s.portions},
	} {
		if _, err := conn.CopyFrom(ctx, pgx.Identifier{part.table}, part.columns, pgx.CopyFromRows(part.rows)); err != nil {
			return err
		}
	}
	s.foods, s.nutrients, s.portions = s.foods[:0], s.nutrients[:0], s.portions[:0]
	return nil
}

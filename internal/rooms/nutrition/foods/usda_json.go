package foods

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/ultimatecoach/api/internal/tools/nutrient"
	"github.com/ultimatecoach/api/internal/tools/text"
)

// fdcFood is a food of the JSON downloads, in full or abridged. Numbers may be written as texts and the other way round.
type fdcFood struct {
	ID           looseNumber `json:"fdcId"`
	DataType     looseText   `json:"dataType"`
	Description  looseText   `json:"description"`
	NDB          looseText   `json:"ndbNumber"`
	BrandOwner   looseText   `json:"brandOwner"`
	BrandName    looseText   `json:"brandName"`
	GTIN         looseText   `json:"gtinUpc"`
	ServingSize  looseNumber `json:"servingSize"`
	ServingUnit  looseText   `json:"servingSizeUnit"`
	Household    looseText   `json:"householdServingFullText"`
	Branded      looseText   `json:"brandedFoodCategory"`
	FoodCategory looseText   `json:"foodCategory"` // {"description": "Fruits"} or "Fruits"
	Nutrients    []struct {
		Nutrient struct {
			ID     looseText `json:"id"`
			Number looseText `json:"number"`
		} `json:"nutrient"`
		Amount looseNumber `json:"amount"`
		// Abridged.
		ID     looseText   `json:"nutrientId"`
		Number looseText   `json:"number"`
		Value  looseNumber `json:"value"`
	} `json:"foodNutrients"`
	Label    fdcLabel `json:"labelNutrients"` // of one serving
	Portions []struct {
		Sequence    looseNumber `json:"sequenceNumber"`
		Amount      looseNumber `json:"amount"`
		Value       looseNumber `json:"value"`
		Modifier    looseText   `json:"modifier"`
		Description looseText   `json:"portionDescription"`
		Grams       looseNumber `json:"gramWeight"`
		Unit        struct {
			Name looseText `json:"name"`
		} `json:"measureUnit"`
	} `json:"foodPortions"`
}

// fdcLabel are the amounts of a label by their names: {"fat": {"value": 8.99}}.
type fdcLabel map[string]looseNumber

// UnmarshalJSON reads all fields.
func (l *fdcLabel) UnmarshalJSON(b []byte) error {
	*l = fdcLabel{}
	for name, value := range fieldsOf(b) {
		(*l)[name] = numberOf(value)
	}
	return nil
}

// fdcTypes maps the data types of the JSON downloads, in lower case, to those of the CSV.
var fdcTypes = map[string]string{
	"foundation": "foundation_food", "sr legacy": "sr_legacy_food", "survey (fndds)": "survey_fndds_food", "branded": "branded_food",
}

func (f *fdcFood) csvType() string { return fdcTypes[strings.ToLower(text.Clean(string(f.DataType)))] }

// fdcLists are the fields of the JSON downloads that hold the foods.
var fdcLists = []string{"FoundationFoods", "SRLegacyFoods", "SurveyFoods", "BrandedFoods"}

// stageJSON copies {"FoundationFoods": [food, …]} into the staging tables, reading one food at a time.
func (im *Import) stageJSON(ctx context.Context, in io.Reader) error {
	in, err := readable(in)
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bufio.NewReaderSize(in, 1<<20))
	if err := skipToList(decoder); err != nil {
		return err
	}
	var rows stagedRows
	for decoder.More() {
		var raw json.RawMessage
		if err := decoder.Decode(&raw); err != nil {
			return err
		}
		im.showProgress()
		var f *fdcFood
		switch err := json.Unmarshal(raw, &f); {
		case err != nil:
			im.addUnreadable(im.done+1, "food "+text.Cut(string(raw), 40))
			continue
		case f == nil || f.csvType() == "":
			continue
		case f.ID.v == nil || *f.ID.v < 1:
			im.addUnreadable(im.done+1, text.Cut(string(f.Description), 40))
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

// skipToList reads up to the list of foods: the root, or a field with one of the names of the downloads.
func skipToList(decoder *json.Decoder) error {
	root, err := decoder.Token()
	switch {
	case errors.Is(err, io.EOF):
		return errors.New("no list of foods in it: it is empty")
	case err != nil:
		return err
	case root == json.Delim('['):
		return nil
	case root != json.Delim('{'):
		return errors.New("no list of foods in it")
	}
	var fields []string
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return err
		}
		field, _ := token.(string)
		if slices.Contains(fdcLists, field) {
			if list, err := decoder.Token(); err != nil || list != json.Delim('[') {
				return errors.Join(fmt.Errorf("%q is no list of foods", field), err)
			}
			return nil
		}
		fields = append(fields, field)
		var skipped json.RawMessage
		if decoder.Decode(&skipped) != nil {
			break
		}
	}
	return fmt.Errorf("no list of foods in it: a JSON object with %s, and none of %s", quoted(fields), strings.Join(fdcLists, ", "))
}

// stagedRows are rows for the staging tables.
type stagedRows struct{ foods, brands, legacy, nutrients, portions [][]any }

func (s *stagedRows) add(f *fdcFood) {
	id := int64(*f.ID.v)
	s.foods = append(s.foods, []any{id, f.csvType(), text.Cut(string(f.Description), maxName)})
	if f.csvType() == "sr_legacy_food" { // Foundation foods have an NDB number, too, but are newer than the starter foods
		s.legacy = append(s.legacy, []any{id, string(f.NDB)})
	}
	brand := text.FirstNonEmpty(string(f.BrandName), string(f.BrandOwner))
	category := text.FirstNonEmpty(string(f.Branded), string(f.FoodCategory))
	row := brandRow(id, brand, string(f.GTIN), f.ServingSize.v, string(f.ServingUnit), string(f.Household), category)
	s.brands = append(s.brands, row)
	for _, n := range f.Nutrients {
		number := text.FirstNonEmpty(nonZero(n.Nutrient.ID), nonZero(n.ID), string(n.Nutrient.Number), string(n.Number))
		if row, ok := nutrientColumns(id, number, cmp.Or(n.Amount.v, n.Value.v)); ok {
			s.nutrients = append(s.nutrients, row)
		}
	}
	s.addLabel(id, f)
	for i, p := range f.Portions {
		sequence := i + 1
		if p.Sequence.v != nil && *p.Sequence.v > 0 {
			sequence = int(*p.Sequence.v)
		}
		modifier := string(p.Modifier)
		// In FNDDS the modifier is a number without a meaning for people.
		if _, err := strconv.Atoi(modifier); err == nil {
			modifier = ""
		}
		label, ok := portionLabel(string(p.Description), cmp.Or(p.Amount.v, p.Value.v), string(p.Unit.Name), modifier)
		if ok && p.Grams.v != nil {
			s.portions = append(s.portions, []any{id, int32(sequence), label, *p.Grams.v})
		}
	}
}

// addLabel adds the amounts of the label, for 100 g. A label whose serving has no weight, or less than minReference, says nothing
// about 100 g.
func (s *stagedRows) addLabel(food int64, f *fdcFood) {
	if f.ServingSize.v == nil {
		return
	}
	serving, ok := brandedServing(*f.ServingSize.v, string(f.ServingUnit), "")
	if !ok || serving.Grams < minReference {
		return
	}
	for name, amount := range f.Label {
		if id, known := nutrient.FDCLabel[name]; known && amount.v != nil {
			s.nutrients = append(s.nutrients, []any{food, int16(id), int16(labelPreference), *amount.v * 100 / serving.Grams})
		}
	}
}

// nonZero returns a number as text, "" for 0, which means that there is none.
func nonZero(number looseText) string {
	if number == "0" {
		return ""
	}
	return string(number)
}

// copy writes the rows into the staging tables and forgets them.
func (s *stagedRows) copy(ctx context.Context, conn *pgx.Conn) error {
	for _, part := range []struct {
		table   string
		columns []string
		rows    *[][]any
	}{
		{"staged_foods", []string{"fdc_id", "kind", "name"}, &s.foods},
		{"staged_brands", brandNames, &s.brands},
		{"staged_legacy", []string{"fdc_id", "ndb"}, &s.legacy},
		{"staged_nutrients", []string{"fdc_id", "nutrient", "preference", "amount"}, &s.nutrients},
		{"staged_portions", []string{"fdc_id", "seq", "label", "grams"}, &s.portions},
	} {
		if _, err := conn.CopyFrom(ctx, pgx.Identifier{part.table}, part.columns, pgx.CopyFromRows(*part.rows)); err != nil {
			return err
		}
		*part.rows = (*part.rows)[:0]
	}
	return nil
}

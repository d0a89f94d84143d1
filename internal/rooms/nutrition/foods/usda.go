package foods

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/ultimatecoach/api/internal/tools/nutrient"
	"github.com/ultimatecoach/api/internal/tools/text"
)

// fdcSource is what a nutrient number of FoodData Central means: which nutrient, and its preference, 0 before 1.
type fdcSource struct {
	id         nutrient.ID
	preference int
}

var fdcNutrients = func() map[string]fdcSource {
	numbers := map[string]fdcSource{}
	for id, n := range nutrient.Table {
		for preference, source := range n.FDC {
			numbers[source.Name] = fdcSource{nutrient.ID(id), preference}
		}
	}
	return numbers
}()

// eatenTypes are the data types of foods that people eat. The others are samples and analyses.
var eatenTypes = map[string]bool{"foundation_food": true, "sr_legacy_food": true, "survey_fndds_food": true, "branded_food": true}

// USDA imports downloads of FoodData Central (SR Legacy, Foundation, FNDDS, Branded): CSV as zip or unpacked folder, JSON
// as zip or file. The rows are copied into temporary tables first, because the CSV has foods and nutrients in separate
// files of gigabytes. Then they are written in the order of their ids, so that the newest usable entry of a barcode stays.
func (im *Import) USDA(ctx context.Context, paths ...string) (Report, error) {
	defer im.close(ctx)
	if err := im.open(ctx, FoodData, paths...); err != nil {
		return im.report, err
	}
	im.begin("reading")
	if _, err := im.conn.Exec(ctx, createStaging); err != nil {
		return im.report, fmt.Errorf("make the staging tables: %w", err)
	}
	for _, path := range paths {
		if err := im.stageDownload(ctx, path); err != nil {
			return im.report, fmt.Errorf("%s: %w", path, err)
		}
	}
	im.begin("sorting")
	for _, table := range stagingTables {
		if _, err := im.conn.Exec(ctx, "create index on "+table+" (fdc_id); analyze "+table); err != nil {
			return im.report, fmt.Errorf("prepare the staging tables: %w", err)
		}
	}
	if err := im.dropDuplicates(ctx); err != nil {
		return im.report, err
	}
	for last := im.done; ; {
		foods, err := im.readStaged(ctx, last)
		if err != nil {
			return im.report, fmt.Errorf("read the staging tables: %w", err)
		}
		if len(foods) == 0 {
			return im.finish(ctx, last)
		}
		for _, f := range foods {
			last = f.id // newer entries have larger ids
			if err := im.add(ctx, f.Food, last, last, f.found...); err != nil {
				return im.report, err
			}
		}
	}
}

const createStaging = `
	create temp table staged_foods (fdc_id bigint, kind text, name text);
	create temp table staged_nutrients (fdc_id bigint, nutrient smallint, preference smallint, amount float8);
	create temp table staged_portions (fdc_id bigint, seq integer, label text, grams float8);
	create temp table staged_brands (
	  fdc_id bigint, brand text, gtin text, gtin_text text, serving_grams float8, serving_unit text, household text, category text
	);
	create temp table staged_legacy (fdc_id bigint, ndb text);`

var stagingTables = []string{"staged_foods", "staged_nutrients", "staged_portions", "staged_brands", "staged_legacy"}

// dropDuplicates deletes foods that are starter foods already.
func (im *Import) dropDuplicates(ctx context.Context) error {
	rows, err := im.conn.Query(ctx, `
		delete from staged_foods f
		using staged_legacy l
		where l.fdc_id = f.fdc_id and exists (
		  select from public.foods s where s.source = $1 and s.source_id = lpad(l.ndb, 5, '0') and s.created_by is null)
		returning f.fdc_id`, SR28)
	if err != nil {
		return err
	}
	var id int64
	_, err = pgx.ForEachRow(rows, []any{&id}, func() error {
		im.report.Rows++
		im.addFinding(Superseded, strconv.FormatInt(id, 10))
		return nil
	})
	return err
}

// stagedFood is a food with its FDC id and what was found while reading it.
type stagedFood struct {
	Food
	id    int64
	found []Finding
}

// stagedQuery selects the foods after $1 with their nutrients and portions, $2 at most.
const stagedQuery = `
	select f.fdc_id, f.kind, f.name, coalesce(b.brand, ''), coalesce(b.gtin, ''), coalesce(b.gtin_text, ''), b.serving_grams,
	  coalesce(b.serving_unit, ''), coalesce(b.household, ''), coalesce(b.category, ''),
	  n.nutrients, n.preferences, n.amounts, p.labels, p.grams
	from (select * from staged_foods where fdc_id > $1 order by fdc_id limit $2) f
	left join lateral (select * from staged_brands b where b.fdc_id = f.fdc_id limit 1) b on true
	left join lateral (
	  select array_agg(nutrient) as nutrients, array_agg(preference) as preferences, array_agg(amount) as amounts
	  from staged_nutrients n where n.fdc_id = f.fdc_id
	) n on true
	left join lateral (
	  select array_agg(label order by seq) as labels, array_agg(grams order by seq) as grams from staged_portions p where p.fdc_id = f.fdc_id
	) p on true
	order by f.fdc_id`

// readStaged returns the next foods in the order of their ids.
func (im *Import) readStaged(ctx context.Context, after int64) ([]stagedFood, error) {
	rows, err := im.conn.Query(ctx, stagedQuery, after, batchSize)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanStaged)
}

func scanStaged(row pgx.CollectableRow) (out stagedFood, err error) {
	var kind, gtinText, unit, household, category string
	var weight *float64
	var ids, preferences []int16
	var amounts, grams []float64
	var labels []string
	err = row.Scan(&out.id, &kind, &out.Name, &out.Brand, &out.Barcode, &gtinText, &weight, &unit, &household, &category,
		&ids, &preferences, &amounts, &labels, &grams)
	if err != nil {
		return out, err
	}
	out.SourceID, out.Tier = strconv.FormatInt(out.id, 10), TierPlain
	if kind == "branded_food" {
		out.Tier = TierRest
	}
	if gtinText != "" && out.Barcode == "" {
		out.found = append(out.found, BadBarcode)
	}
	out.Nutrients = stagedValues(ids, preferences, amounts)
	if weight != nil && *weight > 0 {
		if s, ok := brandedServing(*weight, unit, household); ok {
			out.Servings = append(out.Servings, s)
		} else {
			out.found = append(out.found, DroppedPortion)
		}
	}
	var portions []Serving
	for i, label := range labels {
		portions = append(portions, Serving{Label: label, Grams: grams[i]})
	}
	out.Servings = append(out.Servings, sortByHouseholdUse(portions, category)...)
	for i := range out.Servings {
		out.Servings[i].IsDefault = i == 0
	}
	return out, nil
}

// labelPreference is the preference of staged amounts of a label. The others count from 0.
const labelPreference = -1

// stagedValues returns the most plausible values of the amounts of a food, which come with their preference: those of foodNutrients
// before those of the label.
func stagedValues(ids, preferences []int16, staged []float64) nutrient.Values {
	order := make([]int, len(ids))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(preferences[a], preferences[b]) })
	var all, label amounts
	for _, i := range order {
		id := nutrient.ID(ids[i])
		if preferences[i] == labelPreference {
			label.add(id, staged[i])
			continue
		}
		all.add(id, staged[i]*nutrient.Table[id].FDC[preferences[i]].Factor)
	}
	return bestValues([]amounts{all, label})
}

// brandedServing returns the serving of a label. Millilitres count as grams: labels give no density, and that of drinks is
// nearly that of water.
func brandedServing(size float64, unit, household string) (Serving, bool) {
	var shown string
	switch strings.ToLower(unit) {
	case "g", "grm", "gm":
		shown = "g"
	case "ml", "mlt":
		shown = "ml"
	default:
		return Serving{}, false
	}
	amount := strconv.FormatFloat(size, 'f', -1, 64) + " " + shown
	if household = strings.ToLower(text.Cut(household, 80)); household != "" {
		amount = household + " (" + amount + ")"
	}
	return Serving{Label: amount, Grams: size}, true
}

// brandNames are the columns that brandRow returns.
var brandNames = []string{"fdc_id", "brand", "gtin", "gtin_text", "serving_grams", "serving_unit", "household", "category"}

func brandRow(id int64, brand, gtinText string, size *float64, unit, household, category string) []any {
	gtinText = strings.TrimSpace(gtinText)
	var gtin *string
	if g, ok := SourceGTIN14(gtinText); ok {
		gtin = &g
	}
	return []any{
		id, text.Cut(brand, maxBrand), gtin, text.Cut(gtinText, 50), size, unit, text.Cut(household, maxLabel),
		text.Cut(category, maxLabel),
	}
}

func nutrientColumns(id int64, number string, amount *float64) ([]any, bool) {
	number, _, _ = strings.Cut(number, ".") // a spreadsheet may write 1008.0
	n, ok := fdcNutrients[number]
	if !ok || amount == nil || id == 0 {
		return nil, false
	}
	return []any{id, int16(n.id), int16(n.preference), *amount}, true
}

// portionLabel returns the label of a portion, which the data types describe in three ways.
func portionLabel(description string, amount *float64, unit, modifier string) (string, bool) {
	if description = text.Cut(description, maxLabel); description != "" && !strings.EqualFold(description, "Quantity not specified") {
		return description, true
	}
	if unit == "undetermined" {
		unit = ""
	}
	label := text.Cut(strings.Join([]string{unit, modifier}, " "), 80)
	if amount == nil || label == "" {
		return "", false
	}
	return strconv.FormatFloat(*amount, 'f', -1, 64) + " " + label, true
}

package foods

import (
	"archive/zip"
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/ultimatecoach/api/internal/tools/nutrient"
)

// fdcNutrient is where one of FoodData Central's numbers goes: which nutrient it is, and how many others are preferred.
type fdcNutrient struct {
	id    nutrient.ID
	place int
}

var fdcNutrients = func() map[string]fdcNutrient {
	numbers := map[string]fdcNutrient{}
	for id, n := range nutrient.Table {
		for place, source := range n.FDC {
			numbers[source.Name] = fdcNutrient{nutrient.ID(id), place}
		}
	}
	return numbers
}()

// kinds are the foods that people eat; the samples and analyses they were made from are not.
var kinds = map[string]bool{"foundation_food": true, "sr_legacy_food": true, "survey_fndds_food": true, "branded_food": true}

// USDA imports downloads of FoodData Central, SR Legacy, Foundation, FNDDS and Branded alike: CSV as zip or unpacked
// folder, JSON as zip or file. They are staged in temporary tables first, since the CSV keeps nutrients and foods apart
// in files of gigabytes, and then written in the order of their ids, so that of one barcode the newest entry stays.
func (im *Import) USDA(ctx context.Context, paths ...string) (Report, error) {
	defer im.close(ctx)
	done, err := im.open(ctx, FoodData, paths...)
	if err != nil {
		return im.report, err
	}
	im.phase = "reading"
	if _, err := im.conn.Exec(ctx, makeStage); err != nil {
		return im.report, fmt.Errorf("make the staging tables: %w", err)
	}
	for _, path := range paths {
		if err := im.stage(ctx, path); err != nil {
			return im.report, fmt.Errorf("%s: %w", path, err)
		}
	}
	im.phase = "sorting"
	im.told = im.told.AddDate(-1, 0, 0)
	im.tell()
	for _, statement := range settleStage {
		if _, err := im.conn.Exec(ctx, statement); err != nil {
			return im.report, fmt.Errorf("settle the staging tables: %w", err)
		}
	}
	if err := im.noteDuplicates(ctx); err != nil {
		return im.report, err
	}
	im.phase = "importing"
	for {
		foods, err := im.staged(ctx, done)
		if err != nil {
			return im.report, fmt.Errorf("read what was staged: %w", err)
		}
		if len(foods) == 0 {
			return im.finish(ctx, done)
		}
		for _, f := range foods {
			done = f.id
			if err := im.add(ctx, f.Food, done, f.found...); err != nil {
				return im.report, err
			}
		}
	}
}

const makeStage = `
	create temp table staged_foods (
	  fdc_id bigint, kind text, name text, ndb text, brand text, gtin text, gtin_text text,
	  serving_grams float8, serving_unit text, household text, category text
	);
	create temp table staged_nutrients (fdc_id bigint, nutrient smallint, place smallint, amount float8);
	create temp table staged_portions (fdc_id bigint, seq integer, label text, grams float8);
	create temp table staged_brands (
	  fdc_id bigint, brand text, gtin text, gtin_text text, serving_grams float8, serving_unit text, household text, category text
	);
	create temp table staged_legacy (fdc_id bigint, ndb text);`

var settleStage = []string{
	`create index on staged_brands (fdc_id)`,
	`update staged_foods f
	 set brand = b.brand, gtin = b.gtin, gtin_text = b.gtin_text, serving_grams = b.serving_grams, serving_unit = b.serving_unit, household = b.household, category = b.category
	 from staged_brands b where b.fdc_id = f.fdc_id`,
	`update staged_foods f set ndb = l.ndb from staged_legacy l where l.fdc_id = f.fdc_id`,
	`create index on staged_foods (fdc_id)`,
	`create index on staged_foods (gtin, fdc_id) where gtin is not null`,
	`create index on staged_nutrients (fdc_id)`,
	`create index on staged_portions (fdc_id)`,
	`analyze staged_foods`,
	`analyze staged_nutrients`,
}

// noteDuplicates drops entries that a newer one of the same product replaces, and foods that the starter foods have.
func (im *Import) noteDuplicates(ctx context.Context) error {
	rows, err := im.conn.Query(ctx, `
		delete from staged_foods f
		where exists (select from staged_foods n where n.gtin = f.gtin and n.fdc_id > f.fdc_id)
		  or f.ndb is not null and exists (
		    select from public.foods s where s.source = $1 and s.source_id = lpad(f.ndb, 5, '0') and s.created_by is null)
		returning f.fdc_id`, SR28)
	if err != nil {
		return err
	}
	var id int64
	_, err = pgx.ForEachRow(rows, []any{&id}, func() error {
		im.report.Rows++
		im.note(Superseded, strconv.FormatInt(id, 10))
		return nil
	})
	return err
}

// stagedFood is a food and how far the import is with it.
type stagedFood struct {
	Food
	id    int64
	found []Finding
}

// staged answers the next foods by id.
func (im *Import) staged(ctx context.Context, after int64) ([]stagedFood, error) {
	rows, err := im.conn.Query(ctx, `
		select f.fdc_id, f.kind, f.name, coalesce(f.brand, ''), coalesce(f.gtin, ''), coalesce(f.gtin_text, ''), f.serving_grams,
		  coalesce(f.serving_unit, ''), coalesce(f.household, ''), coalesce(f.category, ''),
		  n.nutrients, n.places, n.amounts, p.labels, p.grams
		from (select * from staged_foods where fdc_id > $1 order by fdc_id limit $2) f
		left join lateral (
		  select array_agg(nutrient) as nutrients, array_agg(place) as places, array_agg(amount) as amounts from staged_nutrients n where n.fdc_id = f.fdc_id
		) n on true
		left join lateral (
		  select array_agg(label order by seq) as labels, array_agg(grams order by seq) as grams from staged_portions p where p.fdc_id = f.fdc_id
		) p on true
		order by f.fdc_id`, after, batchSize)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (out stagedFood, err error) {
		var kind, gtinText, unit, household, category string
		var weight *float64
		var ids, places []int16
		var amounts, grams []float64
		var labels []string
		err = row.Scan(&out.id, &kind, &out.Name, &out.Brand, &out.Barcode, &gtinText, &weight, &unit, &household, &category, &ids, &places, &amounts, &labels, &grams)
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
		out.Nutrients = preferred(ids, places, amounts)
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
		out.Servings = append(out.Servings, byKitchen(portions, category)...)
		for i := range out.Servings {
			out.Servings[i].IsDefault = i == 0
		}
		return out, nil
	})
}

// preferred takes of each nutrient the amount whose place is the first.
func preferred(ids, places []int16, amounts []float64) (v nutrient.Values) {
	var place [nutrient.Count]int16
	for i, id := range ids {
		n := nutrient.ID(id)
		if !v.Knows(n) || places[i] < place[n] {
			v.Set(n, amounts[i]*nutrient.Table[n].FDC[places[i]].Factor)
			place[n] = places[i]
		}
	}
	return v
}

// brandedServing is a label's serving. One in millilitres is read as grams: labels give no density, and drinks have
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
	if household = strings.ToLower(tidy(household, 80)); household != "" {
		amount = household + " (" + amount + ")"
	}
	return Serving{Label: amount, Grams: size}, true
}

// stage reads one download into the staging tables.
func (im *Import) stage(ctx context.Context, name string) error {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return err
	case info.IsDir():
		return im.stageFolder(ctx, os.DirFS(name))
	case strings.EqualFold(filepath.Ext(name), ".zip"):
		archive, err := zip.OpenReader(name)
		if err != nil {
			return err
		}
		defer archive.Close()
		im.size += unpacked(archive) - info.Size() // progress counts what is unpacked
		return im.stageFolder(ctx, archive)
	}
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	return im.stageJSON(ctx, im.count(file))
}

func unpacked(archive *zip.ReadCloser) (size int64) {
	for _, f := range archive.File {
		if base := path.Base(f.Name); csvFiles[base] || strings.HasSuffix(base, ".json") {
			size += int64(f.UncompressedSize64)
		}
	}
	return size
}

var csvFiles = map[string]bool{
	"food.csv": true, "food_nutrient.csv": true, "food_portion.csv": true, "measure_unit.csv": true, "branded_food.csv": true, "sr_legacy_food.csv": true, "food_category.csv": true,
}

// stageFolder finds the files that matter, however deep the download keeps them.
func (im *Import) stageFolder(ctx context.Context, files fs.FS) error {
	found := map[string]string{}
	var jsons []string
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if base := path.Base(name); csvFiles[base] && found[base] == "" {
			found[base] = name
		} else if strings.HasSuffix(base, ".json") {
			jsons = append(jsons, name)
		}
		return nil
	})
	if err != nil {
		return err
	}
	read := func(name string, take func(io.Reader) error) error {
		f, err := files.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := take(im.count(f)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return nil
	}
	for _, name := range jsons {
		if err := read(name, func(in io.Reader) error { return im.stageJSON(ctx, in) }); err != nil {
			return err
		}
	}
	if found["food.csv"] == "" {
		if len(jsons) == 0 {
			return errors.New("neither food.csv nor JSON of FoodData Central in it")
		}
		return nil
	}
	if found["food_nutrient.csv"] == "" {
		return errors.New("there is no food_nutrient.csv beside food.csv")
	}
	units := map[string]string{}
	steps := []struct {
		file    string
		table   string
		columns []string
		row     func(*record) ([]any, bool)
	}{
		{"measure_unit.csv", "", nil, func(r *record) ([]any, bool) {
			units[r.text("id")] = r.text("name")
			return nil, false
		}},
		{"food.csv", "staged_foods", []string{"fdc_id", "kind", "name"}, func(r *record) ([]any, bool) {
			return []any{r.fdcID(), r.text("data_type"), tidy(r.text("description"), maxName)}, kinds[r.text("data_type")]
		}},
		{"sr_legacy_food.csv", "staged_legacy", []string{"fdc_id", "ndb"}, func(r *record) ([]any, bool) {
			return []any{r.fdcID(), r.text("ndb_number")}, true
		}},
		{"branded_food.csv", "staged_brands", []string{"fdc_id", "brand", "gtin", "gtin_text", "serving_grams", "serving_unit", "household", "category"}, func(r *record) ([]any, bool) {
			return append([]any{r.fdcID()}, brandColumns(firstText(r.text("brand_name"), r.text("brand_owner")), r.text("gtin_upc"), r.number("serving_size"),
				r.text("serving_size_unit"), r.text("household_serving_fulltext"), r.text("branded_food_category"))...), true
		}},
		{"food_portion.csv", "staged_portions", []string{"fdc_id", "seq", "label", "grams"}, func(r *record) ([]any, bool) {
			label, ok := portionLabel(r.text("portion_description"), r.number("amount"), units[r.text("measure_unit_id")], r.text("modifier"))
			grams := r.number("gram_weight")
			if !ok || grams == nil {
				return nil, false
			}
			return []any{r.fdcID(), int32(r.integer("seq_num")), label, *grams}, true
		}},
		{"food_nutrient.csv", "staged_nutrients", []string{"fdc_id", "nutrient", "place", "amount"}, func(r *record) ([]any, bool) {
			return nutrientColumns(r.fdcID(), r.text("nutrient_id"), r.number("amount"))
		}},
	}
	for _, step := range steps {
		if found[step.file] == "" {
			continue
		}
		err := read(found[step.file], func(in io.Reader) error { return im.stageCSV(ctx, in, step.table, step.columns, step.row) })
		if err != nil {
			return err
		}
	}
	return nil
}

func brandColumns(brand, gtinText string, size *float64, unit, household, category string) []any {
	gtinText = strings.TrimSpace(gtinText)
	var gtin *string
	if g, ok := GTIN14(gtinText); ok {
		gtin = &g
	} else if g, ok := GTIN14(strings.Repeat("0", max(0, 12-len(gtinText))) + gtinText); ok && len(gtinText) > 8 {
		gtin = &g // leading zeros got lost in a spreadsheet
	}
	return []any{tidy(brand, maxBrand), gtin, tidy(gtinText, 50), size, unit, tidy(household, maxLabel), tidy(category, maxLabel)}
}

func nutrientColumns(id int64, number string, amount *float64) ([]any, bool) {
	number, _, _ = strings.Cut(number, ".") // a spreadsheet may write 1008.0
	n, ok := fdcNutrients[number]
	if !ok || amount == nil || id == 0 {
		return nil, false
	}
	return []any{id, int16(n.id), int16(n.place), *amount}, true
}

// portionLabel reads the three ways in which the data types describe a portion.
func portionLabel(description string, amount *float64, unit, modifier string) (string, bool) {
	if description = tidy(description, maxLabel); description != "" && !strings.EqualFold(description, "Quantity not specified") {
		return description, true
	}
	if unit == "undetermined" {
		unit = ""
	}
	label := tidy(strings.Join([]string{unit, modifier}, " "), 80)
	if amount == nil || label == "" {
		return "", false
	}
	return strconv.FormatFloat(*amount, 'f', -1, 64) + " " + label, true
}

// fdcID reads the id of the food that a row is about.
func (r *record) fdcID() int64 {
	n, err := strconv.ParseInt(r.text("fdc_id"), 10, 64)
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("fdc_id: %q is not a number", r.text("fdc_id"))
	}
	return n
}

// stageCSV copies the rows that take answers into a table, and notes those with a number that cannot be read. Without a
// table it only reads.
func (im *Import) stageCSV(ctx context.Context, in io.Reader, table string, columns []string, take func(*record) ([]any, bool)) error {
	rows := csv.NewReader(bufio.NewReaderSize(in, 1<<20))
	rows.ReuseRecord, rows.LazyQuotes, rows.FieldsPerRecord = true, true, -1
	head, err := rows.Read()
	if err != nil {
		return err
	}
	r := record{columns: map[string]int{}}
	for i, name := range head {
		r.columns[strings.ToLower(strings.TrimPrefix(strings.TrimSpace(name), "\ufeff"))] = i
	}
	source := pgx.CopyFromFunc(func() ([]any, error) {
		for {
			fields, err := rows.Read()
			if errors.Is(err, io.EOF) {
				return nil, nil
			}
			if err != nil {
				return nil, err
			}
			im.tell()
			r.fields, r.err = fields, nil
			row, ok := take(&r)
			if r.err != nil {
				im.note(Unreadable, r.text("fdc_id"))
			} else if ok {
				return row, nil
			}
		}
	})
	if table == "" {
		for {
			row, err := source.Next(), source.Err()
			if err != nil || !row {
				return err
			}
		}
	}
	_, err = im.conn.CopyFrom(ctx, pgx.Identifier{table}, columns, source)
	return err
}

// fdcFood is a food as the JSON downloads have it.
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

// kindOf maps the words of the JSON to those of the CSV.
var kindOf = map[string]string{"Foundation": "foundation_food", "SR Legacy": "sr_legacy_food", "Survey (FNDDS)": "survey_fndds_food", "Branded": "branded_food"}

// stageJSON reads {"FoundationFoods": [food, …]}, a food at a time.
func (im *Import) stageJSON(ctx context.Context, in io.Reader) error {
	decoder := json.NewDecoder(bufio.NewReaderSize(in, 1<<20))
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
			break
		}
	}
	var foods, nutrients, portions [][]any
	flush := func() error {
		for _, part := range []struct {
			table   string
			columns []string
			rows    [][]any
		}{
			{"staged_foods", []string{"fdc_id", "kind", "name", "ndb", "brand", "gtin", "gtin_text", "serving_grams", "serving_unit", "household", "category"}, foods},
			{"staged_nutrients", []string{"fdc_id", "nutrient", "place", "amount"}, nutrients},
			{"staged_portions", []string{"fdc_id", "seq", "label", "grams"}, portions},
		} {
			if _, err := im.conn.CopyFrom(ctx, pgx.Identifier{part.table}, part.columns, pgx.CopyFromRows(part.rows)); err != nil {
				return err
			}
		}
		foods, nutrients, portions = foods[:0], nutrients[:0], portions[:0]
		return nil
	}
	for decoder.More() {
		var f *fdcFood
		if err := decoder.Decode(&f); err != nil {
			return err
		}
		im.tell()
		if f == nil || kindOf[f.DataType] == "" {
			continue
		}
		ndb := orNull(strings.Trim(string(f.NDB), `"`))
		if f.DataType != "SR Legacy" {
			ndb = nil // Foundation foods carry one too, and are newer than the starter foods
		}
		row := []any{f.ID, kindOf[f.DataType], tidy(f.Description, maxName), ndb}
		foods = append(foods, append(row, brandColumns(firstText(f.BrandName, f.BrandOwner), f.GTIN, f.ServingSize, f.ServingUnit, f.Household, firstText(f.Branded, f.FoodCategory.Description))...))
		for _, n := range f.Nutrients {
			id := strconv.Itoa(n.Nutrient.ID)
			if n.Nutrient.ID == 0 {
				id = n.Nutrient.Number
			}
			if row, ok := nutrientColumns(f.ID, id, n.Amount); ok {
				nutrients = append(nutrients, row)
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
			// In FNDDS the modifier is a code.
			if _, err := strconv.Atoi(p.Modifier); err == nil {
				p.Modifier = ""
			}
			if label, ok := portionLabel(p.Description, amount, p.Unit.Name, p.Modifier); ok && p.Grams != nil {
				portions = append(portions, []any{f.ID, int32(p.Sequence), label, *p.Grams})
			}
		}
		if len(foods) >= batchSize {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

package foods

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/ultimatecoach/api/internal/tools/text"
)

// stageDownload copies one download into the staging tables.
func (im *Import) stageDownload(ctx context.Context, name string) error {
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
		im.size += unpackedSize(archive) - info.Size() // progress counts unpacked bytes
		return im.stageFolder(ctx, archive)
	}
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	return im.stageJSON(ctx, im.count(file))
}

func unpackedSize(archive *zip.ReadCloser) (size int64) {
	for _, f := range archive.File {
		if base := path.Base(f.Name); isFDCFile(base) || strings.HasSuffix(base, ".json") {
			size += int64(f.UncompressedSize64)
		}
	}
	return size
}

// fdcFile says how the rows of one CSV file go into a staging table. Files without a table are only read.
type fdcFile struct {
	name    string
	table   string
	columns []string
	// row returns the values of the columns, or false for a row that is left out. units are the names of measure_unit.csv.
	row func(r *record, units map[string]string) ([]any, bool)
}

// fdcFiles are the CSV files in the order in which they are read.
var fdcFiles = []fdcFile{
	{"measure_unit.csv", "", nil, func(r *record, units map[string]string) ([]any, bool) {
		units[r.text("id")] = r.text("name")
		return nil, false
	}},
	{"food.csv", "staged_foods", []string{"fdc_id", "kind", "name"}, func(r *record, _ map[string]string) ([]any, bool) {
		return []any{r.fdcID(), r.text("data_type"), text.Cut(r.text("description"), maxName)}, eatenTypes[r.text("data_type")]
	}},
	{"sr_legacy_food.csv", "staged_legacy", []string{"fdc_id", "ndb"}, func(r *record, _ map[string]string) ([]any, bool) {
		return []any{r.fdcID(), r.text("ndb_number")}, true
	}},
	{
		"branded_food.csv", "staged_brands", brandNames,
		func(r *record, _ map[string]string) ([]any, bool) {
			brand := text.FirstNonEmpty(r.text("brand_name"), r.text("brand_owner"))
			return brandRow(r.fdcID(), brand, r.text("gtin_upc"), r.number("serving_size"), r.text("serving_size_unit"),
				r.text("household_serving_fulltext"), r.text("branded_food_category")), true
		},
	},
	{
		"food_portion.csv", "staged_portions", []string{"fdc_id", "seq", "label", "grams"},
		func(r *record, units map[string]string) ([]any, bool) {
			label, ok := portionLabel(
				r.text("portion_description"), r.number("amount"), units[r.text("measure_unit_id")], r.text("modifier"),
			)
			grams := r.number("gram_weight")
			if !ok || grams == nil {
				return nil, false
			}
			return []any{r.fdcID(), int32(r.integer("seq_num")), label, *grams}, true
		},
	},
	{
		"food_nutrient.csv", "staged_nutrients", []string{"fdc_id", "nutrient", "preference", "amount"},
		func(r *record, _ map[string]string) ([]any, bool) {
			return nutrientColumns(r.fdcID(), r.text("nutrient_id"), r.number("amount"))
		},
	},
}

func isFDCFile(name string) bool {
	return slices.ContainsFunc(fdcFiles, func(f fdcFile) bool { return f.name == name })
}

// stageFolder copies the files of a folder that are known by name, also those in its subfolders.
func (im *Import) stageFolder(ctx context.Context, folder fs.FS) error {
	csvs, jsons, err := findFiles(folder)
	if err != nil {
		return err
	}
	for _, name := range jsons {
		if err := im.readFile(folder, name, func(in io.Reader) error { return im.stageJSON(ctx, in) }); err != nil {
			return err
		}
	}
	switch {
	case csvs["food.csv"] == "" && len(jsons) == 0:
		return errors.New("neither food.csv nor JSON of FoodData Central in it")
	case csvs["food.csv"] == "":
		return nil
	case csvs["food_nutrient.csv"] == "":
		return errors.New("there is no food_nutrient.csv beside food.csv")
	}
	units := map[string]string{}
	for _, file := range fdcFiles {
		name, ok := csvs[file.name]
		if !ok {
			continue
		}
		if err := im.readFile(folder, name, func(in io.Reader) error { return im.stageCSV(ctx, in, file, units) }); err != nil {
			return err
		}
	}
	return nil
}

// findFiles returns the paths of the CSV files by their name, and those of all JSON files.
func findFiles(folder fs.FS) (csvs map[string]string, jsons []string, err error) {
	csvs = map[string]string{}
	err = fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if base := path.Base(name); isFDCFile(base) && csvs[base] == "" {
			csvs[base] = name
		} else if strings.HasSuffix(base, ".json") {
			jsons = append(jsons, name)
		}
		return nil
	})
	return csvs, jsons, err
}

func (im *Import) readFile(folder fs.FS, name string, read func(io.Reader) error) error {
	f, err := folder.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := read(im.count(f)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// stageCSV copies the rows of a file into its table, and counts the rows that cannot be read: with a number that is none, or
// with more fields than the header.
func (im *Import) stageCSV(ctx context.Context, in io.Reader, file fdcFile, units map[string]string) error {
	rows, err := openTable(in)
	if err != nil {
		return err
	}
	source := pgx.CopyFromFunc(func() ([]any, error) {
		for {
			r, err := rows.next()
			switch {
			case errors.Is(err, io.EOF):
				return nil, nil
			case err != nil && !errors.Is(err, errUnreadable):
				return nil, err
			}
			im.showProgress()
			row, ok := file.row(&r, units)
			if errors.Join(err, r.err) != nil {
				im.addFinding(Unreadable, r.text("fdc_id"))
			} else if ok {
				return row, nil
			}
		}
	})
	if file.table == "" {
		for source.Next() {
			continue
		}
		return source.Err()
	}
	_, err = im.conn.CopyFrom(ctx, pgx.Identifier{file.table}, file.columns, source)
	return err
}

package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods"
	"github.com/ultimatecoach/api/internal/tools/config"
)

type foodsCommand struct {
	Seed   foodsSeedCommand   `cmd:"" help:"Load the starter foods that the binary carries, unless they are there (DATABASE_OWNER_URL)."`
	Import foodsImportCommand `cmd:"" help:"Import a published food database (DATABASE_OWNER_URL). It can be stopped, resumed and repeated."`
}

type foodsImportCommand struct {
	USDA usdaCommand `cmd:"" name:"usda" help:"Downloads of FoodData Central: SR Legacy, Foundation, FNDDS, Branded; CSV as zip or folder, JSON as zip or file."`
	OFF  offCommand  `cmd:"" name:"off" help:"A download of Open Food Facts: JSONL or CSV, gzipped or not, or Parquet."`
}

type foodsSeedCommand struct{}

// Run loads the starter foods.
func (foodsSeedCommand) Run(ctx context.Context) error {
	url, err := ownerURL()
	if err != nil {
		return err
	}
	loaded, err := foods.LoadStarter(ctx, url)
	if err != nil {
		return err
	}
	if loaded {
		fmt.Println("the starter foods are loaded")
	} else {
		fmt.Println("the starter foods are already loaded")
	}
	return nil
}

type usdaCommand struct {
	Files []string `arg:"" type:"path" name:"file" help:"Downloads from https://fdc.nal.usda.gov/download-datasets"`
}

// Run imports FoodData Central.
func (c usdaCommand) Run(ctx context.Context) error {
	im, err := newImport()
	if err != nil {
		return err
	}
	return printReport(im.USDA(ctx, c.Files...))
}

type offCommand struct {
	File string `arg:"" type:"existingfile" help:"A download from https://world.openfoodfacts.org/data"`
}

// Run imports Open Food Facts.
func (c offCommand) Run(ctx context.Context) error {
	im, err := newImport()
	if err != nil {
		return err
	}
	return printReport(im.OpenFoodFacts(ctx, c.File))
}

func newImport() (*foods.Import, error) {
	url, err := ownerURL()
	if err != nil {
		return nil, err
	}
	info, err := os.Stderr.Stat()
	return &foods.Import{OwnerURL: url, Progress: os.Stderr, Terminal: err == nil && info.Mode()&os.ModeCharDevice != 0}, nil
}

func printReport(report foods.Report, err error) error {
	if errors.Is(err, context.Canceled) {
		return errors.New("stopped; run the same command again to continue")
	}
	if err == nil || errors.Is(err, foods.ErrRefused) {
		report.Write(os.Stdout)
	}
	return err
}

func ownerURL() (string, error) {
	c, err := config.Read()
	if err != nil {
		return "", err
	}
	if c.DatabaseOwnerURL == "" {
		return "", errors.New("DATABASE_OWNER_URL: not set; only the owner of the schema can write the catalogue")
	}
	return c.DatabaseOwnerURL.Reveal(), nil
}

package main

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/ultimatecoach/api/internal/tools/nutrient"
)

// eggNumber is that of the raw egg of the docs' examples among the starter foods.
const eggNumber = "01123"

// readEgg reads what 100 g of it hold.
func readEgg(path string) (egg nutrient.Values, err error) {
	file, err := os.Open(path)
	if err != nil {
		return egg, err
	}
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		return egg, err
	}
	rows, err := csv.NewReader(unpacked).ReadAll()
	if err != nil {
		return egg, err
	}
	for _, row := range rows[1:] {
		if row[0] != eggNumber {
			continue
		}
		for i, heading := range rows[0] {
			id, ok := nutrient.ByKey(heading)
			if !ok || row[i] == "" {
				continue
			}
			amount, err := strconv.ParseFloat(row[i], 64)
			if err != nil {
				return egg, fmt.Errorf("%s: %w", heading, err)
			}
			egg.Set(id, amount)
		}
		return egg, nil
	}
	return egg, errors.New("food " + eggNumber + " is missing")
}

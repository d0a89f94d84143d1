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

// eggNumber is the NDB number of the raw egg in the docs' examples.
const eggNumber = "01123"

// readEgg returns the nutrients in 100 g of it.
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

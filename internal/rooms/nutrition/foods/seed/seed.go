// Package seed embeds the files of the starter foods. Its README says what each file holds and where it is from.
package seed

import (
	"crypto/sha256"
	"embed"
	"fmt"
	"io/fs"
)

// Files are the CSVs, gzipped where they are large.
//
//go:embed *.csv *.csv.gz
var Files embed.FS

// Hash returns a hash of all files.
func Hash() (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(Files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		b, err := Files.ReadFile(name)
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(b))
		sum.Write(b)
		return nil
	})
	return fmt.Sprintf("%x", sum.Sum(nil)), err
}

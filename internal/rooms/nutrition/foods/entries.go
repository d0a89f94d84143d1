package foods

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"os"
)

// entries holds the usable foods of a source until all of it was read, because only the newest entry of each product is written
// and it may come anywhere in the source. The foods are in a temporary file, in memory is one number for each product.
type entries struct {
	file   *os.File
	out    *bufio.Writer
	write  *json.Encoder
	seed   maphash.Seed
	newest map[uint64]newestEntry // by the hash of the product's key
}

type newestEntry struct{ position, modified int64 }

// entry is a food in the temporary file.
type entry struct {
	Food Food
	// Position is where it is in the source: a line or an id.
	Position int64
}

func newEntries() (*entries, error) {
	file, err := os.CreateTemp("", "foods-import-*.jsonl")
	if err != nil {
		return nil, err
	}
	out := bufio.NewWriterSize(file, 1<<20)
	return &entries{file: file, out: out, write: json.NewEncoder(out), seed: maphash.MakeSeed(), newest: map[uint64]newestEntry{}}, nil
}

// key identifies the product of a food: by its barcode, or by the id that the source gave it.
func (e *entries) key(f *Food) uint64 {
	if f.Barcode != "" {
		return maphash.String(e.seed, f.Barcode)
	}
	return maphash.String(e.seed, "id "+f.SourceID)
}

// add takes a food with its position and the time of its last change, 0 if unknown. Of entries that were changed at the same
// time the last one counts. keep is false for a food that an earlier run has written.
func (e *entries) add(f Food, position, modified int64, keep bool) error {
	key := e.key(&f)
	if other, ok := e.newest[key]; !ok || modified >= other.modified {
		e.newest[key] = newestEntry{position, modified}
	}
	if !keep {
		return nil
	}
	return e.write.Encode(entry{Food: f, Position: position})
}

// each calls use with all foods in the order of their positions; newest is false for one with a newer entry.
func (e *entries) each(ctx context.Context, use func(f Food, position int64, newest bool) error) error {
	if err := e.out.Flush(); err != nil {
		return err
	}
	if _, err := e.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	for in := json.NewDecoder(bufio.NewReaderSize(e.file, 1<<20)); ; {
		var next entry
		if err := in.Decode(&next); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return fmt.Errorf("read the temporary file of an import: %w", err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		newest := e.newest[e.key(&next.Food)].position == next.Position
		if err := use(next.Food, next.Position, newest); err != nil {
			return err
		}
	}
}

func (e *entries) close() {
	_ = e.file.Close()
	_ = os.Remove(e.file.Name())
}

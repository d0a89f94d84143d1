// Command sense makes internal/tools/sense/weights.bin from the examples. It is run at the root of the repository and takes some minutes.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/ultimatecoach/api/internal/dev/sensing"
	"github.com/ultimatecoach/api/internal/dev/wheel"
	"github.com/ultimatecoach/api/internal/tools/embed"
)

func main() {
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context) error {
	path, err := wheel.EmbeddingModel(ctx, nil)
	if err != nil {
		return err
	}
	examples, err := sensing.Read(".")
	if err != nil {
		return err
	}
	vectors, err := sensing.Embed(ctx, embed.NewLocal(path), examples)
	if err != nil {
		return fmt.Errorf("embed the examples: %w", err)
	}
	weights, err := sensing.Train(examples, vectors)
	if err != nil {
		return err
	}
	file, err := os.Create("internal/tools/sense/weights.bin")
	if err != nil {
		return err
	}
	if err := weights.Write(file); err != nil {
		return err
	}
	return file.Close()
}

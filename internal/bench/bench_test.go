package main

import "testing"

// The parts that need no database, for benchstat and pprof: go test -bench . -cpuprofile …
func BenchmarkPart(b *testing.B) {
	for _, p := range loose() {
		b.Run(p.name, p.run)
	}
}

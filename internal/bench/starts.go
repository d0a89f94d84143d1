package main

import "context"

func measureTrips(ctx context.Context, h *house) error  { return nil }
func measureStarts(ctx context.Context, h *house) error { return nil }

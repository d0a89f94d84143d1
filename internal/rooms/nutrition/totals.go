package nutrition

// value is 0 for nil: only where the database has no null.
func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

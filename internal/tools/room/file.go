package room

import "context"

// FileLabel is what the sender of a file calls it, which need not be true; "" is unknown.
type FileLabel struct {
	// Name is the name of the file, without folders; Type is its media type.
	Name, Type string
}

type fileLabelKey struct{}

// WithFileLabel returns a context with the label of the file that its request brought.
func WithFileLabel(ctx context.Context, l FileLabel) context.Context {
	return context.WithValue(ctx, fileLabelKey{}, l)
}

// FileLabelFrom returns the label of the file that the request brought.
func FileLabelFrom(ctx context.Context) FileLabel {
	l, _ := ctx.Value(fileLabelKey{}).(FileLabel)
	return l
}

package room

import "context"

// File says what is known of a file that a request brought, besides its content.
type File struct {
	// Name is the name of the file, without folders; Type is its media type. The sender chose them; "" is unknown.
	Name, Type string
	// Bytes is its size.
	Bytes int
}

type fileKey struct{}

// WithFile returns a context with the file that its request brought.
func WithFile(ctx context.Context, f File) context.Context {
	return context.WithValue(ctx, fileKey{}, f)
}

// FileFrom returns what is known of the file that the request brought.
func FileFrom(ctx context.Context) File {
	f, _ := ctx.Value(fileKey{}).(File)
	return f
}

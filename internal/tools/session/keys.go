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
	keysAge    = 10 * time.Minute // what Supabase Auth's Cache-Control says of its keys
	keysPause  = 30 * time.Second // between two looks for a kid nobody knows: strangers can make those up
	keysFirst  = time.Second      // between two tries while there were never any
	keysWithin = 5 * time.Second
)

// keySet is the project's public keys. It is fetched when first needed, again after ten minutes or when a token names an
// unknown key, and kept when it cannot be fetched.
type keySet struct {
	url    string
	now    func() time.Time
	client *http.Client

	fetching sync.Mutex // held while fetching, so that a crowd fetches once
	mu       sync.Mutex
	set      jwk.Set
	fetched  time.Time // the last success
	tried    time.Time // the last try
}

func newKeySet(url string, now func() time.Time) *keySet {
	return &keySet{url: url, now: now, client: &http.Client{Timeout: keysWithin}}
}

// named answers the key of that name, or nil when there is none; an error while there were never any keys.
func (k *keySet) named(ctx context.Context, kid string) (jwk.Key, error) {
	if key, due := k.look(kid); key != nil {
		// Nobody waits for keys that are only old: a slow key server must not hold up who is signed in.
		if due && k.fetching.TryLock() {
			scope := *logs.ScopeFrom(ctx) // as it is now: the request goes on and writes its own
			ctx := logs.WithScope(context.WithoutCancel(ctx), &scope)
			go func() {
				defer k.fetching.Unlock()
				_ = k.fetch(ctx) // the keys we have are kept
			}()
		}
		return key, nil
	}
	k.fetching.Lock()
	defer k.fetching.Unlock()
	key, due := k.look(kid)
	if !due || key != nil { // somebody else has asked while this one waited
		return key, k.missing()
	}
	// The crowd that waits must not lose its keys because the one who fetches hangs up.
	err := k.fetch(context.WithoutCancel(ctx))
	if missing := k.missing(); missing != nil {
		return nil, fmt.Errorf("%w: %w", missing, err)
	}
	key, _ = k.look(kid)
	return key, nil
}

// look finds a key among those at hand, and tells whether it is time to ask for newer ones.
func (k *keySet) look(kid string) (key jwk.Key, due bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	if k.set == nil {
		return nil, now.Sub(k.tried) >= keysFirst
	}
	key, known := k.set.LookupKeyID(kid)
	if known && now.Sub(k.fetched) < keysAge {
		return key, false
	}
	return key, now.Sub(k.tried) >= keysPause
}

func (k *keySet) missing() error {
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

// publicKeys drops what must not verify: symmetric keys, keys for encryption, and keys that do not say their algorithm.
func publicKeys(set jwk.Set) jwk.Set {
	out := jwk.NewSet()
	for i := range set.Len() {
		key, _ := set.Key(i)
		alg, ok := key.Algorithm()
		use, told := key.KeyUsage()
		if ok && key.KeyType() != jwa.OctetSeq() && alg.String() != jwa.NoSignature().String() && (!told || use == string(jwk.ForSignature)) {
			_ = out.AddKey(key)
		}
	}
	return out
}

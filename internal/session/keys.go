package session

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"
)

const (
	keysAge    = 10 * time.Minute // what Supabase Auth's Cache-Control says of its keys
	keysPause  = 30 * time.Second // between two looks for a kid nobody knows: strangers can make those up
	keysWithin = 5 * time.Second
)

// keySet is the project's public keys. It is fetched when first needed, again after ten minutes or when a token names an
// unknown key, and kept when it cannot be fetched.
type keySet struct {
	url    string
	now    func() time.Time
	client *http.Client

	mu      sync.Mutex // held while fetching, so that a crowd fetches once
	set     jwk.Set
	fetched time.Time // the last success
	tried   time.Time // the last try
}

func newKeySet(url string, now func() time.Time) *keySet {
	return &keySet{url: url, now: now, client: &http.Client{Timeout: keysWithin}}
}

// holding answers the keys, with the one named kid among them when it can be had.
func (k *keySet) holding(ctx context.Context, kid string) (jwk.Set, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	if k.set != nil {
		_, known := k.set.LookupKeyID(kid)
		fresh := now.Sub(k.fetched) < keysAge
		if known && fresh || now.Sub(k.tried) < keysPause {
			return k.set, nil
		}
	} else if now.Sub(k.tried) < time.Second { // never had any: try again soon, not with every request
		return nil, fmt.Errorf("no keys from %s yet", k.url)
	}
	k.tried = now
	// The crowd that waits must not lose its keys because the one who fetches hangs up.
	set, err := jwk.Fetch(context.WithoutCancel(ctx), k.url, jwk.WithHTTPClient(k.client))
	if err != nil {
		if k.set != nil {
			return k.set, nil
		}
		return nil, fmt.Errorf("fetch keys: %w", err)
	}
	k.set, k.fetched = publicKeys(set), now
	return k.set, nil
}

// publicKeys drops what must not verify: symmetric keys, and keys that do not say their algorithm.
func publicKeys(set jwk.Set) jwk.Set {
	out := jwk.NewSet()
	for i := range set.Len() {
		key, _ := set.Key(i)
		alg, ok := key.Algorithm()
		if ok && key.KeyType() != jwa.OctetSeq() && alg.String() != jwa.NoSignature().String() {
			_ = out.AddKey(key)
		}
	}
	return out
}

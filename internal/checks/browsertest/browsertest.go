// Package browsertest lets a real browser use the real server through the built TypeScript client: what cookies, CORS and
// two tabs do is decided there, and no other test can see it.
package browsertest

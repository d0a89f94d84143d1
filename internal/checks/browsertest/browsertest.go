// Package browsertest tests the built TypeScript client, and the chat page, in a real browser against the real server. Only a browser shows how
// cookies, CORS and several tabs behave.
package browsertest

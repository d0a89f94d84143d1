package standin

import (
	"encoding/json"
	"os"
	"os/exec"
	"testing"

	"github.com/ultimatecoach/api/internal/dev/dbtest"
)

// The client library for browsers checks whether the stand-in implements the protocol.
func TestAuthJS_WorksWithTheStandin(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	if err != nil {
		dbtest.Lacks(t, "node", err)
	}
	installed := version(t, "authjs/node_modules/@supabase/auth-js/package.json", "version")
	if installed != version(t, "authjs/package.json", "dependencies", "@supabase/auth-js") {
		install := exec.CommandContext(t.Context(), "npm", "ci", "--ignore-scripts")
		install.Dir = "authjs"
		if out, err := install.CombinedOutput(); err != nil {
			t.Fatalf("npm ci: %v\n%s", err, out)
		}
	}
	check := exec.CommandContext(t.Context(), node, "check.mjs")
	check.Dir = "authjs"
	check.Env = os.Environ()
	for name, autoconfirm := range map[string]bool{"ON": true, "OFF": false} {
		w := start(t, Options{Autoconfirm: autoconfirm, MailFrequency: -1})
		server, err := json.Marshal(map[string]string{
			"url": w.url + "/auth/v1", "anon": w.AnonKey(), "service": w.ServiceRoleKey(), "inbox": w.url + "/inbox.json",
		})
		ok(t, err)
		check.Env = append(check.Env, name+"="+string(server))
	}
	out, err := check.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Fatal(err)
	}
}

// version returns a string from a JSON file, or "" when there is no file.
func version(t *testing.T, file string, path ...string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return ""
	}
	ok(t, err)
	var at any
	ok(t, json.Unmarshal(b, &at))
	for _, name := range path {
		m, _ := at.(map[string]any)
		at = m[name]
	}
	out, _ := at.(string)
	return out
}

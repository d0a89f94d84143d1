package docs

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	docsfs "github.com/ultimatecoach/api/gen/docs"
)

// sampleURL is the address of the API in the samples of the guides and of the contract.
const sampleURL = "http://127.0.0.1:8000"

// The server of the contract, in the files that have it. A relative server is the one that the document came from.
var relativeServer = map[string]*regexp.Regexp{
	"openapi.yaml":  regexp.MustCompile(`(?m)(^servers:\n  - url: )/$`),
	"contract.json": regexp.MustCompile(`("servers": \[\s*\{\s*"url": ")/(?:")`),
}

// absolute returns a text file of the site with publicURL in its samples, its links in Markdown and the server of the contract.
func absolute(content, name, publicURL string) string {
	content = strings.ReplaceAll(content, sampleURL, publicURL)
	switch path.Ext(name) {
	case ".md", ".txt":
		content = strings.ReplaceAll(content, "](/", "]("+publicURL+"/")
	}
	server, ok := relativeServer[name]
	if !ok {
		return content
	}
	found := server.FindStringSubmatchIndex(content)
	if found == nil {
		panic(fmt.Sprintf("the embedded documentation is broken: %s has no relative server", name)) // a test of the build sees it
	}
	afterPrefix := found[3]
	return content[:afterPrefix] + publicURL + content[afterPrefix+len("/"):]
}

// read returns a file of the site.
func read(name string) string {
	content, err := docsfs.FS.ReadFile(name)
	return string(must(content, err))
}

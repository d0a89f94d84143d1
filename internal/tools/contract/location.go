package contract

import (
	"regexp"
	"strconv"
	"strings"
)

// placeholder is a member of the response in x-location: {id}, or {data.0.id} for one of the first entry of a list.
var placeholder = regexp.MustCompile(`\{([^}]+)\}`)

// Location returns the path of what a response with this body says was made, or "" where the contract names none. The body
// is JSON that this service wrote.
func (o *Operation) Location(body []byte) string {
	path, complete := o.location, true
	if strings.Contains(path, "{") {
		path = placeholder.ReplaceAllStringFunc(path, func(p string) string {
			text, ok := memberText(body, strings.Split(strings.Trim(p, "{}"), "."))
			complete = complete && ok
			return text
		})
	}
	if !complete {
		return ""
	}
	return path
}

// memberText returns the text at a path of names and indexes.
func memberText(body []byte, path []string) (text string, ok bool) {
	c := cursor{data: body}
	for _, step := range path {
		found := false
		if index, err := strconv.Atoi(step); err == nil && c.peek() == '[' {
			c, found = c.entry(index)
		} else if c.peek() == '{' {
			c, found = c.find(step)
		}
		if !found {
			return "", false
		}
	}
	if c.peek() != '"' {
		return "", false
	}
	raw, escaped := c.text()
	return unquote(raw, escaped), true
}

// Package etag compares entity tags as RFC 9110 §13 asks: strongly for If-Match, weakly for If-None-Match.
package etag

import "strings"

// Matches reports whether an If-Match header lets a write go ahead on a resource whose tag is current. An absent header
// lets everything through; a weak or foreign tag matches nothing.
func Matches(ifMatch *string, current string) bool {
	return ifMatch == nil || anyTag(*ifMatch, func(tag string) bool { return tag == current })
}

// NotModified reports whether an If-None-Match header says that the client holds the current representation.
func NotModified(ifNoneMatch *string, current string) bool {
	return ifNoneMatch != nil && anyTag(*ifNoneMatch, func(tag string) bool {
		return strings.TrimPrefix(tag, "W/") == strings.TrimPrefix(current, "W/")
	})
}

func anyTag(header string, match func(tag string) bool) bool {
	header = strings.TrimSpace(header)
	if header == "*" {
		return true
	}
	// Our tags hold no comma, so splitting cannot cut one of them in two.
	for tag := range strings.SplitSeq(header, ",") {
		if match(strings.TrimSpace(tag)) {
			return true
		}
	}
	return false
}

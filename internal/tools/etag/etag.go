// Package etag compares entity tags by RFC 9110 §13: strongly for If-Match, weakly for If-None-Match.
package etag

import (
	"strconv"
	"strings"
)

// Of returns the tag of a resource whose tag is its version.
func Of(version int32) string { return `"` + strconv.Itoa(int(version)) + `"` }

// Matches reports whether an If-Match header allows a write on a resource whose tag is current. An absent header allows
// every write. A weak tag matches nothing.
func Matches(ifMatch *string, current string) bool {
	return ifMatch == nil || containsTag(*ifMatch, func(tag string) bool { return tag == current })
}

// NotModified reports whether an If-None-Match header contains the current tag, so that the response is 304.
func NotModified(ifNoneMatch *string, current string) bool {
	return ifNoneMatch != nil && containsTag(*ifNoneMatch, func(tag string) bool {
		return strings.TrimPrefix(tag, "W/") == strings.TrimPrefix(current, "W/")
	})
}

// Versions returns the versions in an If-Match header, for a resource whose tag is its version in quotes. Other tags match
// nothing and are left out. all is true when the header is absent or `*`.
func Versions(ifMatch *string) (all bool, versions []int32) {
	versions = []int32{}
	if ifMatch == nil || strings.TrimSpace(*ifMatch) == "*" {
		return true, versions
	}
	for tag := range strings.SplitSeq(*ifMatch, ",") {
		tag = strings.TrimSpace(tag)
		n, err := strconv.ParseInt(strings.Trim(tag, `"`), 10, 32)
		if err == nil && tag == Of(int32(n)) {
			versions = append(versions, int32(n))
		}
	}
	return false, versions
}

func containsTag(header string, match func(tag string) bool) bool {
	header = strings.TrimSpace(header)
	if header == "*" {
		return true
	}
	// Our tags have no comma, so splitting at commas cannot cut one of them.
	for tag := range strings.SplitSeq(header, ",") {
		if match(strings.TrimSpace(tag)) {
			return true
		}
	}
	return false
}

// Package etag compares entity tags as RFC 9110 §13 asks: strongly for If-Match, weakly for If-None-Match.
package etag

import (
	"strconv"
	"strings"
)

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

// Versions reads an If-Match header for a resource whose tag is its version in quotes, so that a statement can compare:
// whatever is not such a tag matches nothing. all is true when the header lets everything through.
func Versions(ifMatch *string) (all bool, versions []int32) {
	versions = []int32{}
	if ifMatch == nil || strings.TrimSpace(*ifMatch) == "*" {
		return true, versions
	}
	for tag := range strings.SplitSeq(*ifMatch, ",") {
		tag = strings.TrimSpace(tag)
		n, err := strconv.ParseInt(strings.Trim(tag, `"`), 10, 32)
		if err == nil && tag == `"`+strconv.FormatInt(n, 10)+`"` {
			versions = append(versions, int32(n))
		}
	}
	return false, versions
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

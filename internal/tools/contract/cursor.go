package contract

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// cursor reads JSON that is known to be valid, without allocations. Skipping a value is linear in its length.
type cursor struct {
	data []byte
	pos  int
}

// peek skips white space and returns the next byte.
func (c *cursor) peek() byte {
	for {
		switch b := c.data[c.pos]; b {
		case ' ', '\t', '\r', '\n':
			c.pos++
		default:
			return b
		}
	}
}

// skip moves behind the next value and returns how many levels deep it nests: 0 for a scalar.
func (c *cursor) skip() (levels int) {
	switch c.peek() {
	case '"':
		c.text()
	case '{', '[':
		for depth := 0; ; {
			switch c.data[c.pos] {
			case '"':
				c.text()
				continue
			case '{', '[':
				depth++
				levels = max(levels, depth)
			case '}', ']':
				depth--
			}
			c.pos++
			if depth == 0 {
				return levels
			}
		}
	default:
		c.scalar()
	}
	return levels
}

// text moves behind a string and returns its bytes between the quotes, escapes included.
func (c *cursor) text() (raw []byte, escaped bool) {
	start := c.pos + 1
	for i := start; ; i++ {
		switch c.data[i] {
		case '\\':
			escaped = true
			i++
		case '"':
			c.pos = i + 1
			return c.data[start:i], escaped
		}
	}
}

// scalar moves behind a number, true, false or null and returns it.
func (c *cursor) scalar() []byte {
	start := c.pos
	for c.pos < len(c.data) {
		switch c.data[c.pos] {
		case ',', '}', ']', ' ', '\t', '\r', '\n':
			return c.data[start:c.pos]
		}
		c.pos++
	}
	return c.data[start:]
}

// members calls each for every name of an object, with the cursor before the value. each must move behind it.
func (c *cursor) members(each func(name []byte, escaped bool) error) error {
	c.pos++ // {
	for c.peek() != '}' {
		if c.data[c.pos] == ',' {
			c.pos++
			c.peek()
		}
		name, escaped := c.text()
		c.peek()
		c.pos++ // :
		c.peek()
		if err := each(name, escaped); err != nil {
			return err
		}
	}
	c.pos++
	return nil
}

// entries calls each for every entry of an array, with the cursor before it. each must move behind it.
func (c *cursor) entries(each func(i int) error) error {
	c.pos++ // [
	for i := 0; c.peek() != ']'; i++ {
		if c.data[c.pos] == ',' {
			c.pos++
			c.peek()
		}
		if err := each(i); err != nil {
			return err
		}
	}
	c.pos++
	return nil
}

// countEntries returns the number of entries of the array at the cursor, which it does not move.
func (c *cursor) countEntries() (n int) {
	ahead := *c
	_ = ahead.entries(func(int) error { // returns no error
		n++
		ahead.skip()
		return nil
	})
	return n
}

// find returns a cursor before the value of the first member with that name of the object at the cursor, which it does not move.
func (c *cursor) find(name string) (value cursor, found bool) {
	ahead := *c
	_ = ahead.members(func(raw []byte, escaped bool) error {
		if len(raw) <= maxEscape*len(name) && unquote(raw, escaped) == name {
			value, found = ahead, true
			return errEnough
		}
		ahead.skip()
		return nil
	})
	return value, found
}

// entry returns a cursor before the entry with that index of the array at the cursor, which it does not move.
func (c *cursor) entry(index int) (value cursor, found bool) {
	ahead := *c
	_ = ahead.entries(func(i int) error {
		if i == index {
			value, found = ahead, true
			return errEnough
		}
		ahead.skip()
		return nil
	})
	return value, found
}

// maxEscape is how many bytes one character takes at most: two escaped UTF-16 units.
const maxEscape = 12

// unquote returns the text of a string's raw bytes.
func unquote(raw []byte, escaped bool) string {
	if !escaped {
		return string(raw)
	}
	quoted := `"` + string(raw) + `"`
	if text, err := strconv.Unquote(quoted); err == nil && utf8.ValidString(text) {
		return text // most escapes are those of Go, which takes half the memory
	}
	var text string
	_ = json.Unmarshal([]byte(quoted), &text) // it is valid
	return text
}

// longer reports whether a string has more than limit characters. It does not decode strings that are much longer.
func longer(raw []byte, escaped bool, limit int) bool {
	switch {
	case len(raw) <= limit:
		return false
	case !escaped:
		return utf8.RuneCount(raw) > limit
	case len(raw) > maxEscape*limit:
		return true
	}
	return utf8.RuneCountInString(unquote(raw, escaped)) > limit
}

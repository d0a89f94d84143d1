package llm

import "unicode/utf8"

// tokenCounter estimates tokens by kinds of characters. It counts twelfths of a token.
//
// The weights were fitted to the tokenizers o200k_base and cl100k_base of OpenAI, so that the estimate is not below either of them for
// chat in the languages of the app, JSON and numbers, and at most half above them for English. Digits count as a token each, because
// the tokenizers of other vendors split numbers into digits.
type tokenCounter struct {
	twelfths int
	inNumber bool // the last character was a digit, or a letter behind one: identifiers have short tokens
}

func (c *tokenCounter) add(text string) {
	for _, r := range text {
		letter := 'a' <= r|0x20 && r|0x20 <= 'z'
		digit := '0' <= r && r <= '9'
		c.inNumber = digit || letter && c.inNumber
		switch {
		case c.inNumber:
			c.twelfths += 12
		case letter, r == ' ', r == '\n':
			c.twelfths += 4
		case r < utf8.RuneSelf: // punctuation
			c.twelfths += 9
		case r < 0x250: // Latin letters with accents
			c.twelfths += 18
		case r < 0x900: // Greek, Cyrillic, Hebrew, Arabic
			c.twelfths += 10
		case r < 0x10000: // Indic scripts, Chinese, Japanese, Korean
			c.twelfths += 20
		default: // emoji
			c.twelfths += 42
		}
	}
}

func (c *tokenCounter) tokens() int { return (c.twelfths + 11) / 12 }

// EstimateTokens returns about how many tokens a text has, rather too many than too few. No tokenizer is used, because each model has
// its own: a third of a token for a letter, one for a digit, 0.75 for punctuation, more for other scripts.
func EstimateTokens(text string) int {
	var c tokenCounter
	c.add(text)
	return c.tokens()
}

// tokensAround is how many tokens surround each message, tool call and tool.
const tokensAround = 8

// EstimateRequest returns about how many tokens a request has, without those of its reply.
func EstimateRequest(r Request) int {
	var c tokenCounter
	c.add(r.System)
	c.add(r.Context)
	count := 1
	for _, m := range r.Messages {
		count++
		if m.Native != nil { // it repeats the text and the calls
			c.add(string(m.Native.Content))
			continue
		}
		c.add(m.Text)
		for _, call := range m.ToolCalls {
			count++
			c.add(call.Name)
			c.add(call.Arguments)
		}
	}
	for _, t := range r.Tools {
		count++
		c.add(t.Name)
		c.add(t.Description)
		c.add(string(t.Schema))
	}
	return c.tokens() + count*tokensAround
}

package llm

import "unicode/utf8"

const (
	// bytesPerToken is for ASCII. English prose has 4 to 4.5 bytes per token, JSON and numbers about 3: the estimate is meant to be too
	// high rather than too low.
	bytesPerToken = 3
	// tokensPerMessage are the tokens around each message, tool call and tool.
	tokensPerMessage = 8
)

// tokenCounter estimates tokens: one for each 3 ASCII bytes, one for each other character.
type tokenCounter struct{ ascii, other int }

func (c *tokenCounter) add(text string) {
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			c.ascii++
			i++
			continue
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		c.other++
		i += size
	}
}

func (c *tokenCounter) tokens() int { return (c.ascii+bytesPerToken-1)/bytesPerToken + c.other }

// EstimateTokens returns about how many tokens a text has: one for each 3 ASCII bytes and one for each other character. No tokenizer is
// used, because each model has its own. The estimate is above the true number for ordinary text in all languages of the app.
func EstimateTokens(text string) int {
	var c tokenCounter
	c.add(text)
	return c.tokens()
}

// EstimateRequest returns about how many tokens a request has, without those of its reply.
func EstimateRequest(r Request) int {
	var c tokenCounter
	c.add(r.System)
	c.add(r.Context)
	count := 1
	for _, m := range r.Messages {
		count++
		c.add(m.Text)
		for _, call := range m.ToolCalls {
			count++
			c.add(call.Name)
			c.add(call.Arguments)
		}
		if m.Native != nil { // thinking is part of the request too; the text in it is counted twice
			c.add(string(m.Native.Content))
		}
	}
	for _, t := range r.Tools {
		count++
		c.add(t.Name)
		c.add(t.Description)
		c.add(string(t.Schema))
	}
	return c.tokens() + count*tokensPerMessage
}

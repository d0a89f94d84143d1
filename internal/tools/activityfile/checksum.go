package activityfile

import (
	"encoding/binary"
	"io"

	"github.com/muktihari/fit/kit/hash"
	"github.com/muktihari/fit/kit/hash/crc16"
)

// checksums checks the CRC of each chained FIT file while it is read: a sum over header and data, compared with the two
// bytes after them. The header's own sum counts only when it is not 0, which means that there is none.
type checksums struct {
	r     io.Reader
	wrong bool // some sum was wrong

	sum    hash.Hash16
	header []byte // while the header is read
	left   uint32 // bytes of data to come
	end    []byte // the two bytes after the data
	state  func(*checksums, []byte) int
}

func (c *checksums) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if c.state == nil {
		c.sum, c.state = crc16.New(), (*checksums).inHeader
	}
	for b := p[:n]; len(b) > 0; {
		b = b[c.state(c, b):]
	}
	return n, err
}

// inHeader and the states below return how many bytes they have read.
func (c *checksums) inHeader(b []byte) int {
	first := b[0]
	if len(c.header) > 0 {
		first = c.header[0]
	}
	size := 14
	if first == 12 {
		size = 12
	}
	n := min(len(b), size-len(c.header))
	c.header = append(c.header, b[:n]...)
	if len(c.header) < size {
		return n
	}
	h := c.header
	if int(h[0]) != size || string(h[8:12]) != ".FIT" {
		c.state = (*checksums).afterEnd
		return n
	}
	if size == 14 {
		if own := binary.LittleEndian.Uint16(h[12:]); own != 0 {
			sum := crc16.New()
			_, _ = sum.Write(h[:12])
			c.wrong = c.wrong || sum.Sum16() != own
		}
	}
	c.sum.Reset()
	_, _ = c.sum.Write(h)
	c.left = binary.LittleEndian.Uint32(h[4:])
	c.header, c.state = h[:0], (*checksums).inData
	return n
}

func (c *checksums) inData(b []byte) int {
	n := int(min(uint32(len(b)), c.left))
	_, _ = c.sum.Write(b[:n])
	if c.left -= uint32(n); c.left == 0 {
		c.state = (*checksums).inSum
	}
	return n
}

func (c *checksums) inSum(b []byte) int {
	n := min(len(b), 2-len(c.end))
	c.end = append(c.end, b[:n]...)
	if len(c.end) == 2 {
		c.wrong = c.wrong || binary.LittleEndian.Uint16(c.end) != c.sum.Sum16()
		c.end, c.state = c.end[:0], (*checksums).inHeader
	}
	return n
}

func (c *checksums) afterEnd(b []byte) int { return len(b) }

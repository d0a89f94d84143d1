package embed

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// array is one array of an .npz file.
type array struct {
	kind  string // as numpy writes it: |u1, <f4, <f8
	shape []int
	data  []byte
}

// arrays reads the arrays of an .npz file and keeps the first error.
type arrays struct {
	file *zip.Reader
	err  error
}

func openArrays(npz []byte) *arrays {
	file, err := zip.NewReader(bytes.NewReader(npz), int64(len(npz)))
	return &arrays{file, err}
}

var npyHeader = regexp.MustCompile(`'descr': '([^']+)', 'fortran_order': False, 'shape': \(([0-9, ]*)\)`)

// read returns an array, which must have this type and shape.
func (a *arrays) read(name, kind string, shape ...int) array {
	if a.err != nil {
		return array{}
	}
	content, err := readEntry(a.file, name+".npy")
	if err == nil {
		var found array
		if found, err = parseArray(content); err == nil && (found.kind != kind || fmt.Sprint(found.shape) != fmt.Sprint(shape)) {
			err = fmt.Errorf("it is %s %v, not %s %v", found.kind, found.shape, kind, shape)
		}
		if err == nil {
			return found
		}
	}
	a.err = fmt.Errorf("array %s: %w", name, err)
	return array{}
}

// parseArray reads an .npy file: magic, version, length of the header, header, data.
func parseArray(content []byte) (array, error) {
	if len(content) < 12 || string(content[:6]) != "\x93NUMPY" {
		return array{}, fmt.Errorf("it is not an array of numpy")
	}
	start := 10 + int(binary.LittleEndian.Uint16(content[8:]))
	if content[6] >= 2 {
		start = 12 + int(binary.LittleEndian.Uint32(content[8:]))
	}
	if start > len(content) {
		return array{}, fmt.Errorf("it is cut")
	}
	header := npyHeader.FindSubmatch(content[:start])
	if header == nil {
		return array{}, fmt.Errorf("its header has another form")
	}
	found := array{kind: string(header[1]), data: content[start:]}
	for part := range strings.SplitSeq(string(header[2]), ",") {
		if part = strings.TrimSpace(part); part != "" {
			n, err := strconv.Atoi(part)
			if err != nil {
				return array{}, err
			}
			found.shape = append(found.shape, n)
		}
	}
	return found, nil
}

// floats returns an array of float32.
func (a *arrays) floats(name string, shape ...int) []float32 {
	raw := a.read(name, "<f4", shape...).data
	values := make([]float32, len(raw)/4)
	for i := range values {
		values[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
	}
	return values
}

// double returns a single float64.
func (a *arrays) double(name string) float64 {
	raw := a.read(name, "<f8").data
	if a.err != nil || len(raw) != 8 {
		return 0
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(raw))
}

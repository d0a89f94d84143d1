package foods

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// GTIN14 converts a barcode to a GTIN-14. It takes what scanners return and people type:
//   - the digits of EAN-8, UPC-E (6, 7 or 8 digits), UPC-A (12), EAN-13 or GTIN-14, with spaces and hyphens as printed;
//   - GS1 element strings with the GTIN in application identifier 01, with and without FNC1 (a group separator), or with the
//     identifiers in brackets: (01)09506000134352(17)271231;
//   - GS1 Digital Link addresses: https://id.gs1.org/01/09506000134352/10/ABC;
//   - the prefix of the symbology before any of these: ]E0, ]C1, ]d2, ]Q3.
//
// ok is false when there is no such number, or its check digit is wrong.
func GTIN14(scan string) (gtin string, ok bool) {
	scan = strings.TrimFunc(scan, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	prefix := symbology.FindString(scan)
	scan = scan[len(prefix):]
	if m := bracketed.FindStringSubmatch(scan); m != nil {
		return checked(digitsOf(m[1]))
	}
	if strings.Contains(scan, "/") {
		return fromDigitalLink(scan)
	}
	if m := elementString(scan, gs1Carriers[prefix]); m != "" {
		return checked(m)
	}
	return fromDigits(digitsOf(scan))
}

// SourceGTIN14 converts the barcode that a data source has for a product. Unlike GTIN14 it also accepts numbers that a
// spreadsheet has changed: without their leading zeros, or with ".0" at the end. The check digit says whether that is right.
func SourceGTIN14(code string) (gtin string, ok bool) {
	code, _ = strings.CutSuffix(strings.TrimSpace(code), ".0")
	if gtin, ok := GTIN14(code); ok {
		return gtin, true
	}
	digits := digitsOf(code)
	if n := len(digits); n == 7 || n >= 9 && n <= 11 {
		return checked(digits)
	}
	return "", false
}

var (
	// symbology is what a scanner puts before the data of a barcode to say which kind it is (ISO/IEC 15424).
	symbology = regexp.MustCompile(`^\][A-Za-z][0-9A-Za-z]`)
	bracketed = regexp.MustCompile(`\(01\)([0-9 ]+)`)
	linkPath  = regexp.MustCompile(`(?i)/(?:01|gtin)/([0-9]{8,14})(?:[/?#]|$)`)
	// separators are printed between the groups of digits.
	separators = regexp.MustCompile(`[\s\x{a0}\-\x{ad}\x{2010}-\x{2015}\x{2212}]`)
)

// gs1Carriers are the symbologies whose data are element strings: GS1-128, DataBar, DataMatrix, QR Code, DotCode.
var gs1Carriers = map[string]bool{"]C1": true, "]e0": true, "]d2": true, "]Q3": true, "]J1": true}

// groupSeparator is the character that scanners return for FNC1.
const groupSeparator = "\x1d"

// digitsOf returns the digits without printed spaces and hyphens, or "" when there is anything else.
func digitsOf(code string) string {
	code = separators.ReplaceAllString(code, "")
	for _, r := range code {
		if r < '0' || r > '9' {
			return ""
		}
	}
	return code
}

// fromDigits reads a barcode of digits only.
func fromDigits(code string) (gtin string, ok bool) {
	switch len(code) {
	case 6: // UPC-E without number system, which is 0, and check digit
		return checked(withCheckDigit(expandUPCE("0" + code)))
	case 7: // UPC-E without check digit, or without number system
		if code[0] == '0' {
			return checked(withCheckDigit(expandUPCE(code)))
		}
		return checked(expandUPCE("0"+code[:6]) + code[6:])
	case 8:
		// An EAN-8 that begins with 0 is a number of one shop only, so UPC-E is tried first.
		ean, upce := code, ""
		if code[0] <= '1' {
			upce = expandUPCE(code[:7]) + code[7:]
		}
		if code[0] == '0' {
			ean, upce = upce, ean
		}
		if gtin, ok := checked(ean); ok {
			return gtin, true
		}
		return checked(upce)
	case 12, 13, 14:
		return checked(code)
	}
	return "", false
}

// fromDigitalLink reads a GS1 Digital Link address, which has the GTIN after /01/ or /gtin/ in its path.
func fromDigitalLink(address string) (gtin string, ok bool) {
	path, _, _ := strings.Cut(address, "?")
	if decoded, err := url.PathUnescape(path); err == nil {
		path = decoded
	}
	if m := linkPath.FindStringSubmatch(path); m != nil {
		return checked(m[1])
	}
	return "", false
}

// elementLength is the length of an element, identifier included, by the first two digits of its application identifier.
// The others end at a group separator (GS1 General Specifications, figure 7.8.5-2).
var elementLength = map[string]int{
	"00": 20, "01": 16, "02": 16, "03": 16, "04": 18, "11": 8, "12": 8, "13": 8, "14": 8, "15": 8, "16": 8, "17": 8, "18": 8, "19": 8,
	"20": 4, "31": 10, "32": 10, "33": 10, "34": 10, "35": 10, "36": 10, "41": 16,
}

// elementString returns the GTIN of a GS1 element string, or "". isGS1 is whether the scanner says that it is one; else it
// must begin with the GTIN or have a group separator.
func elementString(scan string, isGS1 bool) string {
	rest, fnc1 := strings.CutPrefix(scan, groupSeparator)
	if !isGS1 && !fnc1 && !strings.HasPrefix(rest, "01") && !strings.Contains(rest, groupSeparator) {
		return ""
	}
	for len(rest) > 2 {
		length, fixed := elementLength[rest[:2]]
		element, after, separated := strings.Cut(rest, groupSeparator)
		switch {
		case fixed && len(rest) < length, !fixed && !separated:
			return ""
		case fixed:
			element, after = rest[:length], strings.TrimPrefix(rest[length:], groupSeparator)
		}
		if digits := digitsOf(element); strings.HasPrefix(element, "01") && len(digits) == 16 {
			return digits[2:]
		}
		rest = after
	}
	return ""
}

// checked returns the code as GTIN-14, if its check digit is right.
func checked(code string) (gtin string, ok bool) {
	if code == "" || len(code) > 14 {
		return "", false
	}
	gtin = strings.Repeat("0", 14-len(code)) + code
	// No product has a number of zeros only.
	if checkDigit(gtin[:13]) != gtin[13] || strings.Trim(gtin, "0") == "" {
		return "", false
	}
	return gtin, true
}

func withCheckDigit(upca string) string {
	return upca + string(checkDigit(strings.Repeat("0", 13-len(upca))+upca))
}

// checkDigit returns the digit that belongs behind 13 digits: the sum of all, multiplied by 3 and 1 in turn, and of the
// check digit is a multiple of ten.
func checkDigit(code string) byte {
	sum := 0
	for i := range code {
		digit := int(code[i] - '0')
		if i%2 == 0 {
			digit *= 3
		}
		sum += digit
	}
	return '0' + byte((10-sum%10)%10)
}

// expandUPCE returns the UPC-A without check digit of a UPC-E given as number system and six digits (GS1 General
// Specifications, zero suppression).
func expandUPCE(code string) string {
	d := code[1:7]
	var body string
	switch d[5] {
	case '0', '1', '2':
		body = d[:2] + d[5:6] + "0000" + d[2:5]
	case '3':
		body = d[:3] + "00000" + d[3:5]
	case '4':
		body = d[:4] + "00000" + d[4:5]
	default:
		body = d[:5] + "0000" + d[5:6]
	}
	return code[:1] + body
}

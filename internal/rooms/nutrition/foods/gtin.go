package foods

import "strings"

// GTIN14 reads a barcode as people scan it: EAN-8, UPC-E (8 digits), UPC-A (12), EAN-13 or GTIN-14; digits only. ok is
// false when there are other characters, another number of them, or a wrong check digit.
func GTIN14(code string) (gtin string, ok bool) {
	for _, r := range code {
		if r < '0' || r > '9' {
			return "", false
		}
	}
	switch len(code) {
	case 8:
		// An EAN-8 that begins with 0 is a shop's own number, so there UPC-E has the first word.
		readings := []string{pad(code), pad(expandUPCE(code))}
		if code[0] == '0' {
			readings[0], readings[1] = readings[1], readings[0]
		}
		for _, r := range readings {
			if checks(r) {
				return r, true
			}
		}
		return "", false
	case 12, 13, 14:
		gtin = pad(code)
		return gtin, checks(gtin)
	}
	return "", false
}

func pad(code string) string {
	if code == "" {
		return ""
	}
	return strings.Repeat("0", 14-len(code)) + code
}

// expandUPCE makes the UPC-A that an 8-digit UPC-E stands for (GS1 General Specifications, zero suppression), or "".
func expandUPCE(code string) string {
	if code[0] > '1' {
		return ""
	}
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
	return code[:1] + body + code[7:]
}

// checks holds a GTIN-14 to its last digit: the others, times 3 and 1 in turn, and it make a multiple of ten.
func checks(gtin string) bool {
	if len(gtin) != 14 {
		return false
	}
	sum := 0
	for i := range 14 {
		digit := int(gtin[i] - '0')
		if i%2 == 0 {
			digit *= 3
		}
		sum += digit
	}
	return sum%10 == 0
}

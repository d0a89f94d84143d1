package foods

import "strings"

// GTIN14 converts a barcode to a GTIN-14: EAN-8, UPC-E (8 digits), UPC-A (12), EAN-13 or GTIN-14; digits only. ok is
// false when there are other characters, another number of digits, or a wrong check digit.
func GTIN14(code string) (gtin string, ok bool) {
	for _, r := range code {
		if r < '0' || r > '9' {
			return "", false
		}
	}
	switch len(code) {
	case 8:
		// An EAN-8 that begins with 0 is a number of one shop only, so UPC-E is tried first.
		readings := []string{padTo14(code), padTo14(expandUPCE(code))}
		if code[0] == '0' {
			readings[0], readings[1] = readings[1], readings[0]
		}
		for _, r := range readings {
			if checkDigitFits(r) {
				return r, true
			}
		}
		return "", false
	case 12, 13, 14:
		gtin = padTo14(code)
		return gtin, checkDigitFits(gtin)
	}
	return "", false
}

func padTo14(code string) string {
	if code == "" {
		return ""
	}
	return strings.Repeat("0", 14-len(code)) + code
}

// expandUPCE returns the UPC-A that an 8-digit UPC-E stands for (GS1 General Specifications, zero suppression), or "".
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

// checkDigitFits reports whether the last digit of a GTIN-14 is right: the sum of all digits, multiplied by 3 and 1 in
// turn, must be a multiple of ten.
func checkDigitFits(gtin string) bool {
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

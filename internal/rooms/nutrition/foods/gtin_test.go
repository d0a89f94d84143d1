package foods_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods"
)

func TestGTIN14_OfEachKindOfBarcode_ReturnsTheGTIN(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{
		"4006381333931":  "04006381333931", // EAN-13
		"036000291452":   "00036000291452", // UPC-A
		"0036000291452":  "00036000291452", // the same as EAN-13
		"00036000291452": "00036000291452",
		"96385074":       "00000096385074", // EAN-8
		"04252614":       "00042100005264", // UPC-E
		"01234565":       "00012345000065",
		"10614141000415": "10614141000415", // a case of twelve
	} {
		got, ok := foods.GTIN14(code)
		require.True(t, ok, code)
		require.Equal(t, want, got, code)
	}
	for _, code := range []string{
		"", "4006381333930", "036000291453", "96385075", "04252615", "1234567", "123456789", "400638133393x", "４００６３８１３３３９３１", "400638133393100",
	} {
		_, ok := foods.GTIN14(code)
		require.False(t, ok, code)
	}
}

func TestGTIN14_AsScannersReturnIt_ReturnsTheGTIN(t *testing.T) {
	t.Parallel()
	const gtin = "09506000134352"
	for name, code := range map[string]string{
		"spaces":                        "9 506000 134352",
		"spaces around":                 " 9506000134352\r\n",
		"hyphens":                       "9-506000-134352",
		"other hyphens and spaces":      "9\u2011506000\u00a0134352\u200b",
		"EAN-13 with symbology":         "]E09506000134352",
		"Code 128 with GTIN":            "]C10109506000134352",
		"DataMatrix":                    "]d20109506000134352172712311\x1d10ABC",
		"DataMatrix, FNC1 first":        "]d2\x1d010950600013435210ABC123",
		"QR code":                       "]Q301095060001343521727123110ABC",
		"DataBar":                       "]e00109506000134352",
		"FNC1 first":                    "\x1d0109506000134352",
		"element string":                "0109506000134352",
		"element string with batch":     "010950600013435210ABC",
		"identifiers before it":         "]C111271231\x1d0109506000134352",
		"fixed identifiers before it":   "]d217271231310000125001" + "09506000134352",
		"batch before it":               "]d210ABC\x1d0109506000134352",
		"brackets":                      "(01)09506000134352",
		"brackets and more":             "(01) 0950600 0134352 (17)271231(10)ABC",
		"brackets after a date":         "(17)271231(01)09506000134352",
		"brackets with symbology":       "]C1(01)09506000134352",
		"Digital Link":                  "https://id.gs1.org/01/09506000134352",
		"Digital Link with batch":       "https://id.gs1.org/01/09506000134352/10/ABC?17=271231",
		"Digital Link of a brand":       "https://brand.example/some/path/01/9506000134352?x=/01/1",
		"Digital Link with a word":      "HTTPS://ID.GS1.ORG/gtin/09506000134352",
		"Digital Link without scheme":   "id.gs1.org/01/09506000134352",
		"Digital Link, encoded":         "https://id.gs1.org/01%2F09506000134352",
		"Digital Link with symbology":   "]Q1https://id.gs1.org/01/09506000134352",
		"Digital Link with a serial id": "https://id.gs1.org/8006/x/01/09506000134352/21/12",
	} {
		got, ok := foods.GTIN14(code)
		require.True(t, ok, "%s: %q", name, code)
		require.Equal(t, gtin, got, name)
	}
	for code, want := range map[string]string{
		"425261":                         "00042100005264", // UPC-E without number system and check digit
		"4252614":                        "00042100005264", // without number system
		"0425261":                        "00042100005264", // without check digit
		"]E404252614":                    "00042100005264",
		"0 425261 4":                     "00042100005264",
		"9638 5074":                      "00000096385074",
		"]E496385074":                    "00000096385074",
		"https://id.gs1.org/01/96385074": "00000096385074",
	} {
		got, ok := foods.GTIN14(code)
		require.True(t, ok, code)
		require.Equal(t, want, got, code)
	}
	for _, code := range []string{
		"00000000", "0000000000000", "(01)09506000134353", "(02)09506000134352", "0109506000134353", "]d210ABC0109506000134352",
		"https://id.gs1.org/01/09506000134353", "https://example.com/09506000134352", "https://id.gs1.org/00/09506000134352", "]E0",
		"]d2", "\x1d", "01", "(01)", "/01/", "oat milk", "12", "95060001343 5x", "00109506000134352",
	} {
		_, ok := foods.GTIN14(code)
		require.False(t, ok, "%q", code)
	}
}

func TestSourceGTIN14_NumbersChangedByASpreadsheet_AreRestored(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{
		"36000291452": "00036000291452", "36000291452.0": "00036000291452", "4006381333931": "04006381333931", "1234565": "00012345000065",
		"0036000291452\n": "00036000291452",
	} {
		got, ok := foods.SourceGTIN14(code)
		require.True(t, ok, code)
		require.Equal(t, want, got, code)
	}
	for _, code := range []string{"36000291453", "", "12", "0", "3.6E+10", "n/a"} {
		_, ok := foods.SourceGTIN14(code)
		require.False(t, ok, code)
	}
}

func FuzzGTIN14(f *testing.F) {
	for _, seed := range []string{"4006381333931", "04252614", "96385074", "", "x", "(01)09506000134352", "]d2\x1d01", "https://id.gs1.org/01/09506000134352", "425261"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, code string) {
		gtin, ok := foods.GTIN14(code)
		if !ok {
			return
		}
		again, ok := foods.GTIN14(gtin)
		require.True(t, ok)
		require.Equal(t, gtin, again)
		require.Len(t, gtin, 14)
	})
}

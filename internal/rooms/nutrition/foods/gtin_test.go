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

func FuzzGTIN14(f *testing.F) {
	for _, seed := range []string{"4006381333931", "04252614", "96385074", "", "x"} {
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

package contract

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func withDeprecation(fields string) []byte {
	return []byte("openapi: 3.1.0\npaths: {/: {get: {operationId: x, responses: {'200': {description: x}}, " + fields + "}}}")
}

func TestCompile_DeprecatedOperation_HasBothDates(t *testing.T) {
	t.Parallel()
	c, err := Compile(withDeprecation("deprecated: true, x-deprecated-since: '2027-01-01', x-sunset: '2027-12-31'"))
	require.NoError(t, err)
	require.Equal(t, &Deprecation{
		Since:  time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC),
		Sunset: time.Date(2027, 12, 31, 23, 59, 59, 0, time.UTC),
	}, c.Find(http.MethodGet, "/").Deprecation)

	c, err = Compile(withDeprecation("deprecated: false"))
	require.NoError(t, err)
	require.Nil(t, c.Find(http.MethodGet, "/").Deprecation)
}

func TestCompile_DeprecationWithoutItsDatesOrTooShort_IsRefused(t *testing.T) {
	t.Parallel()
	for fields, message := range map[string]string{
		"deprecated: true": "x-deprecated-since",
		"deprecated: true, x-deprecated-since: '2027-01-01'":                         "x-sunset",
		"deprecated: true, x-sunset: '2027-12-31'":                                   "x-deprecated-since",
		"deprecated: true, x-deprecated-since: 1 May, x-sunset: '2027-12-31'":        "x-deprecated-since",
		"deprecated: true, x-deprecated-since: '2027-01-01', x-sunset: '2027-12-30'": "less than 12 months",
		"x-sunset: '2027-12-31'":                                                     "deprecated: true",
	} {
		_, err := Compile(withDeprecation(fields))
		require.ErrorContains(t, err, message, fields)
	}
}

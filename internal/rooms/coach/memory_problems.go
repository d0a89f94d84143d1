package coach

import (
	"net/http"

	"github.com/ultimatecoach/api/internal/tools/problem"
)

var memoryNotFound = problem.Define(
	http.StatusNotFound,
	"memory_not_found",
	"There is no such memory.",
	"Read the list again; the memory may have been deleted with its conversation.",
)

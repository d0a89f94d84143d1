// Package resilience holds tests only: it kills, starves and stops the database, the network and the API itself, and
// looks at what a client sees meanwhile and what is left afterwards.
package resilience

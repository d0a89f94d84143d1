// Package resilience holds only tests. They kill, block and stop the database, the network and the API, and check what
// clients see during the failure and what the database holds afterwards.
package resilience

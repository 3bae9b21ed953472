// Package triggers posts events to a Triggers API service, consumes and follows them, and checks its deliveries.
package triggers

// Version of this library.
const Version = "1.0.0"

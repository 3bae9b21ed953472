/** The client of a Triggers API service, and the check of its deliveries. */
package dev.triggers.client;

/**
 * What the service promises for the worst: processes killed, frozen and stopped, and a
 * database that goes away.
 */
@NullMarked
package dev.triggers.fault;

import org.jspecify.annotations.NullMarked;

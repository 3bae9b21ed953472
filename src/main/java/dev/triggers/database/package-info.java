/**
 * The database below everything: connections, notifications between instances, upkeep of
 * the history's days.
 */
@NullMarked
package dev.triggers.database;

import org.jspecify.annotations.NullMarked;

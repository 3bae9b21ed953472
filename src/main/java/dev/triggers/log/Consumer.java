package dev.triggers.log;

import java.time.Instant;

/**
 * Whoever reads the log, and how far it has come.
 *
 * @param name its name
 * @param cursor the position that is kept for it
 * @param updatedAt when it was last set
 */
record Consumer(String name, String cursor, Instant updatedAt) {

}

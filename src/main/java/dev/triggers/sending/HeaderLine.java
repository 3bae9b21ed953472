package dev.triggers.sending;

import org.jspecify.annotations.Nullable;

/**
 * A header of a request or of an answer.
 *
 * @param name its name
 * @param value its value; null if it is not known any more
 */
public record HeaderLine(String name, @Nullable String value) {

}

package dev.triggers.web;

/**
 * What is wrong with one field of a request.
 *
 * @param field the member or query parameter, with its path where nested
 * @param message what to change
 */
public record FieldError(String field, String message) {
}

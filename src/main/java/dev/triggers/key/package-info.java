/**
 * Organizations and their API keys: generation, rotation, and the authentication of each
 * request.
 */
@NullMarked
package dev.triggers.key;

import org.jspecify.annotations.NullMarked;

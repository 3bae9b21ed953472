/**
 * Everything as it happens, over connections that stay open.
 */
@NullMarked
package dev.triggers.stream;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.triggers.trace;

import org.jspecify.annotations.NullMarked;

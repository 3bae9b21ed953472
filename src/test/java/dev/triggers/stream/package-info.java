@NullMarked
package dev.triggers.stream;

import org.jspecify.annotations.NullMarked;

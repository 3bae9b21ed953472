@NullMarked
package dev.triggers.replica;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.triggers.move;

import org.jspecify.annotations.NullMarked;

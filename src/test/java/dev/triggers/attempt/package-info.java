@NullMarked
package dev.triggers.attempt;

import org.jspecify.annotations.NullMarked;

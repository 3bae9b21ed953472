@NullMarked
package dev.triggers.playground;

import org.jspecify.annotations.NullMarked;

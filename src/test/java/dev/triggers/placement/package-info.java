@NullMarked
package dev.triggers.placement;

import org.jspecify.annotations.NullMarked;

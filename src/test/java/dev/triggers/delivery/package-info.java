@NullMarked
package dev.triggers.delivery;

import org.jspecify.annotations.NullMarked;

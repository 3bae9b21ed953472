@NullMarked
package dev.triggers.sending;

import org.jspecify.annotations.NullMarked;

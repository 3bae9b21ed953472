@NullMarked
package dev.triggers.log;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.triggers.statistics;

import org.jspecify.annotations.NullMarked;

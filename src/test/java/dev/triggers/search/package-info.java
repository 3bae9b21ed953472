@NullMarked
package dev.triggers.search;

import org.jspecify.annotations.NullMarked;

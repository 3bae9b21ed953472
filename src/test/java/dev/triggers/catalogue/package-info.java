@NullMarked
package dev.triggers.catalogue;

import org.jspecify.annotations.NullMarked;

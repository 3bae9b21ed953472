@NullMarked
package dev.triggers.repair;

import org.jspecify.annotations.NullMarked;

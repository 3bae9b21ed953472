@NullMarked
package dev.triggers.organization;

import org.jspecify.annotations.NullMarked;

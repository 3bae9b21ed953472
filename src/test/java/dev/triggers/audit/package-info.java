@NullMarked
package dev.triggers.audit;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.triggers.webhook;

import org.jspecify.annotations.NullMarked;

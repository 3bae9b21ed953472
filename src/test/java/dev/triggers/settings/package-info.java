@NullMarked
package dev.triggers.settings;

import org.jspecify.annotations.NullMarked;

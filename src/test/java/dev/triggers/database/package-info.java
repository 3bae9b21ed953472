@NullMarked
package dev.triggers.database;

import org.jspecify.annotations.NullMarked;

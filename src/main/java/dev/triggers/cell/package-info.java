/**
 * Other cells: installations with databases of their own, whose tokens may come here.
 */
@NullMarked
package dev.triggers.cell;

import org.jspecify.annotations.NullMarked;

/**
 * What the features tell of where an event comes from and goes: its trace, in W3C's form.
 * Who records it is not known here.
 */
@NullMarked
package dev.triggers.trace;

import org.jspecify.annotations.NullMarked;

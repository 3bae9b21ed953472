/**
 * Who changed what of an organization, and when: written with the change itself.
 */
@NullMarked
package dev.triggers.audit;

import org.jspecify.annotations.NullMarked;

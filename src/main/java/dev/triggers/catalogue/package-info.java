/**
 * The types of events that organizations post.
 */
@NullMarked
package dev.triggers.catalogue;

import org.jspecify.annotations.NullMarked;

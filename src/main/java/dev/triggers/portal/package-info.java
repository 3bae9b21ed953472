/**
 * The portal: the page at {@code /} and its files. All that it shows and does goes over
 * the public API, so nothing here knows of events, endpoints or keys.
 */
@NullMarked
package dev.triggers.portal;

import org.jspecify.annotations.NullMarked;

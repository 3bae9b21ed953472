/**
 * What every HTTP endpoint shares: problem details, request ids, bounded bodies, and the
 * server's own settings.
 */
@NullMarked
package dev.triggers.web;

import org.jspecify.annotations.NullMarked;

/**
 * The portal's files, and the portal in a real browser.
 */
package dev.triggers.portal;

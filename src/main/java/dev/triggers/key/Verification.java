package dev.triggers.key;

/**
 * What the database says of a key.
 */
sealed interface Verification permits Verified, Refusal {

}

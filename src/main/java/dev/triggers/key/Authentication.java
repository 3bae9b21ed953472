package dev.triggers.key;

/**
 * What a presented key comes to.
 */
sealed interface Authentication permits Caller, Refusal {

}

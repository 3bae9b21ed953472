package dev.triggers.key;

/**
 * What a key is hashed for.
 */
enum HashPurpose {

    /** To tell whether the key that is presented is the right one. */
    VERIFY,

    /** To store a key that was just made. */
    GENERATE

}

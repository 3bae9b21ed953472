package dev.triggers.key;

/**
 * Where an organization lives: the two decimal digits that the random part of every token
 * begins with, so that whoever holds a token knows where to ask.
 */
final class Cell {

    /** Where none is set. */
    static final String HERE = "00";

    private Cell() {
    }

}

package dev.triggers.search;

/**
 * A term, or the opposite of it.
 *
 * @param term the term
 * @param negated whether it must not hold
 */
record Clause(Term term, boolean negated) {

    boolean accepts(boolean holds) {
        return holds != this.negated;
    }

}

package dev.triggers.cell;

/**
 * What asking another cell for its secrets comes to.
 */
sealed interface Verdict {

    /**
     * Either can read what the other writes.
     */
    record Agrees() implements Verdict {
    }

    /**
     * It is not so.
     *
     * @param why a line that names the setting
     */
    record Disagrees(String why) implements Verdict {
    }

    /**
     * It cannot be told now.
     *
     * @param why what came instead of an answer
     */
    record Unknown(String why) implements Verdict {
    }

}

package dev.triggers.statistics;

/**
 * What was counted of an organization's requests beside the events that were accepted.
 *
 * @param duplicates events that had been accepted before
 * @param rejected events that were not acceptable
 * @param bytes of the payloads of accepted events
 * @param reads requests that read
 */
record Posted(long duplicates, long rejected, long bytes, long reads) {

    static final Posted NOTHING = new Posted(0, 0, 0, 0);

    Posted plus(Posted other) {
        return new Posted(this.duplicates + other.duplicates, this.rejected + other.rejected, this.bytes + other.bytes,
                this.reads + other.reads);
    }

}

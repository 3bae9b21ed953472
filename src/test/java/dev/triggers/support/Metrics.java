package dev.triggers.support;

import java.util.List;

/**
 * What the service tells of itself at one moment.
 *
 * @param lines the lines of its answer
 */
public record Metrics(List<String> lines) {

    public static Metrics of(Api api) {
        Reply reply = api.get("/metrics", null);
        if (reply.status() != 200) {
            throw new AssertionError(reply.toString());
        }
        return new Metrics(reply.body().lines().toList());
    }

    /**
     * The value of a series, named as it is written: with its labels, sorted.
     */
    public double value(String series) {
        return this.lines.stream()
            .filter((line) -> line.startsWith(series + " "))
            .findFirst()
            .map((line) -> Double.parseDouble(line.substring(series.length() + 1)))
            .orElseThrow(() -> new AssertionError("No " + series + " in " + String.join("\n", this.lines)));
    }

}

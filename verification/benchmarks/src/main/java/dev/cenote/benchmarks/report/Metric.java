package dev.cenote.benchmarks.report;

/**
 * Something that is measured.
 *
 * @param key in the JSON
 * @param title in the table, unit included
 * @param isRate true if more is better
 */
public record Metric(String key, String title, boolean isRate) {
    /** One of which more is better. */
    public static Metric rate(String key, String title) {
        return new Metric(key, title, true);
    }

    /** One of which less is better. */
    public static Metric cost(String key, String title) {
        return new Metric(key, title, false);
    }
}

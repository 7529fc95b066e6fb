package dev.cenote.benchmarks.report;

import java.util.Map;

/**
 * What one subject did in one row of a scenario, once.
 *
 * @param values by the key of the metric; empty where it failed
 * @param note why it failed; else empty
 */
public record Measurement(
        String scenario, String row, String subject, int round, Map<String, Double> values, String note) {}

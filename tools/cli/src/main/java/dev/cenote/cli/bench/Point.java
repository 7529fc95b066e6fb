package dev.cenote.cli.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One pool size with its samples, one for each round.
 *
 * @param size the pool size
 * @param samples what each round showed, in the order of the rounds; at least one
 */
record Point(int size, List<Sample> samples) {
    Point {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("samples must not be empty");
        }
        samples = List.copyOf(samples);
    }

    /** Median of the rounds. */
    double perSecond() {
        return median(Sample::perSecond);
    }

    /** Half of the distance between the best and the worst round, as a share of the median. */
    double spread() {
        double best = samples.stream().mapToDouble(Sample::perSecond).max().orElse(0);
        double worst = samples.stream().mapToDouble(Sample::perSecond).min().orElse(0);
        return perSecond() == 0 ? 0 : (best - worst) / 2 / perSecond();
    }

    /** The median of the rounds' values of something. */
    double median(ToDoubleFunction<Sample> value) {
        double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The median of the rounds' values of a time. */
    long micros(ToDoubleFunction<Sample> time) {
        return Math.round(median(time));
    }

    /** Calls of all rounds. */
    long calls() {
        return samples.stream().mapToLong(Sample::calls).sum();
    }

    /** Failures of all rounds. */
    long failures() {
        return samples.stream().mapToLong(Sample::failures).sum();
    }
}

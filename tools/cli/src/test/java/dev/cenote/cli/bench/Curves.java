package dev.cenote.cli.bench;

import java.util.ArrayList;
import java.util.List;

/** Synthetic curves. */
final class Curves {
    private Curves() {}

    static Point point(int size, long p99, double... perSecond) {
        var samples = new ArrayList<Sample>();
        for (double each : perSecond) {
            samples.add(sample(each, 0, p99));
        }
        return new Point(size, samples);
    }

    static Sample sample(double perSecond, long failures, long p99) {
        return new Sample((long) (perSecond * 2), failures, perSecond, p99 / 2, p99, p99 / 4, p99 / 2, 0.1);
    }

    /** A database that does {@code one} calls a second on each connection, up to {@code servers} at once. */
    static List<Point> saturating(int servers, double one, int... sizes) {
        var points = new ArrayList<Point>();
        for (int size : sizes) {
            double rate = one * Math.min(size, servers);
            points.add(point(size, Math.round(32 / rate * 1e6), rate * 0.99, rate, rate * 1.01));
        }
        return points;
    }
}

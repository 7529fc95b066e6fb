package dev.cenote.cli.bench;

import dev.cenote.protocols.HostAndPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the reader of a curve should know besides. */
final class Notes {
    private static final long ENOUGH_CALLS = 100;
    private static final double BUSY = 0.6;
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "::1");

    private Notes() {}

    static List<String> of(BenchUri uri, List<Point> points, Map<Integer, String> unreachable, int processors) {
        var notes = new ArrayList<String>();
        unreachable.forEach((size, reason) -> notes.add("Size " + size + " could not be had: " + reason + "."));
        for (Point point : points) {
            if (KneeRule.isFailed(point)) {
                notes.add("Size %d does not count: %,d of %,d calls failed."
                        .formatted(point.size(), point.failures(), point.calls() + point.failures()));
            }
        }
        long fewest = points.stream()
                .flatMap(point -> point.samples().stream())
                .mapToLong(Sample::calls)
                .min()
                .orElse(ENOUGH_CALLS);
        if (fewest < ENOUGH_CALLS) {
            notes.add("In one run only " + fewest + " calls ended, too few for a p99: take longer (--duration).");
        }
        double busiest = points.stream()
                .mapToDouble(point -> point.median(Sample::processors))
                .max()
                .orElse(0);
        if (busiest > BUSY * processors) {
            notes.add(("This program kept %.1f of %d processors busy: the curve shows its limit as much as the"
                            + " server's.")
                    .formatted(busiest, processors));
        }
        if (uri.parsed().hosts().stream().map(HostAndPort::host).anyMatch(HERE::contains)) {
            notes.add("The server runs on this machine and shares its processors with the callers.");
        }
        if (!uri.ignored().isEmpty()) {
            notes.add("Not used of the URI, since it would bend the curve: pool."
                    + String.join(", pool.", uri.ignored()) + ".");
        }
        if (uri.parsed().scheme().startsWith("redis")) {
            notes.add("Calls were made on leases. Ordinary commands by pool.execute share one connection, which has no"
                    + " size.");
        }
        return notes;
    }
}

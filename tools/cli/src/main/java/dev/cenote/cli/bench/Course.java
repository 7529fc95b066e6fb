package dev.cenote.cli.bench;

import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.CenoteException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Measures all sizes in rounds, each round in another order, and tells how far it is. */
final class Course {
    /**
     * How it is done.
     *
     * @param sizes the pool sizes
     * @param rounds how often each is measured
     * @param leadIn how long the load runs before each is measured
     * @param duration how long each is measured
     */
    record Plan(List<Integer> sizes, int rounds, Duration leadIn, Duration duration) {
        Plan {
            sizes = List.copyOf(sizes);
        }

        /** How long it takes at least. */
        Duration total() {
            return leadIn.plus(duration).multipliedBy((long) sizes.size() * rounds);
        }
    }

    private final Plan plan;
    private final Meter meter;
    private final Consumer<String> progress;
    private final Map<Integer, List<Sample>> samples = new TreeMap<>();
    private final Map<Integer, String> unreachable = new TreeMap<>();

    Course(Plan plan, Meter meter, Consumer<String> progress) {
        this.plan = plan;
        this.meter = meter;
        this.progress = progress;
    }

    /** Measures; the random numbers say in which order. */
    List<Point> run(Random random) throws InterruptedException {
        long start = System.nanoTime();
        int done = 0;
        for (int round = 1; round <= plan.rounds(); round++) {
            var order = new ArrayList<>(plan.sizes());
            Collections.shuffle(order, random);
            for (int size : order) {
                String found = measure(size);
                done++;
                progress.accept("round %d of %d  size %3d  %s%s"
                        .formatted(round, plan.rounds(), size, found, left(start, done)));
            }
        }
        return samples.entrySet().stream()
                .filter(entry -> !unreachable.containsKey(entry.getKey()))
                .map(entry -> new Point(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Sizes that could not be had, with the reason. */
    Map<Integer, String> unreachable() {
        return Collections.unmodifiableMap(unreachable);
    }

    private String measure(int size) throws InterruptedException {
        for (Map.Entry<Integer, String> failed : unreachable.entrySet()) {
            if (size >= failed.getKey()) {
                unreachable.putIfAbsent(size, failed.getValue());
                return "not tried: " + failed.getKey() + " could not be opened";
            }
        }
        try {
            Sample sample = meter.measure(size, plan.leadIn(), plan.duration());
            samples.computeIfAbsent(size, unused -> new ArrayList<>()).add(sample);
            return "%10s  p99 %8s%s"
                    .formatted(
                            Format.rate(sample.perSecond()),
                            Format.time(sample.callP99()),
                            sample.failures() == 0 ? "" : "  failed " + sample.failures());
        } catch (AcquireTimeoutException late) {
            String reason =
                    late.lastConnectFailure().map(CenoteException::describe).orElse("no answer in time");
            unreachable.put(size, PoolUri.mask(reason));
            return "cannot be opened: " + PoolUri.mask(reason);
        }
    }

    private String left(long start, int done) {
        int all = plan.sizes().size() * plan.rounds();
        double seconds = (System.nanoTime() - start) / 1e9 / done * (all - done);
        return done == all ? "" : "  (about %.0f s left)".formatted(Math.ceil(seconds));
    }
}

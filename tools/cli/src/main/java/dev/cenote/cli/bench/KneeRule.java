package dev.cenote.cli.bench;

import dev.cenote.cli.bench.Recommendation.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Which pool size a curve speaks for.
 *
 * <ol>
 *   <li>Each size counts by the median of its rounds, which were run in shuffled order, so that neither one bad moment nor a
 *       drift decides.
 *   <li>The knee is the smallest size whose throughput is within the tolerance of the best one.
 *   <li>A larger size takes its place only where its throughput is within the tolerance too and its p99 is lower by more
 *       than a quarter, its worst round against the best one of the smaller size.
 *   <li>Each round is read by itself too, by its throughput. Where one finds the knee more than one step away, the results
 *       are too noisy: there is no recommendation. So they are where throughput varies by more than a fifth up and down
 *       between the rounds at half of the sizes, or at the knee.
 *   <li>Where the knee is the largest size, throughput was still rising, and there is no recommendation either; unless every
 *       caller had a connection of its own, when more connections cannot help this load.
 * </ol>
 */
final class KneeRule {
    /** A size at which more calls than this share failed says nothing. */
    static final double FAILURES = 0.01;

    /** Half the distance between the best and the worst round, as a share of the median, that is too much. */
    static final double UNSTEADY = 0.2;

    private static final double P99_GAIN = 0.25;

    private final double tolerance;
    private final int callers;

    /**
     * The rule.
     *
     * @param tolerance the share of the best throughput that is given up for a smaller pool
     * @param callers how many callers made the load
     */
    KneeRule(double tolerance, int callers) {
        this.tolerance = tolerance;
        this.callers = callers;
    }

    /** True if so many calls failed at that size that its throughput says nothing. */
    static boolean isFailed(Point point) {
        return point.calls() == 0 || point.failures() > FAILURES * (point.calls() + point.failures());
    }

    Recommendation apply(List<Point> measured) {
        List<Point> usable = measured.stream()
                .filter(point -> !isFailed(point))
                .sorted(Comparator.comparingInt(Point::size))
                .toList();
        if (usable.size() < 2) {
            return new Recommendation(Kind.TOO_LITTLE, usable, -1, List.of(), tolerance, callers);
        }
        int knee = settled(usable, smallestWithin(usable, Point::perSecond));
        List<Integer> rounds = byRound(usable);
        return new Recommendation(kind(usable, knee, rounds), usable, knee, rounds, tolerance, callers);
    }

    private Kind kind(List<Point> usable, int knee, List<Integer> rounds) {
        int byThroughput = smallestWithin(usable, Point::perSecond);
        boolean unsteady = isUnsteady(usable) || usable.get(knee).spread() > UNSTEADY;
        if (unsteady || rounds.stream().anyMatch(each -> Math.abs(each - byThroughput) > 1)) {
            return Kind.NOISY;
        } else if (usable.get(knee).size() >= callers) {
            return Kind.CALLERS;
        } else if (knee == usable.size() - 1) {
            return Kind.RISING;
        }
        return knee == 0 ? Kind.FLAT : Kind.KNEE;
    }

    private static boolean isUnsteady(List<Point> points) {
        long unsteady =
                points.stream().filter(point -> point.spread() > UNSTEADY).count();
        return 2 * unsteady >= points.size();
    }

    private int smallestWithin(List<Point> points, ToDoubleFunction<Point> throughput) {
        double best = points.stream().mapToDouble(throughput).max().orElseThrow();
        int at = 0;
        while (throughput.applyAsDouble(points.get(at)) < (1 - tolerance) * best) {
            at++;
        }
        return at;
    }

    /** The smallest one, or a larger one as fast whose p99 is clearly better. */
    private int settled(List<Point> points, int smallest) {
        double enough = (1 - tolerance)
                * points.stream().mapToDouble(Point::perSecond).max().orElseThrow();
        int settled = smallest;
        for (int at = smallest + 1; at < points.size(); at++) {
            if (points.get(at).perSecond() >= enough && isClearlyFaster(points.get(at), points.get(settled))) {
                settled = at;
            }
        }
        return settled;
    }

    private static boolean isClearlyFaster(Point larger, Point smaller) {
        long worst = larger.samples().stream().mapToLong(Sample::callP99).max().orElseThrow();
        long best = smaller.samples().stream().mapToLong(Sample::callP99).min().orElseThrow();
        return worst < (1 - P99_GAIN) * best;
    }

    /** Where each round by itself would put the knee. */
    private List<Integer> byRound(List<Point> points) {
        int rounds =
                points.stream().mapToInt(point -> point.samples().size()).min().orElse(0);
        var knees = new ArrayList<Integer>();
        for (int i = 0; i < rounds; i++) {
            int round = i;
            knees.add(smallestWithin(points, point -> point.samples().get(round).perSecond()));
        }
        return knees;
    }
}

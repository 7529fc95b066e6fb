package dev.cenote.cli.bench;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What a curve speaks for, and why.
 *
 * @param kind what was found
 * @param points the sizes that count, ascending
 * @param at where among them the knee is; -1 if there are too few
 * @param byRound where each round by itself would put it
 * @param tolerance the share of the best throughput that was given up
 * @param callers how many callers made the load
 */
record Recommendation(Kind kind, List<Point> points, int at, List<Integer> byRound, double tolerance, int callers) {
    /** What was found. */
    enum Kind {
        /** More connections stop helping at that size. */
        KNEE,
        /** The smallest size measured does it all. */
        FLAT,
        /** Each caller has a connection; the server might serve more. */
        CALLERS,
        /** Still rising at the largest size. */
        RISING,
        /** The rounds do not agree. */
        NOISY,
        /** Fewer than two sizes could be measured. */
        TOO_LITTLE;

        /** As JSON has it. */
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    Recommendation {
        points = List.copyOf(points);
        byRound = List.copyOf(byRound);
    }

    /** The size to take; empty where the results do not bear one. */
    OptionalInt size() {
        return switch (kind) {
            case KNEE, FLAT -> OptionalInt.of(knee().size());
            case CALLERS -> OptionalInt.of(Math.min(knee().size(), callers));
            case RISING, NOISY, TOO_LITTLE -> OptionalInt.empty();
        };
    }

    private Point knee() {
        return points.get(at);
    }

    /** The pool size at which each round by itself would put the knee. */
    List<Integer> sizesByRound() {
        return byRound.stream().map(each -> points.get(each).size()).toList();
    }

    /** The size with the best throughput. */
    private Point best() {
        Point best = points.get(0);
        for (Point point : points) {
            best = point.perSecond() > best.perSecond() ? point : best;
        }
        return best;
    }

    /** The finding in one sentence. */
    String finding() {
        return switch (kind) {
            case KNEE, FLAT, CALLERS -> "Recommended for this load: pool.maxSize=" + size().getAsInt();
            case RISING -> "No knee: throughput still rises at " + knee().size() + ", the largest size measured.";
            case NOISY -> "No recommendation: the rounds differ too much.";
            case TOO_LITTLE -> "No recommendation: fewer than two sizes could be measured.";
        };
    }

    /** Why, in sentences. */
    List<String> reasons() {
        if (kind == Kind.TOO_LITTLE) {
            return List.of("A knee needs at least two sizes at which at most 1 % of the calls fail.");
        }
        var reasons = new java.util.ArrayList<String>();
        reasons.add(shape());
        switch (kind) {
            case FLAT ->
                reasons.add("More connections do not help: the server works through these calls one after another, this"
                        + " program is the limit, or " + count(callers, "caller") + " ask for too little.");
            case CALLERS ->
                reasons.add("With " + count(callers, "caller") + " each has a connection then, so that more cannot be"
                        + " used: this is the limit of the load, not of the server. For the server's, raise"
                        + " --callers.");
            case RISING -> reasons.add("Measure larger sizes, up to the " + callers + " callers.");
            case NOISY -> {
                long unsteady = points.stream()
                        .filter(point -> point.spread() > KneeRule.UNSTEADY)
                        .count();
                reasons.add("By itself each round finds " + words(sizesByRound()) + "; at " + unsteady + " of "
                        + points.size() + " sizes throughput varies by more than "
                        + Format.share(KneeRule.UNSTEADY)
                        + " up and down. Take longer (--duration), more rounds (--rounds), or a quieter machine.");
            }
            case KNEE, TOO_LITTLE -> {}
        }
        if (byRound.size() > 1 && kind != Kind.NOISY) {
            reasons.add("By itself each round finds " + words(sizesByRound()) + ".");
        } else if (byRound.size() == 1) {
            reasons.add("That is one round: nothing says how much of it is noise.");
        }
        return reasons;
    }

    private String shape() {
        Point knee = knee();
        Point best = best();
        var text = new StringBuilder("At " + knee.size() + " the throughput is " + Format.rate(knee.perSecond()));
        text.append(
                knee == best
                        ? ", the best of all"
                        : ", " + Format.share(knee.perSecond() / best.perSecond()) + " of the best, "
                                + Format.rate(best.perSecond()) + " at " + best.size());
        if (at > 0) {
            Point before = points.get(at - 1);
            text.append("; at %d it is %s of the best"
                    .formatted(before.size(), Format.share(before.perSecond() / best.perSecond())));
        }
        text.append(". Within ").append(Format.share(tolerance)).append(" of the best the smallest size is taken");
        text.append(tookLarger() ? ", or a larger one whose p99 is clearly lower, as here." : ".");
        return text.toString();
    }

    private boolean tookLarger() {
        return at > 0 && points.get(at - 1).perSecond() >= (1 - tolerance) * best().perSecond();
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String words(List<Integer> sizes) {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}

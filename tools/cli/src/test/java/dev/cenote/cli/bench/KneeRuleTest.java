package dev.cenote.cli.bench;

import static dev.cenote.cli.bench.Curves.point;
import static dev.cenote.cli.bench.Curves.sample;
import static dev.cenote.cli.bench.Curves.saturating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.cli.bench.Recommendation.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KneeRuleTest {
    private static final int CALLERS = 32;

    private static Recommendation rule(List<Point> points) {
        return new KneeRule(0.05, CALLERS).apply(points);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8, 16})
    void theKneeIsWhereTheDatabaseHasNoMoreToGive(int servers) {
        Recommendation found = rule(saturating(servers, 100, 1, 2, 4, 8, 16, 24));
        assertThat(found.kind()).isEqualTo(Kind.KNEE);
        assertThat(found.size()).hasValue(servers);
        assertThat(found.sizesByRound()).containsExactly(servers, servers, servers);
        assertThat(found.finding()).isEqualTo("Recommended for this load: pool.maxSize=" + servers);
    }

    @Test
    void theOrderOfThePointsDoesNotMatter() {
        List<Point> points = new ArrayList<>(saturating(4, 100, 1, 2, 4, 8, 16));
        Collections.reverse(points);
        assertThat(rule(points).size()).hasValue(4);
    }

    @Test
    void theToleranceGivesUpAShareOfTheBestForASmallerPool() {
        List<Point> points = List.of(
                point(1, 900, 100, 100, 100),
                point(2, 500, 192, 192, 192),
                point(4, 500, 196, 196, 196),
                point(8, 500, 200, 200, 200));
        assertThat(rule(points).size()).hasValue(2);
        assertThat(new KneeRule(0.03, CALLERS).apply(points).size()).hasValue(4);
        assertThat(new KneeRule(0.01, CALLERS).apply(points).kind()).isEqualTo(Kind.RISING);
    }

    @Test
    void oneBadRoundDoesNotDecide() {
        List<Point> points = List.of(
                point(1, 900, 100, 100, 100),
                point(2, 500, 198, 189, 199),
                point(4, 500, 200, 201, 200),
                point(8, 500, 140, 202, 201));
        Recommendation found = rule(points);
        assertThat(found.kind()).isEqualTo(Kind.KNEE);
        assertThat(found.size()).hasValue(2);
        assertThat(found.sizesByRound()).containsExactly(2, 4, 2);
    }

    @Test
    void aKneeThatIsItselfUnsteadyIsNone() {
        List<Point> points = List.of(
                point(1, 900, 100, 100, 100),
                point(2, 500, 260, 200, 150),
                point(4, 500, 200, 200, 150),
                point(8, 500, 200, 200, 150));
        assertThat(rule(points).kind()).isEqualTo(Kind.NOISY);
    }

    @Test
    void roundsThatDisagreeRecommendNothing() {
        List<Point> points = List.of(
                point(1, 900, 100, 200, 120),
                point(2, 500, 150, 150, 110),
                point(4, 500, 160, 140, 130),
                point(8, 500, 170, 120, 200));
        Recommendation found = rule(points);
        assertThat(found.kind()).isEqualTo(Kind.NOISY);
        assertThat(found.size()).isEmpty();
        assertThat(found.reasons()).anyMatch(reason -> reason.contains("By itself each round finds 8, 1, 8"));
    }

    @Test
    void throughputThatVariesTooMuchRecommendsNothingThoughTheRoundsAgree() {
        List<Point> points = List.of(
                point(1, 900, 60, 100, 140),
                point(2, 500, 120, 200, 280),
                point(4, 500, 120, 200, 280),
                point(8, 500, 120, 200, 280));
        Recommendation found = rule(points);
        assertThat(found.sizesByRound()).containsExactly(2, 2, 2);
        assertThat(found.kind()).isEqualTo(Kind.NOISY);
        assertThat(found.reasons()).anyMatch(reason -> reason.contains("at 4 of 4 sizes throughput varies"));
    }

    @Test
    void throughputThatStillRisesHasNoKnee() {
        Recommendation found = rule(saturating(100, 100, 1, 2, 4, 8, 16));
        assertThat(found.kind()).isEqualTo(Kind.RISING);
        assertThat(found.size()).isEmpty();
        assertThat(found.finding()).contains("No knee: throughput still rises at 16");
    }

    @Test
    void whereEachCallerHasAConnectionTheLoadIsTheLimit() {
        Recommendation found = new KneeRule(0.05, 8).apply(saturating(8, 100, 1, 2, 4, 8, 16));
        assertThat(found.kind()).isEqualTo(Kind.CALLERS);
        assertThat(found.size()).hasValue(8);
        assertThat(found.reasons()).anyMatch(reason -> reason.contains("limit of the load, not of the server"));
        assertThat(new KneeRule(0.05, 6).apply(saturating(6, 100, 1, 2, 4, 8)).size())
                .as("no more than there are callers")
                .hasValue(6);
    }

    @Test
    void aFlatCurveTakesTheSmallestSize() {
        Recommendation found = rule(saturating(1, 100, 1, 2, 4, 8));
        assertThat(found.kind()).isEqualTo(Kind.FLAT);
        assertThat(found.size()).hasValue(1);
    }

    @Test
    void throughputThatFallsWithTooManyConnectionsDoesNotHideTheKnee() {
        List<Point> points = List.of(
                point(1, 900, 100, 101, 100),
                point(2, 500, 200, 200, 201),
                point(4, 500, 180, 182, 181),
                point(8, 500, 150, 150, 151));
        assertThat(rule(points).size()).hasValue(2);
    }

    @Test
    void amongEqualsAClearlyLowerP99Wins() {
        List<Point> points = List.of(
                point(1, 900, 100, 100, 100),
                point(2, 500, 198, 198, 198),
                point(4, 300, 200, 200, 200),
                point(8, 299, 200, 200, 200));
        Recommendation found = rule(points);
        assertThat(found.size()).hasValue(4);
        assertThat(found.reasons().get(0)).contains("a larger one whose p99 is clearly lower, as here");
    }

    @Test
    void aP99ThatIsLowerInSomeRoundsOnlyDoesNotWin() {
        var unsteady = new Point(4, List.of(sample(200, 0, 300), sample(200, 0, 300), sample(200, 0, 490)));
        List<Point> points =
                List.of(point(1, 900, 100, 100, 100), point(2, 500, 198, 198, 198), unsteady, point(8, 500, 200, 200));
        assertThat(rule(points).size()).hasValue(2);
    }

    @Test
    void aSizeAtWhichCallsFailDoesNotCount() {
        List<Point> points = new ArrayList<>(saturating(4, 100, 1, 2, 4, 8));
        points.add(new Point(16, List.of(sample(9_000, 500, 10), sample(9_000, 500, 10), sample(9_000, 500, 10))));
        Recommendation found = rule(points);
        assertThat(found.size()).hasValue(4);
        assertThat(found.points()).extracting(Point::size).containsExactly(1, 2, 4, 8);
    }

    @Test
    void fewerThanTwoSizesAreTooLittle() {
        assertThat(rule(saturating(4, 100, 4)).kind()).isEqualTo(Kind.TOO_LITTLE);
        Recommendation nothing = rule(List.of());
        assertThat(nothing.kind()).isEqualTo(Kind.TOO_LITTLE);
        assertThat(nothing.finding()).startsWith("No recommendation");
        assertThat(nothing.reasons()).isNotEmpty();
        assertThat(nothing.sizesByRound()).isEmpty();
    }

    @Test
    void oneRoundSaysSo() {
        List<Point> points = List.of(point(1, 900, 100), point(2, 500, 200), point(4, 500, 200));
        assertThat(rule(points).reasons()).anyMatch(reason -> reason.contains("nothing says how much of it is noise"));
    }
}

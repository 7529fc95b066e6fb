package dev.cenote.redis;

/** Scores from one to another, both included unless said otherwise. Immutable. */
public final class ScoreRange {
    private final String least;
    private final String most;

    private ScoreRange(String least, String most) {
        this.least = least;
        this.most = most;
    }

    /** All scores. */
    public static ScoreRange all() {
        return new ScoreRange("-inf", "+inf");
    }

    /** From {@code least} to {@code most}, both included. */
    public static ScoreRange between(double least, double most) {
        return all().atLeast(least).atMost(most);
    }

    /** Begins at {@code score}. */
    public ScoreRange atLeast(double score) {
        return new ScoreRange(Draft.decimal(score), most);
    }

    /** Begins after {@code score}. */
    public ScoreRange above(double score) {
        return new ScoreRange("(" + Draft.decimal(score), most);
    }

    /** Ends with {@code score}. */
    public ScoreRange atMost(double score) {
        return new ScoreRange(least, Draft.decimal(score));
    }

    /** Ends before {@code score}. */
    public ScoreRange below(double score) {
        return new ScoreRange(least, "(" + Draft.decimal(score));
    }

    byte[] least() {
        return TypedGroup.ascii(least);
    }

    byte[] most() {
        return TypedGroup.ascii(most);
    }
}

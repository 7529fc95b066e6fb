package dev.cenote.redis;

import java.util.Arrays;
import java.util.List;

/** Which sorted sets are put together, and what becomes of the scores of a member that is in several. Immutable. */
public final class SortedSetCombination<K> {
    /** What becomes of several scores. */
    public enum Aggregate {
        SUM,
        MIN,
        MAX
    }

    private final List<K> keys;
    private final List<Double> weights;
    private final Aggregate aggregate;

    private SortedSetCombination(List<K> keys, List<Double> weights, Aggregate aggregate) {
        this.keys = keys;
        this.weights = weights;
        this.aggregate = aggregate;
    }

    /** Of {@code keys}, whose scores are summed. Sets will do, with 1 as the score of each member. */
    @SafeVarargs
    public static <K> SortedSetCombination<K> of(K... keys) {
        return new SortedSetCombination<>(List.of(keys), List.of(), Aggregate.SUM);
    }

    /**
     * The factor of the scores of each key, in their order.
     *
     * @throws IllegalArgumentException unless there are as many as keys
     */
    public SortedSetCombination<K> weights(double... factors) {
        if (factors.length != keys.size()) {
            throw new IllegalArgumentException(
                    "weights must be as many as keys (" + keys.size() + "), was " + factors.length);
        }
        return new SortedSetCombination<>(keys, Arrays.stream(factors).boxed().toList(), aggregate);
    }

    /** What becomes of the scores of a member that is in several. */
    public SortedSetCombination<K> aggregate(Aggregate other) {
        return new SortedSetCombination<>(keys, weights, other);
    }

    List<K> keys() {
        return keys;
    }

    <V> Draft<K, V> addTo(Draft<K, V> draft) {
        draft.number(keys.size()).keys(keys);
        if (!weights.isEmpty()) {
            draft.word("WEIGHTS");
            weights.forEach(draft::number);
        }
        return aggregate == Aggregate.SUM ? draft : draft.word("AGGREGATE").word(aggregate.name());
    }
}

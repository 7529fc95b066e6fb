package dev.cenote.redis;

import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.errors.OperationFailedException;
import io.lettuce.core.cluster.SlotHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An operation on keys of several slots that may be sent as one for each slot, since each key has its effect whatever
 * becomes of the others: MGET, DEL, UNLINK, EXISTS and TOUCH. What it gives is not of one instant then, and if it fails some
 * of it may have been done.
 */
final class Split<R> {
    /** One of the parts, and its slot. */
    record Part<R>(int slot, RedisOperation<R> operation) {}

    private static final Set<String> COUNTING = Set.of("DEL", "UNLINK", "EXISTS", "TOUCH");

    private final Operation<?, R> whole;
    private final List<Part<R>> parts;
    private final Function<List<R>, R> merge;

    private Split(Operation<?, R> whole, List<Part<R>> parts, Function<List<R>, R> merge) {
        this.whole = whole;
        this.parts = parts;
        this.merge = merge;
    }

    /** Splits it by slot; empty if that would change what it means. */
    @SuppressWarnings("unchecked") // by the result types
    static <R> Optional<Split<R>> of(Operation<?, R> operation) {
        if (!(KeySlots.inner(operation) instanceof RedisOperation<?> ours)) {
            return Optional.empty();
        }
        var whole = (RedisOperation<R>) ours;
        boolean counts = COUNTING.contains(whole.name()) && whole.resultType() == Long.class;
        boolean lists = whole.name().equals("MGET") && whole.resultType() == List.class;
        if (!counts && !lists) {
            return Optional.empty();
        }
        var parts = new ArrayList<Part<R>>();
        var places = new ArrayList<List<Integer>>();
        positionsBySlot(whole.keys()).forEach((slot, positions) -> {
            List<byte[]> keys = positions.stream().map(whole.keys()::get).toList();
            parts.add(new Part<>(slot, whole.onSome(keys)));
            places.add(positions);
        });
        return Optional.of(new Split<>(whole, parts, given -> (R)
                (counts
                        ? (Object) sum(given)
                        : inPlace(given, places, whole.keys().size()))));
    }

    private static Map<Integer, List<Integer>> positionsBySlot(List<byte[]> keys) {
        var bySlot = new TreeMap<Integer, List<Integer>>();
        for (int i = 0; i < keys.size(); i++) {
            bySlot.computeIfAbsent(SlotHash.getSlot(keys.get(i)), slot -> new ArrayList<>())
                    .add(i);
        }
        return bySlot;
    }

    private static long sum(List<?> counts) {
        return counts.stream().mapToLong(count -> (Long) count).sum();
    }

    /** The parts give lists, of whose elements each has its place in the whole. */
    private static List<?> inPlace(List<?> lists, List<List<Integer>> places, int size) {
        Object[] all = new Object[size];
        for (int i = 0; i < places.size(); i++) {
            List<?> values = (List<?>) lists.get(i);
            for (int j = 0; j < places.get(i).size(); j++) {
                all[places.get(i).get(j)] = values.get(j);
            }
        }
        return List.of(all);
    }

    List<Part<R>> parts() {
        return parts;
    }

    /** Starts all parts, and gives what they give together. Cancelling it cancels them. */
    CompletableFuture<R> start(Function<Part<R>, CompletableFuture<R>> starter) {
        List<CompletableFuture<R>> running = parts.stream().map(starter).toList();
        var result = new CompletableFuture<R>();
        result.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                running.forEach(each -> each.cancel(false));
            }
        });
        CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).whenComplete((nothing, failure) -> {
            if (failure == null) {
                result.complete(merge.apply(
                        running.stream().map(CompletableFuture::join).toList()));
            } else {
                result.completeExceptionally(failureOf(running));
            }
        });
        return result;
    }

    private Throwable failureOf(List<CompletableFuture<R>> ended) {
        Throwable first = null;
        boolean done = false;
        for (CompletableFuture<R> each : ended) {
            Throwable failure = failureOf(each);
            if (failure == null) {
                done = true;
            } else if (first == null) {
                first = failure;
            } else if (first != failure) {
                first.addSuppressed(failure);
            }
        }
        return done ? inPart(first) : Objects.requireNonNull(first);
    }

    private static @Nullable Throwable failureOf(CompletableFuture<?> ended) {
        try {
            ended.join();
            return null;
        } catch (RuntimeException failed) {
            return ClusterCall.unwrapped(failed);
        }
    }

    /** Of the whole one cannot say that it was not executed, if a part of it was. */
    private Throwable inPart(@Nullable Throwable failure) {
        if (whole.effect() != Effect.READ_ONLY
                && failure instanceof OperationFailedException failed
                && failed.verdict().call() == CallFate.NOT_EXECUTED) {
            Verdict verdict = failed.verdict().withCall(CallFate.UNKNOWN);
            return new OperationFailedException(whole.name() + " in part", verdict, failed);
        }
        return Objects.requireNonNull(failure);
    }
}

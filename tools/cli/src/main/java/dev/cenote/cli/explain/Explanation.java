package dev.cenote.cli.explain;

import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.KnownError;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a classifier makes of one error.
 *
 * @param product whose error it is
 * @param code by which users know it
 * @param meaning what happened
 * @param isListed false if the classifier has no line for it, and judges it by a rule
 * @param statement the verdict on it in a statement
 * @param commit the verdict on it at a commit
 * @param connect the verdict on it while connecting
 * @param pushBack how long the server is then left alone
 */
record Explanation(
        Product product,
        String code,
        String meaning,
        boolean isListed,
        Verdict statement,
        Verdict commit,
        Verdict connect,
        Optional<Duration> pushBack) {

    /** Of an error that the classifier lists. */
    static Explanation of(Product product, KnownError known) {
        return of(product, known.code(), known.meaning(), known.sample().get()).listed(true);
    }

    /** Of an error that it does not list. */
    static Explanation ofAnswer(Product product, String code) {
        return of(product, code, "not listed; judged as any answer with this code", product.answer(code));
    }

    private static Explanation of(Product product, String code, String meaning, Throwable error) {
        Classifier classifier = product.classifier();
        return new Explanation(
                product,
                code,
                meaning,
                false,
                classifier.classify(error, Phase.EXECUTE),
                classifier.classify(error, Phase.COMMIT),
                classifier.classify(error, Phase.CONNECT),
                classifier.pushBack(error));
    }

    private Explanation listed(boolean listed) {
        return new Explanation(product, code, meaning, listed, statement, commit, connect, pushBack);
    }

    /** What becomes of the connection, in words. */
    String connectionWords() {
        return switch (statement.connection()) {
            case KEEP -> "kept: it is sound";
            case EVICT -> "closed, and replaced when it is needed";
            case CLEAR -> "closed, as are all that were opened before: the server is going, or has changed its role";
        };
    }

    /** What is known of the call, in words, and when a retry policy tries it again. */
    static String callWords(CallFate fate) {
        String known = switch (fate) {
            case NOT_EXECUTED -> "it never ran";
            case ROLLED_BACK -> "its transaction was undone";
            case UNKNOWN -> "it may have run";
            case COMMIT_UNKNOWN -> "nobody knows whether it took effect";
            case PERMANENT -> "trying again cannot help";
        };
        return known + "; " + retryWords(fate);
    }

    private static String retryWords(CallFate fate) {
        var verdict = new Verdict(Verdict.ConnectionFate.KEEP, fate);
        if (verdict.isRetrySafe(Effect.NON_IDEMPOTENT)) {
            return "a retry policy always tries again";
        }
        return verdict.isRetrySafe(Effect.IDEMPOTENT)
                ? "a retry policy tries again only what is read-only or idempotent"
                : "no retry policy tries again";
    }

    /** What the user can do, in sentences. */
    List<String> advice() {
        var advice = new ArrayList<String>();
        advice.add(
                switch (statement.call()) {
                    case NOT_EXECUTED -> "With a retry policy nothing: trying again is safe.";
                    case ROLLED_BACK ->
                        "Run the whole transaction again: pool.transaction with a retry policy does so.";
                    case UNKNOWN ->
                        "Where the operation may run twice, say so by idempotent(), and a retry policy tries again;"
                                + " where it may not, look whether it took effect.";
                    case COMMIT_UNKNOWN -> "Look whether the commit took effect before doing it again.";
                    case PERMANENT ->
                        "Correct what was asked, the rights or the data: the message of the error says which.";
                });
        if (statement.connection() == Verdict.ConnectionFate.CLEAR) {
            advice.add("New connections must find the server that serves now: name all hosts in the URI, or a name that"
                    + " follows the primary.");
        }
        if (commit.call() == CallFate.COMMIT_UNKNOWN && statement.call() != CallFate.COMMIT_UNKNOWN) {
            advice.add("At a commit, look whether it took effect before doing it again.");
        }
        if (connect.call() == CallFate.PERMANENT && statement.call() != CallFate.PERMANENT) {
            advice.add("While connecting, correct the address, user, password or rights: trying again cannot help.");
        }
        pushBack.ifPresent(delay -> advice.add("The server is overloaded or not serving yet: it is left alone for "
                + delay.toMillis() + " ms before the next attempt."));
        return advice;
    }

    /** The stable fields of its JSON. */
    Map<String, Object> asMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("backend", product.toString());
        map.put("code", code);
        map.put("meaning", meaning);
        map.put("listed", isListed);
        map.put("connection", statement.connection().name());
        map.put("statement", fate(statement));
        map.put("commit", fate(commit));
        map.put("connect", fate(connect));
        map.put("pushBackMillis", pushBack.map(Duration::toMillis).orElse(null));
        map.put("advice", advice());
        return map;
    }

    private static Map<String, Object> fate(Verdict verdict) {
        var map = new LinkedHashMap<String, Object>();
        map.put("call", verdict.call().name());
        for (Effect effect : Effect.values()) {
            map.put(
                    switch (effect) {
                        case READ_ONLY -> "retriedIfReadOnly";
                        case IDEMPOTENT -> "retriedIfIdempotent";
                        case NON_IDEMPOTENT -> "retriedOtherwise";
                    },
                    verdict.isRetrySafe(effect));
        }
        return map;
    }
}

package dev.cenote.mongo;

import dev.cenote.protocols.errors.ConfigurationException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** What an update does: a document of operators, or a pipeline. */
final class Change {
    private final @Nullable Bson operators;
    private final List<Bson> pipeline;

    private Change(@Nullable Bson operators, List<Bson> pipeline) {
        this.operators = operators;
        this.pipeline = pipeline;
    }

    static Change of(Bson operators) {
        return new Change(Objects.requireNonNull(operators, "update"), List.of());
    }

    static Change of(List<? extends Bson> pipeline) {
        if (pipeline.isEmpty()) {
            throw new ConfigurationException("pipeline must not be empty, was []");
        }
        return new Change(null, List.copyOf(pipeline));
    }

    /** The driver has a method for either. */
    <R extends @Nullable Object> R choose(Function<Bson, R> withOperators, Function<List<Bson>, R> withPipeline) {
        return operators == null ? withPipeline.apply(pipeline) : withOperators.apply(operators);
    }
}

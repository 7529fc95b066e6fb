package dev.cenote.redis;

import java.util.stream.Stream;

/** Every operation, at least once. */
final class Operations {
    private Operations() {}

    static Stream<OperationCase<?>> all() {
        return Stream.of(
                        StringCases.all(),
                        KeyCases.all(),
                        CollectionCases.all(),
                        SortedSetCases.all(),
                        StreamCases.all(),
                        GeoCases.all(),
                        ScriptCases.all())
                .flatMap(cases -> cases);
    }
}

package dev.cenote.benchmarks.scenarios;

import java.util.List;

/** All scenarios, in the order in which they run. */
public final class Scenarios {
    private static final List<Scenario> ALL = List.of(
            new Acquire(),
            new Statements(),
            new Policies(),
            new Metering(),
            new MeteredCalls(),
            new Tail(),
            new Crowds(),
            new Spike(),
            new Waiting(),
            new Outage(),
            new Servers(),
            new RedisLanes(),
            new MongoLayer());

    private Scenarios() {}

    /** All of them. */
    public static List<Scenario> all() {
        return ALL;
    }

    /** Their names. */
    public static List<String> names() {
        return ALL.stream().map(Scenario::name).toList();
    }

    /** All that any of them can measure. */
    public static List<String> subjects() {
        return ALL.stream()
                .flatMap(scenario -> scenario.subjects().stream())
                .distinct()
                .toList();
    }

    /** The names of those that a quick run leaves out unless they are named: they have a server each, and many rows. */
    public static List<String> leftOutWhenQuick() {
        return List.of(RedisLanes.NAME, MongoLayer.NAME);
    }

    /** The one of that name. */
    static Scenario named(String name) {
        return ALL.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

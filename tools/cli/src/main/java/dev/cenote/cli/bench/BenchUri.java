package dev.cenote.cli.bench;

import dev.cenote.protocols.PoolUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The user's URI with other sizes, and with time-outs that suit a queue that is meant to be long. */
final class BenchUri {
    private static final Set<String> SIZES = Set.of("minSize", "maxSize");
    private static final Set<String> DISTORTING =
            Set.of("startPaused", "queueTarget", "maxWaiters", "maxRetries", "failureThreshold");

    private final PoolUri parsed;
    private final String text;

    BenchUri(String uri) {
        parsed = PoolUri.parse(uri);
        text = uri.strip();
    }

    PoolUri parsed() {
        return parsed;
    }

    /** With one connection, for which nobody waits long. Secret. */
    String toTry() {
        return with(1, "5s");
    }

    /** With {@code size} connections, all kept. Secret. */
    String withSize(int size) {
        return with(size, "1m");
    }

    private String with(int size, String acquireTimeout) {
        int at = text.indexOf('?');
        var parameters = new ArrayList<String>();
        if (at >= 0) {
            for (String parameter : text.substring(at + 1).split("&", -1)) {
                if (ignored().stream().noneMatch(name -> parameter.startsWith("pool." + name + "="))) {
                    parameters.add(parameter);
                }
            }
        }
        parameters.add("pool.minSize=" + size);
        parameters.add("pool.maxSize=" + size);
        unlessGiven(parameters, "acquireTimeout", acquireTimeout);
        unlessGiven(parameters, "connectTimeout", "3s");
        return (at < 0 ? text : text.substring(0, at)) + "?" + String.join("&", parameters);
    }

    private void unlessGiven(List<String> parameters, String name, String value) {
        if (!parsed.poolParameters().containsKey(name)) {
            parameters.add("pool." + name + "=" + value);
        }
    }

    /** Parameters of the pool that were given and do not hold here. */
    List<String> ignored() {
        return parsed.poolParameters().keySet().stream()
                .filter(name -> SIZES.contains(name) || DISTORTING.contains(name))
                .toList();
    }
}

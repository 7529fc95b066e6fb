package dev.cenote.cli.probe;

import dev.cenote.cli.Lines;
import dev.cenote.cli.probe.ServerInfo.Limits;
import dev.cenote.cli.probe.ServerInfo.Role;
import dev.cenote.pool.PoolOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a probe tells.
 *
 * @param findings what was found
 * @param callTimeout how long a whole call of the pool may take
 * @param advice what to make of it
 */
record ProbeReport(Findings findings, Duration callTimeout, List<Advice> advice) {
    static final int PINGS = 20;

    ProbeReport {
        advice = List.copyOf(advice);
    }

    /** The stable fields of its JSON. */
    Map<String, Object> asMap() {
        ServerInfo server = findings.server();
        var map = new LinkedHashMap<String, Object>();
        map.put("uri", findings.uri().toString());
        map.put("server", server.product());
        map.put("version", server.version());
        map.put("role", server.role().map(Role::name).orElse(null));
        map.put("acceptsWrites", server.role().map(Role::acceptsWrites).orElse(null));
        map.put("tls", server.tls());
        map.put("certificate", findings.tls().map(this::certificate).orElse(null));
        map.put("connectMicros", findings.connect().map(ProbeReport::micros).orElse(null));
        map.put("roundTripMinMicros", micros(findings.roundTripMin()));
        map.put("roundTripMedianMicros", micros(findings.roundTripMedian()));
        map.put("maxConnections", number(server.limits().most()));
        map.put("reservedConnections", number(server.limits().reserved()));
        map.put("connectionsInUse", number(server.limits().inUse()));
        map.put(
                "idleTimeoutMillis",
                server.idle().after().map(Duration::toMillis).orElse(null));
        map.put(
                "tcpKeepaliveMillis",
                server.idle().tcpKeepalive().map(Duration::toMillis).orElse(null));
        map.put("clockAheadMillis", server.clockAhead().map(Duration::toMillis).orElse(null));
        map.put("pool", pool());
        map.put("advice", advice.stream().map(Advice::asMap).toList());
        return map;
    }

    private Map<String, Object> certificate(TlsLook.Seen seen) {
        Certificate certificate = seen.certificate();
        var map = new LinkedHashMap<String, Object>();
        map.put("protocol", seen.protocol());
        map.put("cipher", seen.cipher());
        map.put("subject", certificate.subject());
        map.put("issuer", certificate.issuer());
        map.put("names", certificate.names());
        map.put("validFrom", certificate.validFrom().toString());
        map.put("validUntil", certificate.validUntil().toString());
        map.put("hostMatches", certificate.isFor(findings.host()));
        map.put("trustedByJava", certificate.isTrusted());
        return map;
    }

    private static long micros(Duration time) {
        return time.toNanos() / 1_000;
    }

    private static @Nullable Long number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private Map<String, Object> pool() {
        PoolOptions options = findings.options();
        var words = new LinkedHashMap<String, Object>();
        words.put(
                "size",
                options.minSize() + " to " + options.maxSize() + ", connecting at most " + options.maxConnecting()
                        + " at a time");
        words.put("acquire", "waits up to " + Words.time(options.acquireTimeout()) + " for a connection");
        words.put("connect", "takes up to " + Words.time(findings.connectTimeout()));
        words.put(
                "operation",
                "takes up to " + Words.time(options.operationTimeout()) + ", a whole call " + Words.time(callTimeout));
        words.put("validate", "after " + Words.time(options.validateAfterIdle()) + " idle");
        words.put(
                "lifetime",
                Words.or(options.maxLifetime(), "unlimited") + ", idle " + Words.or(options.idleTimeout(), "unlimited")
                        + ", keepalive every " + Words.or(options.keepaliveInterval(), "never"));
        words.put("retry and circuit", "none unless given: pool.maxRetries, pool.failureThreshold");
        return words;
    }

    /** As people read it. */
    void print(PrintWriter out) {
        ServerInfo server = findings.server();
        row(out, "uri", findings.uri());
        row(
                out,
                "server",
                server.product() + " " + server.version()
                        + server.role().map(role -> ", " + role.name()).orElse(""));
        row(out, "TLS", server.tls());
        findings.tls().filter(seen -> server.isEncrypted()).ifPresent(seen -> print(out, seen));
        findings.tlsUnseen().ifPresent(reason -> row(out, "certificate", "cannot be seen: " + reason));
        findings.connect().ifPresent(time -> row(out, "connect", Words.time(time)));
        row(
                out,
                "round trip",
                "%d us at best, %d us in the median of %d"
                        .formatted(micros(findings.roundTripMin()), micros(findings.roundTripMedian()), PINGS));
        connections(out, server.limits());
        out.println("A pool with these options:");
        pool().forEach((name, words) -> out.printf("  %-18s %s%n", name, words));
        out.println("Advice:");
        advice.forEach(each ->
                out.println(Lines.wrapped("  %-8s %-15s ".formatted(each.level(), each.subject()), each.text())));
    }

    private void print(PrintWriter out, TlsLook.Seen seen) {
        Certificate certificate = seen.certificate();
        row(out, "certificate", certificate.subject());
        row(out, "", "for " + (certificate.names().isEmpty() ? "no host" : String.join(", ", certificate.names())));
        row(out, "", certificate.isSelfSigned() ? "signed by itself" : "signed by " + certificate.issuer());
        row(out, "", "from " + certificate.validFrom() + " until " + certificate.validUntil());
        if (findings.server().tls().equals("on")) {
            row(out, "", "over " + seen.protocol() + ", " + seen.cipher());
        }
    }

    private static void connections(PrintWriter out, Limits limits) {
        if (limits.most().isPresent()) {
            row(
                    out,
                    "connections",
                    limits.inUse().isPresent()
                            ? limits.inUse().getAsLong() + " of "
                                    + limits.most().getAsLong() + " in use, "
                                    + limits.reserved().orElse(0) + " reserved"
                            : "at most " + limits.most().getAsLong());
        }
    }

    private static void row(PrintWriter out, String name, Object value) {
        out.printf("%-12s %s%n", name, value);
    }
}

package dev.cenote.cli.probe;

import static dev.cenote.cli.probe.Advice.note;
import static dev.cenote.cli.probe.Advice.warning;

import dev.cenote.cli.probe.ServerInfo.Idle;
import dev.cenote.cli.probe.ServerInfo.Limits;
import dev.cenote.pool.PoolOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is to be made of the findings. Each rule stands alone, and says nothing where the server tells nothing. */
final class Adviser {
    private static final Duration SOON = Duration.ofDays(30);
    private static final Duration CLOCK = Duration.ofSeconds(2);
    private static final Duration FAR = Duration.ofMillis(5);
    private static final Duration[] ACQUIRE = {
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };
    private static final int CONNECTS = 10;
    /** With any of these MongoDB's driver takes a certificate for another host. */
    private static final List<String> UNCHECKED =
            List.of("tlsInsecure", "tlsAllowInvalidHostnames", "sslInvalidHostNameAllowed");

    private static final int ROUND_TRIPS = 100;

    private final Findings findings;
    private final Instant now;
    private final List<Advice> advice = new ArrayList<>();

    private Adviser(Findings findings, Instant now) {
        this.findings = findings;
        this.now = now;
    }

    /** The advice, warnings first. */
    static List<Advice> on(Findings findings, Instant now) {
        var adviser = new Adviser(findings, now);
        adviser.encryption();
        adviser.verification();
        findings.tls().ifPresent(adviser::certificate);
        adviser.role();
        adviser.size(findings.server().limits());
        adviser.idle(findings.server().idle());
        findings.connect().ifPresent(adviser::time);
        adviser.latency();
        adviser.clock();
        return adviser.advice.stream()
                .sorted((one, other) -> Boolean.compare(other.isWarning(), one.isWarning()))
                .toList();
    }

    private void encryption() {
        if (findings.server().isEncrypted() || findings.isHere()) {
            return;
        }
        String how = switch (findings.uri().scheme()) {
            case "postgres", "postgresql" -> "sslmode=verify-full";
            case "mysql" -> "sslMode=VERIFY_IDENTITY";
            case "mariadb" -> "sslMode=verify-full";
            case "mongodb", "mongodb+srv" -> "tls=true";
            default -> "the scheme rediss";
        };
        advice.add(warning(
                "tls",
                "Nothing is encrypted on the way to " + findings.host() + ": what is sent can be read and changed. Use "
                        + how + (findings.tls().isPresent() ? "; the server offers TLS." : ".")));
    }

    /** Encryption alone does not tell who answers. */
    private void verification() {
        Map<String, String> given = findings.uri().driverParameters();
        String mode =
                given.getOrDefault("sslmode", given.getOrDefault("sslMode", "")).toLowerCase(Locale.ROOT);
        String instead = switch (findings.uri().scheme()) {
            case "postgres", "postgresql" -> mode.equals("verify-full") ? "" : "sslmode=verify-full";
            case "mysql" -> mode.equals("verify_identity") ? "" : "sslMode=VERIFY_IDENTITY";
            case "mariadb" -> mode.equals("trust") || mode.equals("verify-ca") ? "sslMode=verify-full" : "";
            case "rediss", "rediss-sentinel", "rediss-cluster" ->
                given.getOrDefault("verifyPeer", "full").equalsIgnoreCase("full") ? "" : "verifyPeer=full";
            case "mongodb", "mongodb+srv" ->
                UNCHECKED.stream()
                        .filter(name -> given.getOrDefault(name, "").equalsIgnoreCase("true"))
                        .findFirst()
                        .map(name -> name + "=false")
                        .orElse("");
            default -> "";
        };
        if (findings.server().isEncrypted() && !instead.isEmpty()) {
            String text = "The connection is encrypted, but whether the server is the one that was meant is not, or not"
                    + " fully, checked: use " + instead + ".";
            advice.add(findings.isHere() ? note("tls", text) : warning("tls", text));
        }
    }

    private void certificate(TlsLook.Seen seen) {
        if (!findings.server().isEncrypted()) {
            return;
        }
        Certificate certificate = seen.certificate();
        Duration left = Duration.between(now, certificate.validUntil());
        if (left.isNegative()) {
            advice.add(warning("certificate", "It has expired on " + day(certificate.validUntil()) + "."));
        } else if (left.compareTo(SOON) < 0) {
            advice.add(warning("certificate", "It expires in " + left.toDays() + " days: renew it."));
        }
        if (now.isBefore(certificate.validFrom())) {
            advice.add(warning("certificate", "It holds only from " + day(certificate.validFrom()) + " on."));
        }
        if (!certificate.isFor(findings.host())) {
            advice.add(warning(
                    "certificate",
                    "It is not for " + findings.host() + " but for " + String.join(", ", certificate.names())
                            + ": a client that checks the name refuses it."));
        }
        if (!certificate.isTrusted()) {
            advice.add(note(
                    "certificate",
                    "Java's own authorities do not lead to it: a client that checks it must be given "
                            + (certificate.isSelfSigned() ? "the certificate itself." : "its authority.")));
        }
        if (!seen.protocol().equals("TLSv1.2") && !seen.protocol().equals("TLSv1.3")) {
            advice.add(warning("tls", seen.protocol() + " is out of date: the server should offer TLSv1.3."));
        }
    }

    static String day(Instant instant) {
        return instant.toString().substring(0, "2026-01-01".length());
    }

    private void role() {
        findings.server()
                .role()
                .filter(role -> !role.acceptsWrites())
                .ifPresent(role -> advice.add(warning(
                        "role",
                        "The server only reads (" + role.name()
                                + "): each write fails, and makes the pool leave all its" + " connections.")));
    }

    private void size(Limits limits) {
        if (limits.most().isEmpty()) {
            return;
        }
        int maxSize = findings.options().maxSize();
        long usable = limits.most().getAsLong() - limits.reserved().orElse(0);
        // The probe's own connection is one of those in use.
        long others = Math.max(0, limits.inUse().orElse(1) - 1);
        long free = usable - others;
        String of = "the server takes " + usable + (limits.reserved().orElse(0) > 0 ? " besides those reserved" : "");
        if (maxSize > usable) {
            advice.add(warning("maxSize", "pool.maxSize=" + maxSize + " is more than there can be: " + of + "."));
        } else if (maxSize > free) {
            advice.add(warning(
                    "maxSize",
                    "pool.maxSize=" + maxSize + " is more than is free now: " + of + ", and others have " + others
                            + "."));
        } else {
            advice.add(note(
                    "maxSize",
                    "At most " + free / maxSize + " pools with pool.maxSize=" + maxSize + " fit beside what is in use: "
                            + of + ", and others have " + others + "."));
        }
    }

    private void idle(Idle idle) {
        PoolOptions options = findings.options();
        Optional<Duration> after = idle.after().filter(time -> !time.isZero());
        if (after.isPresent()) {
            Optional<Duration> keepalive = options.keepaliveInterval();
            boolean kept = keepalive.isPresent() && keepalive.get().compareTo(after.get()) < 0;
            String ends = "The server closes connections that were idle for " + Words.time(after.get()) + " ("
                    + idle.setting() + ")";
            advice.add(
                    kept
                            ? note(
                                    "idle",
                                    ends + "; pool.keepaliveInterval=" + Words.parameter(keepalive.get())
                                            + " prevents that.")
                            : warning(
                                    "idle",
                                    ends + ": set pool.keepaliveInterval to less, such as "
                                            + Words.parameter(after.get().dividedBy(2)) + "."));
        }
        if (idle.tcpKeepalive().filter(Duration::isZero).isPresent()) {
            advice.add(note(
                    "tcp-keepalive",
                    "The server does not look whether clients are still there: connections of clients that have"
                            + " vanished stay and count."));
        }
    }

    private void time(Duration connect) {
        Duration set = findings.options().acquireTimeout();
        Duration suits = suitable(connect, findings.roundTripMedian());
        String takes = "Opening a connection takes " + Words.time(connect) + " here";
        if (set.compareTo(connect.multipliedBy(2)) < 0) {
            advice.add(warning(
                    "acquireTimeout",
                    takes + ": pool.acquireTimeout=" + Words.parameter(set) + " is hardly enough; "
                            + Words.parameter(suits) + " suits."));
        } else if (set.compareTo(suits) > 0) {
            advice.add(note(
                    "acquireTimeout",
                    takes + ": pool.acquireTimeout=" + Words.parameter(suits)
                            + " would leave ample time, and tell callers sooner than " + Words.parameter(set) + "."));
        } else {
            advice.add(note(
                    "acquireTimeout",
                    takes + ", for which pool.acquireTimeout=" + Words.parameter(set) + " leaves time."));
        }
    }

    private void latency() {
        if (findings.roundTripMedian().compareTo(FAR) > 0) {
            advice.add(note(
                    "latency",
                    "Each round trip costs " + Words.time(findings.roundTripMedian())
                            + ": fewer and larger ones, such as batches, save most."));
        }
    }

    /** Ten times what a connect takes and a hundred round trips, in round figures. */
    static Duration suitable(Duration connect, Duration roundTrip) {
        Duration needed = connect.multipliedBy(CONNECTS).plus(roundTrip.multipliedBy(ROUND_TRIPS));
        for (Duration round : ACQUIRE) {
            if (round.compareTo(needed) >= 0) {
                return round;
            }
        }
        return ACQUIRE[ACQUIRE.length - 1];
    }

    private void clock() {
        findings.server()
                .clockAhead()
                .filter(ahead -> ahead.abs().compareTo(CLOCK) > 0)
                .ifPresent(ahead -> advice.add(note(
                        "clock",
                        "The server's clock is " + Words.time(ahead.abs())
                                + (ahead.isNegative() ? " behind" : " ahead of")
                                + " the one here: mind it where times are compared.")));
    }
}

package dev.cenote.cli.probe;

import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.CenoteException;
import java.io.IOException;
import java.net.ConnectException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why nothing can be had of a server. Drivers say that a certificate does not please them, and seldom what is in it. */
public final class Unreachable {
    private final PoolUri uri;
    private final Map<String, String> given;

    private Unreachable(PoolUri uri) {
        this.uri = uri;
        this.given = uri.driverParameters();
    }

    /**
     * The failure in words, with what a look at the server's TLS adds. Connects for that, and blocks up to some seconds.
     *
     * @param uri the database
     * @param failure what an acquire of a pool ended with
     */
    public static CenoteException of(PoolUri uri, CenoteException failure) {
        String reason = failure instanceof AcquireTimeoutException late
                ? late.lastConnectFailure().map(CenoteException::describe).orElse("no answer")
                : CenoteException.describe(failure);
        String within = failure instanceof AcquireTimeoutException late
                ? " within " + late.waited().toSeconds() + " s"
                : "";
        String more = new Unreachable(uri)
                .tls()
                .orElseGet(() -> "is there a " + uri.scheme() + " server at "
                        + uri.hosts().get(0) + "?");
        return new CenoteException("cannot connect to " + uri + within + ": " + reason + "; " + more, failure);
    }

    private Optional<String> tls() {
        Optional<TlsOpening> opening = TlsOpening.of(uri.scheme());
        if (opening.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<TlsLook.Seen> seen = TlsLook.at(uri, true);
            if (seen.isEmpty()) {
                return Optional.of("the server offers no TLS").filter(no -> isAskedFor());
            } else if (isAskedFor()) {
                return Optional.of(faults(seen.get().certificate(), Instant.now()))
                        .filter(faults -> !faults.isEmpty())
                        .map(faults -> "the server's certificate " + String.join(", ", faults));
            }
            return Optional.of("the server speaks TLS: use " + how())
                    .filter(hint -> !opening.get().isNegotiated());
        } catch (ConnectException nobody) {
            return Optional.empty();
        } catch (IOException | GeneralSecurityException noHandshake) {
            return Optional.of("the server does not answer a TLS handshake").filter(no -> isAskedFor());
        }
    }

    private String how() {
        return uri.scheme().equals("mongodb") ? "tls=true" : "the scheme rediss";
    }

    /** True if a connection without TLS is out of the question. */
    private boolean isAskedFor() {
        return switch (uri.scheme()) {
            case "postgres", "postgresql" -> isOneOf("sslmode", "require", "verify-ca", "verify-full");
            case "mysql" -> isOneOf("sslMode", "REQUIRED", "VERIFY_CA", "VERIFY_IDENTITY");
            case "mariadb" -> !isOneOf("sslMode", "disable"); // its driver asks for TLS by default
            case "mongodb" -> isOneOf("tls", "true") || isOneOf("ssl", "true");
            default -> uri.scheme().startsWith("rediss");
        };
    }

    private boolean isOneOf(String name, String... values) {
        String value = given.getOrDefault(name, "");
        return List.of(values).stream().anyMatch(value::equalsIgnoreCase);
    }

    private List<String> faults(Certificate certificate, Instant now) {
        var faults = new ArrayList<String>();
        String host = uri.hosts().get(0).host();
        if (now.isAfter(certificate.validUntil())) {
            faults.add("has expired on " + Adviser.day(certificate.validUntil()));
        } else if (now.isBefore(certificate.validFrom())) {
            faults.add("holds only from " + Adviser.day(certificate.validFrom()) + " on");
        }
        if (!certificate.isFor(host)) {
            faults.add("is for " + String.join(" and ", certificate.names()) + ", not for " + host);
        }
        if (!certificate.isTrusted()) {
            faults.add((certificate.isSelfSigned() ? "is signed by itself" : "is signed by " + certificate.issuer())
                    + ", which Java does not trust unless it is told to");
        }
        return faults;
    }
}

package dev.cenote.testkit.servers;

import java.util.List;
import java.util.Optional;

/**
 * How an embedded server is started. Immutable; {@link #toString()} masks the password.
 *
 * @param password of the administrator, over the network; empty to let everybody in
 * @param tls with which certificate it accepts TLS; empty for no TLS. Redis and the stand-in for MongoDB then accept nothing
 *     else
 * @param arguments further arguments of its command line, in the server's own words
 */
public record ServerOptions(Optional<String> password, Optional<Tls> tls, List<String> arguments) {
    /** The certificates, each signed by itself. */
    public enum Tls {
        /** For 127.0.0.1 and localhost, for ten years. */
        VALID,
        /** For 127.0.0.1 and localhost; it expired days ago. */
        EXPIRED,
        /** For {@code db.example} alone. */
        OF_ANOTHER_HOST
    }

    public ServerOptions {
        arguments = List.copyOf(arguments);
    }

    /** Lets everybody in, no TLS, no further arguments. */
    public static ServerOptions defaults() {
        return new ServerOptions(Optional.empty(), Optional.empty(), List.of());
    }

    /** These, asking for a password. */
    public ServerOptions withPassword(String secret) {
        return new ServerOptions(Optional.of(secret), tls, arguments);
    }

    /** These, with a self-signed certificate, which {@link TestServer#certificate()} gives to clients. */
    public ServerOptions withTls() {
        return withTls(Tls.VALID);
    }

    /** These, with that certificate, which {@link TestServer#certificate()} gives to clients. */
    public ServerOptions withTls(Tls certificate) {
        return new ServerOptions(password, Optional.of(certificate), arguments);
    }

    /** These, with those arguments. */
    public ServerOptions withArguments(String... more) {
        return new ServerOptions(password, tls, List.of(more));
    }

    @Override
    public String toString() {
        return "ServerOptions[" + (password.isPresent() ? "password ***, " : "") + (tls.isPresent() ? "TLS, " : "")
                + "arguments " + arguments + "]";
    }
}

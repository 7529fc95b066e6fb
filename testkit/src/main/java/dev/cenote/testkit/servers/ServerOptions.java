package dev.cenote.testkit.servers;

import java.util.List;
import java.util.Optional;

/**
 * How an embedded server is started. Immutable; {@link #toString()} masks the password.
 *
 * @param password of the administrator, over the network; empty to let everybody in
 * @param tls whether it has a certificate and accepts TLS, which PostgreSQL and Redis can; Redis then accepts nothing else
 * @param arguments further arguments of its command line, in the server's own words
 */
public record ServerOptions(Optional<String> password, boolean tls, List<String> arguments) {
    public ServerOptions {
        arguments = List.copyOf(arguments);
    }

    /** Lets everybody in, no TLS, no further arguments. */
    public static ServerOptions defaults() {
        return new ServerOptions(Optional.empty(), false, List.of());
    }

    /** These, asking for a password. */
    public ServerOptions withPassword(String secret) {
        return new ServerOptions(Optional.of(secret), tls, arguments);
    }

    /** These, with a self-signed certificate, which {@link TestServer#certificate()} gives to clients. */
    public ServerOptions withTls() {
        return new ServerOptions(password, true, arguments);
    }

    /** These, with those arguments. */
    public ServerOptions withArguments(String... more) {
        return new ServerOptions(password, tls, List.of(more));
    }

    @Override
    public String toString() {
        return "ServerOptions[" + (password.isPresent() ? "password ***, " : "") + (tls ? "TLS, " : "") + "arguments "
                + arguments + "]";
    }
}

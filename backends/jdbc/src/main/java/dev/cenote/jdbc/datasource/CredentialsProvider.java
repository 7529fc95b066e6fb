package dev.cenote.jdbc.datasource;

/**
 * Says who connects, anew for each connection: for passwords and tokens that change. Thread-safe; asked on threads of the
 * pool, where it may block, within the time to connect. What it gives is kept nowhere.
 */
@FunctionalInterface
public interface CredentialsProvider {
    /**
     * The credentials of the next connection.
     *
     * @throws Exception why there are none now; connecting then fails, and is tried again later
     */
    Credentials get() throws Exception;
}

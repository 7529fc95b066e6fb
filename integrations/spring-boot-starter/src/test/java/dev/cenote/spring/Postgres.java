package dev.cenote.spring;

import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;

/** The PostgreSQL that the tests share, in the words of JDBC. */
public final class Postgres {
    private Postgres() {}

    /** Its URL. */
    public static String url() {
        return url(TestServers.shared(Product.POSTGRES));
    }

    /** The URL of {@code server}. */
    public static String url(TestServer server) {
        return "jdbc:postgresql://" + server.host() + ":" + server.port() + "/postgres";
    }
}

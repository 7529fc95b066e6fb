/** The PostgreSQL backend of Cenote, on pgjdbc. */
module dev.cenote.postgres {
    requires transitive dev.cenote.jdbc;
    requires org.postgresql.jdbc;
    requires static transitive org.jspecify;

    exports dev.cenote.postgres;

    provides dev.cenote.protocols.Backend with
            dev.cenote.postgres.PostgresBackend;
    provides dev.cenote.jdbc.JdbcProduct with
            dev.cenote.postgres.PostgresProduct;
}

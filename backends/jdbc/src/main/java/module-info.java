/** What the relational backends of Cenote share: connections, operations and return hygiene over JDBC. */
module dev.cenote.jdbc {
    requires transitive dev.cenote.core;
    requires java.logging;
    requires transitive java.naming;
    requires transitive java.sql;
    requires static transitive org.jspecify;

    exports dev.cenote.jdbc;
    exports dev.cenote.jdbc.datasource;

    uses dev.cenote.jdbc.JdbcProduct;
}

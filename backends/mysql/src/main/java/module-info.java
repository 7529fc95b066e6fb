/** The MySQL and MariaDB backend of Cenote, on MySQL Connector/J and MariaDB Connector/J, of which one is enough. */
module dev.cenote.mysql {
    requires transitive dev.cenote.jdbc;
    requires static mysql.connector.j;
    requires static org.mariadb.jdbc;
    requires static transitive org.jspecify;

    exports dev.cenote.mysql;

    provides dev.cenote.protocols.Backend with
            dev.cenote.mysql.MySqlBackend;
    provides dev.cenote.jdbc.JdbcProduct with
            dev.cenote.mysql.MySqlProduct;
}

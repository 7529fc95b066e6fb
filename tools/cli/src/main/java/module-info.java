/** The command line of Cenote. */
module dev.cenote.cli {
    requires com.fasterxml.jackson.databind;
    requires dev.cenote.core;
    requires dev.cenote.jdbc;
    requires dev.cenote.mongo;
    requires dev.cenote.mysql;
    requires dev.cenote.postgres;
    requires dev.cenote.redis;
    requires dev.cenote.testkit;
    requires info.picocli;
    requires java.logging;
    requires java.sql;
    requires HdrHistogram;
    requires static org.jspecify;

    exports dev.cenote.cli;

    opens dev.cenote.cli to
            info.picocli;
    opens dev.cenote.cli.demo to
            info.picocli;
    opens dev.cenote.cli.probe to
            info.picocli;
}

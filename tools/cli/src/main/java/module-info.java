/** The command line of Cenote. */
module dev.cenote.cli {
    requires com.fasterxml.jackson.databind;
    requires dev.cenote.core;
    requires dev.cenote.dashboard;
    requires dev.cenote.jdbc;
    requires dev.cenote.mongo;
    requires dev.cenote.mysql;
    requires dev.cenote.postgres;
    requires dev.cenote.redis;
    requires dev.cenote.testkit;
    requires info.picocli;
    requires java.desktop;
    requires java.logging;
    requires java.management;
    requires java.management.rmi;
    requires java.net.http;
    requires java.sql;
    requires java.xml;
    requires jdk.management;
    requires org.apache.xmlgraphics.batik.svggen;
    requires org.knowm.xchart;
    requires HdrHistogram;
    requires static org.jspecify;

    exports dev.cenote.cli;

    opens dev.cenote.cli to
            info.picocli;
    opens dev.cenote.cli.bench to
            info.picocli;
    opens dev.cenote.cli.completion to
            info.picocli;
    opens dev.cenote.cli.demo to
            info.picocli;
    opens dev.cenote.cli.explain to
            info.picocli;
    opens dev.cenote.cli.probe to
            info.picocli;
    opens dev.cenote.cli.top to
            info.picocli;
}

/** Servers, faults, fakes and contracts for tests of Cenote and of backends. */
module dev.cenote.testkit {
    requires transitive dev.cenote.core;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires awaitility;
    requires org.apache.commons.compress;
    requires static org.jspecify;

    exports dev.cenote.testkit.contracts;
    exports dev.cenote.testkit.docs;
    exports dev.cenote.testkit.fakes;
    exports dev.cenote.testkit.faults;
    exports dev.cenote.testkit.servers;
}

/** Cenote's core: protocols, the pool engine, retry, circuit breaking and decorators. Needs only the JDK at run time. */
module dev.cenote.core {
    requires static transitive org.jspecify;
    requires transitive java.management;
    requires jdk.jfr;

    exports dev.cenote;
    exports dev.cenote.circuit;
    exports dev.cenote.decorators;
    exports dev.cenote.decorators.annotations;
    exports dev.cenote.metrics;
    exports dev.cenote.pool;
    exports dev.cenote.protocols;
    exports dev.cenote.protocols.errors;
    exports dev.cenote.protocols.events;
    exports dev.cenote.protocols.operations;
    exports dev.cenote.retry;

    uses dev.cenote.protocols.Backend;
}

/**
 * Cenote's pools in a Spring Boot application. Spring Boot is used from the class path as a rule; this names what is there.
 */
module dev.cenote.spring {
    requires transitive dev.cenote.core;
    requires transitive dev.cenote.jdbc;
    requires static dev.cenote.micrometer;
    requires static dev.cenote.mongo;
    requires static dev.cenote.redis;
    requires java.desktop;
    requires static org.jspecify;
    requires transitive spring.boot;
    requires spring.aop;
    requires spring.boot.autoconfigure;
    requires transitive spring.beans;
    requires transitive spring.context;
    requires spring.core;
    requires static spring.boot.actuator;
    requires static spring.boot.actuator.autoconfigure;
    requires static spring.boot.data.redis;
    requires static spring.boot.health;
    requires static spring.boot.jdbc;
    requires static spring.boot.micrometer.metrics;
    requires static spring.boot.mongodb;
    requires static spring.tx;

    exports dev.cenote.spring;
    exports dev.cenote.spring.actuate;
    exports dev.cenote.spring.jdbc;
    exports dev.cenote.spring.mongo;
    exports dev.cenote.spring.policies;
    exports dev.cenote.spring.redis;

    opens dev.cenote.spring;
    opens dev.cenote.spring.actuate;
    opens dev.cenote.spring.diagnostics;
    opens dev.cenote.spring.jdbc;
    opens dev.cenote.spring.mongo;
    opens dev.cenote.spring.policies;
    opens dev.cenote.spring.redis;
}

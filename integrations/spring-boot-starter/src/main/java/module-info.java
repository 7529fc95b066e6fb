/**
 * Cenote's pools in a Spring Boot application. Spring Boot is used from the class path as a rule; this names what is there.
 */
module dev.cenote.spring {
    requires transitive dev.cenote.core;
    requires transitive dev.cenote.jdbc;
    requires static org.jspecify;
    requires transitive spring.boot;
    requires spring.boot.autoconfigure;
    requires spring.beans;
    requires transitive spring.context;
    requires spring.core;
    requires static spring.boot.jdbc;

    exports dev.cenote.spring;
    exports dev.cenote.spring.jdbc;

    opens dev.cenote.spring;
    opens dev.cenote.spring.jdbc;
}

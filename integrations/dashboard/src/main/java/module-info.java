/** A page on which pools are seen and controlled, served by the application that has them. */
module dev.cenote.dashboard {
    requires com.fasterxml.jackson.databind;
    requires transitive dev.cenote.core;
    requires jdk.httpserver;
    requires static org.jspecify;

    exports dev.cenote.dashboard;
}

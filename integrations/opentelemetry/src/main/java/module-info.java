/** Metrics and spans of pools by OpenTelemetry's semantic conventions for databases. */
module dev.cenote.opentelemetry {
    requires transitive dev.cenote.core;
    requires transitive io.opentelemetry.api;
    requires io.opentelemetry.common;
    requires io.opentelemetry.context;
    requires static transitive org.jspecify;

    exports dev.cenote.opentelemetry;
}

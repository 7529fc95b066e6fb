/** The figures of pools as meters of Micrometer. */
module dev.cenote.micrometer {
    requires transitive dev.cenote.core;
    requires transitive micrometer.core;
    requires static transitive org.jspecify;

    exports dev.cenote.micrometer;
}

/** The MongoDB backend, on the official driver. */
module dev.cenote.mongo {
    requires transitive dev.cenote.core;
    requires transitive org.mongodb.bson;
    requires transitive org.mongodb.driver.core;
    requires transitive org.mongodb.driver.sync.client;
    requires static org.jspecify;

    exports dev.cenote.mongo;

    provides dev.cenote.protocols.Backend with
            dev.cenote.mongo.MongoBackend;
}

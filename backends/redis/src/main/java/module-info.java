/** The Redis backend, on Lettuce. */
module dev.cenote.redis {
    requires transitive dev.cenote.core;
    requires transitive lettuce.core;
    requires io.netty.codec;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires static transitive com.fasterxml.jackson.databind;
    requires static org.jspecify;

    exports dev.cenote.redis;
    exports dev.cenote.redis.pubsub;

    provides dev.cenote.protocols.Backend with
            dev.cenote.redis.RedisBackend;
}

package dev.cenote.redis;

import dev.cenote.protocols.Operation;
import dev.cenote.testkit.contracts.CircuitContract;
import dev.cenote.testkit.servers.TestServers.Product;

class RedisCircuitTest extends CircuitContract<RedisConnection, RedisPoolBuilder> {
    @Override
    protected Product product() {
        return Product.REDIS;
    }

    @Override
    protected RedisPoolBuilder builder(String uri) {
        return RedisPool.builder().uri(uri);
    }

    @Override
    protected Operation<RedisConnection, ?> ping() {
        return RedisOperations.ping();
    }
}

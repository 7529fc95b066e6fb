package dev.cenote.benchmarks.subjects;

import dev.cenote.benchmarks.stub.StubConnection;
import dev.cenote.benchmarks.stub.StubServer;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.openjdk.jmh.infra.Blackhole;

/** commons-pool2, which also stands under Jedis and under Spring's use of Lettuce. */
final class CommonsPool2 implements Subject {
    private final GenericObjectPool<StubConnection> pool;

    CommonsPool2(PoolSpec spec) throws Exception {
        var config = new GenericObjectPoolConfig<StubConnection>();
        config.setMinIdle(spec.minSize());
        config.setMaxIdle(spec.maxSize());
        config.setMaxTotal(spec.maxSize());
        config.setMaxWait(spec.acquireTimeout());
        config.setJmxEnabled(false);
        pool = new GenericObjectPool<>(new Factory(spec.server()), config);
        pool.addObjects(spec.minSize());
    }

    @Override
    public void cycle(Blackhole blackhole) throws Exception {
        StubConnection connection = pool.borrowObject();
        try {
            blackhole.consume(connection);
        } finally {
            pool.returnObject(connection);
        }
    }

    @Override
    public Object acquire() throws Exception {
        return pool.borrowObject();
    }

    @Override
    public void release(Object held) {
        pool.returnObject((StubConnection) held);
    }

    @Override
    public void close() {
        pool.close();
    }

    private static final class Factory extends BasePooledObjectFactory<StubConnection> {
        private final StubServer server;

        Factory(StubServer server) {
            this.server = server;
        }

        @Override
        public StubConnection create() throws Exception {
            return server.connect();
        }

        @Override
        public PooledObject<StubConnection> wrap(StubConnection connection) {
            return new DefaultPooledObject<>(connection);
        }
    }
}

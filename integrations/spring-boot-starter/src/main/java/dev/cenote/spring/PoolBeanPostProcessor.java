package dev.cenote.spring;

import dev.cenote.PoolRegistry;
import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.protocols.Pool;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Registers pools that are beans, whoever defines them, and drains each when its bean is destroyed: then the beans that use
 * it have been destroyed already. First of its kind, so that it sees pools before others put proxies round them.
 */
final class PoolBeanPostProcessor implements DestructionAwareBeanPostProcessor, PriorityOrdered {
    private final ObjectProvider<PoolRegistry> registry;
    private final ObjectProvider<PoolShutdown> shutdown;

    PoolBeanPostProcessor(ObjectProvider<PoolRegistry> registry, ObjectProvider<PoolShutdown> shutdown) {
        this.registry = registry;
        this.shutdown = shutdown;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    private static Optional<Pool<?>> poolOf(Object bean) {
        if (bean instanceof CenoteDataSource source) {
            return Optional.of(source.pool());
        }
        return bean instanceof Pool<?> pool ? Optional.of(pool) : Optional.empty();
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        poolOf(bean).ifPresent(pool -> {
            PoolRegistry all = registry.getObject();
            shutdown.getObject(); // made before any pool, so that it is there at the end
            if (all.all().get(pool.name()) != pool) { // one pool may be two beans
                all.register(pool);
            }
        });
        return bean;
    }

    @Override
    public boolean requiresDestruction(Object bean) {
        return bean instanceof CenoteDataSource || bean instanceof Pool<?>;
    }

    @Override
    public void postProcessBeforeDestruction(Object bean, String beanName) {
        poolOf(bean).ifPresent(pool -> shutdown.getObject().end(pool));
    }
}

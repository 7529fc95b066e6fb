package dev.cenote.spring.redis;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether the properties speak of a cluster, whose pool is of another type. Service connections never do. */
final class OnRedisCluster extends SpringBootCondition {
    static boolean isCluster(Environment environment) {
        String uri = environment.getProperty("cenote.redis.uri");
        if (uri != null) {
            return uri.startsWith("redis-cluster:") || uri.startsWith("rediss-cluster:");
        }
        return Binder.get(environment)
                .bind("spring.data.redis.cluster.nodes", Bindable.listOf(String.class))
                .isBound();
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return new ConditionOutcome(
                isCluster(context.getEnvironment()),
                ConditionMessage.forCondition("Redis Cluster").because("of the properties"));
    }
}

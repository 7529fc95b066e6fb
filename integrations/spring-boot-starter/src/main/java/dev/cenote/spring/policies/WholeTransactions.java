package dev.cenote.spring.policies;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import java.beans.PropertyDescriptor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Whether a transaction that was rolled back has undone all that its method did, as far as the application's beans tell.
 * That makes an attempt safe to repeat whose method says nothing of its effect.
 *
 * <p>It has where there is one data source, one transaction manager, which is over that data source, and no bean of another
 * store or broker. What a method does beside in pools of Cenote's for MongoDB and Redis is known from the call itself ({@link
 * dev.cenote.protocols.Footprint}), and so are transactions within it that were committed ({@link CommitMarks}), so these
 * beans count for nothing. Rejected: to look at what each method uses, which no annotation says; to go by the names of
 * managers in annotations, since another store would still be there; and to leave the other stores to the documentation,
 * since a write that is doubled is found out late. What no bean shows, such as calls of other services, mail and files, and
 * connections that are opened past the data source, stays unknown.
 *
 * <p>Looks anew each time, since beans may come late; that is after errors only. Thread-safe.
 */
final class WholeTransactions {
    private static final String MANAGER = "org.springframework.transaction.TransactionManager";

    /** What Spring Boot makes of clients of other stores and of brokers. */
    private static final List<String> OTHERS = List.of(
            "org.springframework.data.redis.connection.RedisConnectionFactory",
            "org.springframework.data.redis.connection.ReactiveRedisConnectionFactory",
            "com.mongodb.client.MongoClient",
            "com.mongodb.reactivestreams.client.MongoClient",
            "com.datastax.oss.driver.api.core.CqlSession",
            "com.couchbase.client.java.Cluster",
            "org.neo4j.driver.Driver",
            "co.elastic.clients.elasticsearch.ElasticsearchClient",
            "org.springframework.data.elasticsearch.core.ElasticsearchOperations",
            "org.springframework.ldap.core.ContextSource",
            "com.hazelcast.core.HazelcastInstance",
            "io.r2dbc.spi.ConnectionFactory",
            "jakarta.jms.ConnectionFactory",
            "org.springframework.amqp.rabbit.connection.ConnectionFactory",
            "org.springframework.kafka.core.ProducerFactory",
            "org.apache.pulsar.client.api.PulsarClient");

    private final ConfigurableListableBeanFactory beans;
    private final Optional<Class<?>> managerType;
    private final List<Class<?>> otherTypes;

    WholeTransactions(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
        this.managerType = type(MANAGER);
        this.otherTypes = OTHERS.stream().flatMap(name -> type(name).stream()).toList();
    }

    private Optional<Class<?>> type(String name) {
        try {
            return Optional.of(ClassUtils.forName(name, beans.getBeanClassLoader()));
        } catch (ClassNotFoundException | LinkageError none) {
            return Optional.empty();
        }
    }

    /** Why it may not have, in words that follow "the application"; empty if it has. Throws nothing, since an error is under way. */
    Optional<String> doubt() {
        try {
            return doubtByBeans();
        } catch (RuntimeException unknown) { // a BeansException, or what beans of the user's throw
            return Optional.of("has beans that cannot be looked at: " + unknown.getMessage());
        }
    }

    private Optional<String> doubtByBeans() {
        Set<String> sources = names(DataSource.class);
        Set<Object> stores = new LinkedHashSet<>();
        sources.forEach(name -> stores.add(store(name)));
        if (stores.size() != 1) {
            return Optional.of("has " + stores.size() + " data sources: " + String.join(", ", sources));
        }
        Set<String> managers = managerType.map(this::names).orElse(Set.of());
        if (managers.size() != 1) {
            return Optional.of("has " + managers.size() + " transaction managers: " + String.join(", ", managers));
        }
        String manager = managers.iterator().next();
        if (!stores.contains(managed(beans.getBean(manager)))) {
            return Optional.of("has a transaction manager that is not known to be over the data source: " + manager);
        }
        Set<String> others = new TreeSet<>();
        otherTypes.forEach(type -> others.addAll(names(type)));
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("has beside the data source: " + String.join(", ", others));
    }

    private Set<String> names(Class<?> type) {
        Set<String> names = new TreeSet<>();
        for (String name : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type)) {
            names.add(BeanFactoryUtils.transformedBeanName(name));
        }
        return names;
    }

    /** What a bean is a data source of: beans that wrap each other are one. Of one that is made anew each time, nobody knows. */
    private Object store(String name) {
        return beans.isSingleton(name) && beans.getBean(name) instanceof DataSource source ? unwrapped(source) : name;
    }

    private static Object unwrapped(DataSource source) {
        try {
            return source.isWrapperFor(CenoteDataSource.class) ? source.unwrap(CenoteDataSource.class) : source;
        } catch (SQLException | RuntimeException unknown) {
            return source;
        }
    }

    /** What a manager has as its data source, whichever it is: that for JPA has one too. Null if it has none. */
    private static @Nullable Object managed(Object manager) {
        Object target = AopProxyUtils.getSingletonTarget(manager);
        Object own = target == null ? manager : target;
        PropertyDescriptor property = BeanUtils.getPropertyDescriptor(own.getClass(), "dataSource");
        Method getter = property == null ? null : property.getReadMethod();
        try {
            return getter != null && getter.invoke(own) instanceof DataSource source ? unwrapped(source) : null;
        } catch (IllegalAccessException | InvocationTargetException unknown) {
            return null;
        }
    }
}

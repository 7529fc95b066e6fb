package dev.cenote.spring;

import dev.cenote.PoolRegistry;
import dev.cenote.protocols.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An application that has many properties at once, and what is to be seen of each. Not thread-safe. */
final class PropertyScene implements AutoCloseable {
    /** Looks for the effect of a property. */
    interface Check {
        void on(ConfigurableApplicationContext context) throws Exception;
    }

    /**
     * One property.
     *
     * @param property its name, with a star for the name of a policy
     * @param key how it is written
     * @param value another than its default
     */
    record Case(String property, String key, String value, Check check) {}

    @Configuration
    @EnableAutoConfiguration(exclude = {MongoAutoConfiguration.class, DataRedisAutoConfiguration.class})
    static class Application {}

    private final String name;
    private final List<Class<?>> sources = new ArrayList<>(List.of(Application.class));
    private final List<String> arguments = new ArrayList<>();
    private final List<Case> cases = new ArrayList<>();
    private WebApplicationType kind = WebApplicationType.NONE;
    private @Nullable ConfigurableApplicationContext context;

    PropertyScene(String name) {
        this.name = name;
    }

    /** Has these properties too, of which nothing is to be seen. */
    PropertyScene given(String... properties) {
        Stream.of(properties).forEach(each -> arguments.add("--" + each));
        return this;
    }

    PropertyScene web() {
        kind = WebApplicationType.SERVLET;
        return given("server.port=0", "management.endpoints.web.exposure.include=pools");
    }

    PropertyScene with(Class<?> configuration) {
        sources.add(configuration);
        return this;
    }

    PropertyScene with(String property, String value, Check check) {
        return with(property, property, value, check);
    }

    PropertyScene with(String property, String key, String value, Check check) {
        cases.add(new Case(property, key, value, check));
        arguments.add("--" + key + "=" + value);
        return this;
    }

    /** Starts the application unless it has been. */
    ConfigurableApplicationContext context() {
        if (context == null) {
            context = new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                    .web(kind)
                    .properties("spring.main.banner-mode=off")
                    .run(arguments.toArray(String[]::new));
        }
        return context;
    }

    static Pool<?> pool(ConfigurableApplicationContext started, String name) {
        return started.getBean(PoolRegistry.class).get(name);
    }

    List<Case> cases() {
        return cases;
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

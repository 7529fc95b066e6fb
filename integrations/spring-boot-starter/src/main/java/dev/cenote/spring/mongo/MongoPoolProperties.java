package dev.cenote.spring.mongo;

import dev.cenote.mongo.MongoPoolBuilder;
import dev.cenote.spring.policies.PolicyRegistry;
import dev.cenote.spring.policies.ResilientPoolProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** How the pool for MongoDB behaves; where it connects is said by {@code spring.mongodb.*}, unless it is here. Not thread-safe. */
@ConfigurationProperties(prefix = MongoPoolProperties.PREFIX, ignoreUnknownFields = false)
public class MongoPoolProperties extends ResilientPoolProperties {
    /** Where they stand. */
    public static final String PREFIX = "cenote.mongo";

    /** Whether there is a pool for MongoDB, where cenote-mongo is on the class path. */
    private boolean enabled = true;

    /** The deployment. Default: what spring.mongodb or a service connection says, else mongodb://localhost:27017. */
    private @Nullable String uri;

    /** The database that operations work on. Default: that of spring.mongodb, of the URI, else test. */
    private @Nullable String database;

    /** Most change streams that may be open at a time. */
    private int maxChangeStreams = 16;

    /** For Spring. */
    public MongoPoolProperties() {}

    /** Sets all of them but where it connects. */
    void apply(MongoPoolBuilder builder, PolicyRegistry policies) {
        apply(builder, "mongo", policies);
        builder.maxChangeStreams(maxChangeStreams);
    }

    // ---- as a bean has it

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public @Nullable String getUri() {
        return uri;
    }

    public void setUri(@Nullable String uri) {
        this.uri = uri;
    }

    public @Nullable String getDatabase() {
        return database;
    }

    public void setDatabase(@Nullable String database) {
        this.database = database;
    }

    public int getMaxChangeStreams() {
        return maxChangeStreams;
    }

    public void setMaxChangeStreams(int maxChangeStreams) {
        this.maxChangeStreams = maxChangeStreams;
    }
}

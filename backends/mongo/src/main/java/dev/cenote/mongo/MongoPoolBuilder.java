package dev.cenote.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import dev.cenote.PoolBuilder;
import dev.cenote.decorators.ResilientPool.Parts;
import dev.cenote.pool.PoolOptions;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.Optional;
import java.util.function.Consumer;
import org.bson.codecs.configuration.CodecRegistry;

/** Builds a {@link MongoPool}. Not thread-safe. */
public final class MongoPoolBuilder extends PoolBuilder<MongoPoolBuilder, MongoPool> {
    private MongoUri uri = MongoUri.of(PoolUri.parse("mongodb://localhost:27017"));
    private Optional<String> database = Optional.empty();
    private Optional<String> user = Optional.empty();
    private Optional<String> password = Optional.empty();
    private String authSource = "admin";
    private Optional<CodecRegistry> codecs = Optional.empty();
    private Concerns concerns = Concerns.none();
    private int maxChangeStreams = 16;
    private Consumer<MongoClientSettings.Builder> settings = builder -> {};
    private Classifier classifier = new MongoClassifier();

    MongoPoolBuilder() {}

    @Override
    protected MongoPoolBuilder self() {
        return this;
    }

    /**
     * The deployment, as {@code mongodb://} or {@code mongodb+srv://}, with credentials, database and options of the
     * connection string specification, and parameters with the prefix {@code pool.}. Default {@code
     * mongodb://localhost:27017}. Options that limit the driver's pool or its time are refused, since they are the
     * pool's: the message names the parameter to use instead.
     *
     * @throws ConfigurationException if part of it is malformed or unknown, by its name; without the password
     */
    public MongoPoolBuilder uri(String uri) {
        return uri(PoolUri.parse(uri));
    }

    /** As {@link #uri(String)}. */
    public MongoPoolBuilder uri(PoolUri uri) {
        this.uri = MongoUri.of(uri);
        return poolParameters(uri);
    }

    /** The database that operations work on. Default: the URI's, else {@code test}. */
    public MongoPoolBuilder database(String database) {
        this.database = Optional.of(database);
        return this;
    }

    /** Who logs in, unless the URI says so. The driver agrees with the server on a mechanism. Default: nobody. */
    public MongoPoolBuilder user(String user) {
        this.user = Optional.of(user);
        return this;
    }

    /** The password of {@link #user}. */
    public MongoPoolBuilder password(String password) {
        this.password = Optional.of(password);
        return this;
    }

    /** The database that knows {@link #user}. Default {@code admin}. */
    public MongoPoolBuilder authSource(String authSource) {
        this.authSource = authSource;
        return this;
    }

    /**
     * How objects become documents and documents objects, in place of the driver's default, which knows {@code Document},
     * raw BSON, maps and records: combine it with {@code MongoClientSettings.getDefaultCodecRegistry()}. Beans want the
     * driver's {@code PojoCodecProvider}. Default: the driver's.
     */
    public MongoPoolBuilder codecRegistry(CodecRegistry codecs) {
        this.codecs = Optional.of(codecs);
        return this;
    }

    /**
     * Which servers are read from, unless an operation says otherwise; transactions always read from the primary. Default:
     * the URI's {@code readPreference}, else the primary.
     */
    public MongoPoolBuilder readPreference(ReadPreference preference) {
        this.concerns = concerns.with(preference);
        return this;
    }

    /** How settled what is read must be, unless an operation says otherwise. Default: the URI's, else the server's. */
    public MongoPoolBuilder readConcern(ReadConcern concern) {
        this.concerns = concerns.with(concern);
        return this;
    }

    /**
     * By how many servers a write must be confirmed, unless an operation says otherwise. Default: the URI's {@code w},
     * {@code journal} and {@code wTimeoutMS}, else the server's. What is not acknowledged ({@code w: 0}) fails unseen, and
     * cannot be part of a session.
     */
    public MongoPoolBuilder writeConcern(WriteConcern concern) {
        this.concerns = concerns.with(concern);
        return this;
    }

    /**
     * Most {@linkplain MongoPool#watch change streams} that may be open at a time. They have sockets of their own, one each,
     * beside the {@code maxSize} of the leases. At least 1; default 16.
     */
    public MongoPoolBuilder maxChangeStreams(int maxChangeStreams) {
        this.maxChangeStreams = maxChangeStreams;
        return this;
    }

    /**
     * Changes the driver's settings in ways this builder does not name: an SSL context, listeners, a server selector.
     * Runs each time a client is made, on a thread of the pool. Sizes, lifetimes and time-outs of connections that it
     * sets are overridden by the pool's.
     */
    public MongoPoolBuilder settings(Consumer<MongoClientSettings.Builder> settings) {
        this.settings = settings;
        return this;
    }

    /** What reads the errors of the server. Default {@link MongoClassifier}. */
    public MongoPoolBuilder classifier(Classifier classifier) {
        this.classifier = classifier;
        return this;
    }

    /**
     * {@inheritDoc}
     *
     * @throws ConfigurationException if an option breaks its rule
     */
    @Override
    public MongoPool build() {
        PoolOptions options = options(MongoBackend.NAME);
        Check.atLeast("maxChangeStreams", 1, maxChangeStreams);
        var factory = new ClientFactory(uri, credential(), codecs, concerns, settings, options);
        var connector = new MongoConnector(factory, databaseName(), options);
        Parts<MongoConnection> parts = parts(MongoBackend.NAME, connector, classifier);
        return published(
                new MongoPool(parts, connector, new ChangeStreams(parts, factory, databaseName(), maxChangeStreams)));
    }

    private String databaseName() {
        return MongoUri.validDatabase(database.or(uri::database).orElse("test"));
    }

    private Optional<MongoCredential> credential() {
        if (user.isEmpty()) {
            if (password.isPresent()) {
                throw new ConfigurationException("user must be given with a password, was not");
            }
            return Optional.empty();
        }
        if (uri.hasCredential()) {
            throw new ConfigurationException("user must be given once, was given by uri and by user(...)");
        }
        Check.notBlank("authSource", authSource);
        char[] secret = password.orElseThrow(() ->
                        new ConfigurationException("password must be given with user " + user.get() + ", was not"))
                .toCharArray();
        return Optional.of(MongoCredential.createCredential(Check.notBlank("user", user.get()), authSource, secret));
    }
}

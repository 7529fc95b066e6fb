package dev.cenote.jdbc.datasource;

import dev.cenote.jdbc.FullReset;
import dev.cenote.jdbc.JdbcProduct;
import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.pool.PoolEngine;
import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.Connector;
import dev.cenote.protocols.Database;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.ConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Opens, validates, resets and closes the connections of a data source. Thread-safe. */
final class SessionConnector implements Connector<JdbcSession> {
    /** What another transaction of somebody else's would inherit from a server session that a pooler shares. */
    private static final Set<Setting> SHARED_BY_POOLER = Set.of(Setting.ISOLATION, Setting.SCHEMA);

    /** What a driver asks its server for, and so within the transaction that is open. */
    private static final Set<Setting> ASKED_OF_SERVER = Set.of(Setting.ISOLATION, Setting.CATALOG, Setting.SCHEMA);

    /**
     * How its connections are made and kept.
     *
     * @param source where they come from
     * @param credentials who connects, asked for each; gives null for whom the source names by itself
     * @param defaults what each gets
     * @param resetPolicy how much of a session is restored
     * @param pooler whether a pooler gives each transaction another session of the server
     * @param statementSeconds after which a statement ends by itself; 0 for never
     * @param database what they connect to, for metrics
     */
    record Setup(
            ConnectionSource source,
            Asked credentials,
            SessionDefaults defaults,
            ResetPolicy resetPolicy,
            boolean pooler,
            int statementSeconds,
            Database database) {}

    /** Gives the credentials of the next connection; null for whom the source names by itself. */
    @FunctionalInterface
    interface Asked {
        @Nullable
        Credentials get() throws Exception;
    }

    private final Setup setup;
    private final ProductClassifier own;
    private final Classifier classifier;

    private volatile @Nullable PoolEngine<JdbcSession> engine;

    /** Null until the first connection has said what it is one of. */
    private volatile @Nullable Optional<JdbcProduct> product;

    private volatile boolean doubleQuotesText = true;

    /** Whether the driver's own connections are had within transactions. */
    private volatile boolean learnsEarly;

    /**
     * A connector.
     *
     * @param own the classifier that becomes the product's once that is known
     * @param classifier reads the errors: the same with the user's changes, or the user's
     */
    SessionConnector(Setup setup, ProductClassifier own, Classifier classifier) {
        this.setup = setup;
        this.own = own;
        this.classifier = classifier;
    }

    /** The pool that is told of broken connections. Set once, before the first is given out. */
    void tell(PoolEngine<JdbcSession> pool) {
        engine = pool;
    }

    SessionDefaults defaults() {
        return setup.defaults();
    }

    @Override
    public Database database() {
        return setup.database();
    }

    /** How long what cleans up may take after a deadline has passed. */
    int cleanUpMillis() {
        PoolEngine<JdbcSession> pool = engine;
        long millis = pool == null ? 1 : pool.timeouts().reset().toMillis();
        return (int) Math.max(1, Math.min(millis, Integer.MAX_VALUE));
    }

    int statementSeconds() {
        return setup.statementSeconds();
    }

    /** Whether double quotes may hold text, and not only names. */
    boolean doubleQuotesText() {
        return doubleQuotesText;
    }

    /** Throws if that may not be changed: others would get it. */
    void requireChangeable(Setting setting) throws SQLException {
        if (setup.pooler() && SHARED_BY_POOLER.contains(setting)) {
            throw setting == Setting.ISOLATION
                    ? new OwnRefusal.BehindPooler(
                            "setTransactionIsolation", "begin the transaction with SET TRANSACTION ISOLATION LEVEL")
                    : new OwnRefusal.BehindPooler("setSchema", "use SET LOCAL search_path, or name the schema");
        }
    }

    /** From now on each connection is asked, as it is opened, for what it cannot be asked for within a transaction. */
    void learnsEarly() {
        learnsEarly = true;
    }

    /** Whether a transaction may have another value of it than the session has, or refuse to tell it. */
    boolean isOfTransaction(Setting setting) {
        Optional<JdbcProduct> known = product;
        return ASKED_OF_SERVER.contains(setting)
                && known != null
                && known.filter(JdbcProduct::hasSettingsOfTransactions).isPresent();
    }

    /** Has the pool do what the classifier says of a failure. */
    Verdict judge(Lease<JdbcSession> lease, SQLException failure, Classifier.Phase phase) {
        Verdict verdict = classifier.classify(failure, phase);
        Judged.note(failure, verdict);
        PoolEngine<JdbcSession> pool = engine;
        if (pool != null && verdict.connection() != ConnectionFate.KEEP) {
            pool.apply(lease, verdict);
        }
        return verdict;
    }

    @Override
    public JdbcSession open(Deadline deadline) throws Exception {
        Connection raw = setup.source().connect(setup.credentials().get(), deadline);
        Opening opening = Opening.begin(raw, deadline);
        try {
            JdbcSession session = prepared(raw, opening);
            opening.ready();
            return session;
        } catch (Throwable failure) {
            if (opening.isLate()) {
                abortQuietly(raw);
            } else {
                closeQuietly(raw);
            }
            throw failure;
        } finally {
            opening.end();
        }
    }

    private JdbcSession prepared(Connection raw, Opening opening) throws SQLException {
        Optional<JdbcProduct> known = productOf(raw);
        if (setup.pooler()) {
            poolerProduct(known).prepareForTransactionPooler(raw);
        }
        FullReset reset = setup.resetPolicy() == ResetPolicy.FULL ? fullReset(known, raw) : null;
        setup.defaults().apply(raw, opening::run);
        var session = new JdbcSession(raw, this, reset);
        if (learnsEarly && reset == null) {
            session.learnEarly();
        }
        return session;
    }

    private Optional<JdbcProduct> productOf(Connection raw) throws SQLException {
        Optional<JdbcProduct> known = product;
        if (known == null) {
            known = Products.byConnection(raw);
            own.become(ProductClassifier.of(known));
            doubleQuotesText = !Products.quotesNamesOnly(raw);
            product = known;
        }
        return known;
    }

    private static JdbcProduct poolerProduct(Optional<JdbcProduct> known) {
        return known.filter(JdbcProduct::hasTransactionPoolers)
                .orElseThrow(() -> new ConfigurationException(
                        "pgBouncer must go with PostgreSQL and the module cenote-postgres, was true with "
                                + named(known)));
    }

    private static FullReset fullReset(Optional<JdbcProduct> known, Connection raw) throws SQLException {
        Optional<FullReset> reset = known.isPresent() ? known.get().fullReset(raw) : Optional.empty();
        return reset.orElseThrow(() -> noFullReset(named(known)));
    }

    /** Why a pool cannot start. */
    static ConfigurationException noFullReset(String product) {
        return new ConfigurationException("resetPolicy must be DIRTY where Cenote knows no full reset (it does with "
                + "cenote-postgres for PostgreSQL, with cenote-mysql for MySQL and MariaDB), was FULL with " + product);
    }

    private static String named(Optional<JdbcProduct> known) {
        return known.map(JdbcProduct::name).orElse("a product that no module knows");
    }

    /** What {@code setting} is; of the schema, what its product says. */
    @Nullable
    Object value(Setting setting, Connection raw) throws SQLException {
        if (setting == Setting.SCHEMA) {
            Optional<JdbcProduct> known = productOf(raw);
            return known.isPresent() ? known.get().schema(raw) : raw.getSchema();
        }
        return setting.get(raw);
    }

    /** Gives back what {@link #value} told. */
    void restore(Setting setting, Connection raw, @Nullable Object value) throws SQLException {
        if (setting == Setting.CATALOG && isNone(value)) {
            requireNone(raw.getCatalog());
            return;
        }
        Optional<JdbcProduct> known = setting == Setting.SCHEMA ? productOf(raw) : Optional.empty();
        if (known.isPresent()) {
            known.get().restoreSchema(raw, (String) value);
        } else {
            setting.set(raw, value);
        }
    }

    private static boolean isNone(@Nullable Object catalog) {
        return catalog == null || catalog.equals("");
    }

    /** No call of JDBC's leads back to no catalog: where there was none, drivers refuse to set it, or do nothing. */
    private static void requireNone(@Nullable String catalog) throws SQLException {
        if (!isNone(catalog)) {
            throw new SQLException("the connection had no catalog, and cannot be given none again");
        }
    }

    /** Gives a connection that is as the driver has it what a new one of this pool has. */
    void prepare(Connection raw) throws SQLException {
        setup.defaults().apply(raw, Statement::execute);
    }

    @Override
    public void validate(JdbcSession session, Deadline deadline) throws SQLException {
        int seconds = (deadline.remainingMillis(Integer.MAX_VALUE) + 999) / 1_000;
        if (!session.raw.isValid(Math.max(1, seconds))) {
            throw new SQLException("the connection gave no sign of life", "08006");
        }
    }

    @Override
    public boolean needsReset(JdbcSession session) {
        return session.needsReset();
    }

    @Override
    public void reset(JdbcSession session, Deadline deadline) throws SQLException {
        session.reset(deadline);
    }

    @Override
    public void close(JdbcSession session) {
        closeQuietly(session.raw);
    }

    private static void closeQuietly(Connection raw) {
        try {
            raw.close();
        } catch (SQLException | RuntimeException | LinkageError alreadyGone) {
            // Nothing is left to close.
        }
    }

    @Override
    public void abort(JdbcSession session) {
        abortQuietly(session.raw);
    }

    /** Ends it at once, from any thread; where a driver's abort does nothing, as H2's, by closing it in a thread of its own. */
    static void abortQuietly(Connection raw) {
        var taken = new AtomicBoolean();
        try {
            raw.abort(command -> {
                taken.set(true);
                startAborting(command);
            });
            if (!taken.get()) {
                startAborting(() -> closeQuietly(raw)); // nothing, where the driver has aborted it here and now
            }
        } catch (SQLException | RuntimeException | AbstractMethodError alreadyGone) {
            // Nothing is left to abort.
        }
    }

    private static void startAborting(Runnable command) {
        var thread = new Thread(command, "cenote-abort");
        thread.setDaemon(true);
        thread.start();
    }
}

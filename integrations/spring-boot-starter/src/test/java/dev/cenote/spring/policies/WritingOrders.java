package dev.cenote.spring.policies;

import static dev.cenote.redis.RedisOperations.incrBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.decorators.annotations.CircuitBreaker;
import dev.cenote.decorators.annotations.Idempotent;
import dev.cenote.decorators.annotations.Retry;
import dev.cenote.redis.RedisPool;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Its methods write; the first attempt of each is rolled back by the server. */
@Service
class WritingOrders {
    final AtomicInteger attempts = new AtomicInteger();
    private final JdbcTemplate jdbc;
    private final Audit audit;
    private final ObjectProvider<RedisPool> redis;
    private final ObjectProvider<WritingOrders> self;

    WritingOrders(JdbcTemplate jdbc, Audit audit, ObjectProvider<RedisPool> redis, ObjectProvider<WritingOrders> self) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.redis = redis;
        this.self = self;
    }

    private int write() {
        int attempt = attempts.incrementAndGet();
        jdbc.update("insert into placed values (?)", attempt);
        if (attempt == 1) {
            jdbc.execute("do $$ begin raise exception 'told to' using errcode = '40001'; end $$");
        }
        return attempt;
    }

    @Transactional
    @Retry(name = "orders")
    public int place() {
        return write();
    }

    @Idempotent
    @Transactional
    @Retry(name = "orders")
    public int placeIdempotently() {
        return write();
    }

    @Transactional
    @Retry(name = "orders")
    public int placeAudited() {
        audit.write(attempts.get());
        return write();
    }

    @Transactional
    @Retry(name = "orders")
    public int placeAuditedAtLeastTried() {
        try {
            audit.write(attempts.get());
        } catch (DataAccessException lost) {
            assertThat(lost).hasRootCauseMessage("no answer");
        }
        return write();
    }

    /** Without a transaction of its own, unlike that of the same name. */
    @Retry(name = "orders")
    public int placeOverloaded() {
        audit.writePlainly(attempts.get());
        return self.getObject().placeOverloaded(1);
    }

    @Transactional
    public int placeOverloaded(int amount) {
        return write() * amount;
    }

    @Transactional
    @Retry(name = "orders")
    public int placePastTheTransaction() {
        audit.writePastTheTransaction(attempts.get());
        return write();
    }

    @Transactional
    @Retry(name = "orders")
    public int placeLookedUp() {
        audit.read();
        return write();
    }

    @Transactional
    @Retry(name = "orders")
    public int placeCounted() {
        redis.getObject().execute(incrBy("placed", 1));
        return write();
    }

    @Transactional(rollbackFor = SQLException.class)
    @Retry(name = "orders")
    public int placeChecked() throws SQLException {
        return writeChecked();
    }

    @Transactional
    @Retry(name = "orders")
    public int placeCheckedAndCommitted() throws SQLException {
        return writeChecked();
    }

    /** As of a deadlock that was seen elsewhere: here the transaction could go on. */
    private int writeChecked() throws SQLException {
        int attempt = attempts.incrementAndGet();
        jdbc.update("insert into placed values (?)", attempt);
        if (attempt == 1) {
            throw new PSQLException("told to", PSQLState.SERIALIZATION_FAILURE);
        }
        return attempt;
    }

    @Transactional
    @Retry(name = "orders")
    public void commit() {
        attempts.incrementAndGet();
        jdbc.update("insert into placed values (?)", attempts.get());
    }

    @CircuitBreaker(name = "orders")
    public void duplicate() {
        attempts.incrementAndGet();
        jdbc.execute("do $$ begin raise unique_violation; end $$");
    }
}

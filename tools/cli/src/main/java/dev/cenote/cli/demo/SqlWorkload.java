package dev.cenote.cli.demo;

import dev.cenote.decorators.ResilientPool;
import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.Operation;
import java.util.List;
import java.util.random.RandomGenerator;

/** PostgreSQL and MariaDB: a table of ledgers, and one of notes. */
record SqlWorkload(String name, ResilientPool<JdbcConnection> pool) implements Workload<JdbcConnection> {
    @Override
    public void prepare(int workers) {
        pool.execute(Sql.update("drop table if exists cenote_demo_ledger"));
        pool.execute(Sql.update("drop table if exists cenote_demo_note"));
        pool.execute(Sql.update("create table cenote_demo_ledger (worker int primary key, total bigint not null)"));
        pool.execute(Sql.update("create table cenote_demo_note (worker int not null, text varchar(100) not null)"));
        pool.execute(Sql.update("create index cenote_demo_note_worker on cenote_demo_note (worker)"));
        for (int worker = 0; worker < workers; worker++) {
            pool.execute(Sql.update("insert into cenote_demo_ledger values (?, 0)", Sql.params(worker)));
        }
    }

    @Override
    public Operation<JdbcConnection, ?> increment(int worker) {
        return Sql.update("update cenote_demo_ledger set total = total + 1 where worker = ?", Sql.params(worker));
    }

    @Override
    public Operation<JdbcConnection, ?> other(int worker, RandomGenerator random) {
        return switch (random.nextInt(10)) {
            case 0 ->
                Sql.batch(
                        "insert into cenote_demo_note values (?, ?)",
                        List.of(Sql.params(worker, "first"), Sql.params(worker, "second")));
            case 1 ->
                Sql.update("delete from cenote_demo_note where worker = ?", Sql.params(worker))
                        .idempotent();
            case 2 ->
                Sql.query(
                        "select text from cenote_demo_note where worker = ?",
                        Sql.params(worker),
                        row -> String.valueOf(row.getString(1)));
            default ->
                Sql.queryOne(
                        "select total from cenote_demo_ledger where worker = ?",
                        Sql.params(worker),
                        row -> row.getLong(1));
        };
    }

    @Override
    public long stored() {
        return pool.execute(Sql.queryOne(
                        "select cast(coalesce(sum(total), 0) as decimal(20)) from cenote_demo_ledger",
                        row -> row.getLong(1)))
                .orElseThrow();
    }
}

package dev.cenote.examples;

import static dev.cenote.jdbc.Sql.params;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.Sql;
import dev.cenote.postgres.PostgresPool;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Transaction;
import dev.cenote.protocols.TransactionOptions;
import java.util.List;

/** Queries, a batch, and a transaction that is committed or rolled back. */
public final class PostgresExample {
    private PostgresExample() {}

    /** Makes the table anew and fills it by a batch; gives the number of rows. */
    public static long fill(PostgresPool pool) {
        pool.execute(Sql.update("drop table if exists accounts"));
        pool.execute(Sql.update(
                "create table accounts (name text primary key, balance bigint not null check (balance >= 0))"));
        return pool.execute(Sql.batch(
                        "insert into accounts values (?, ?)", List.of(params("alice", 100), params("bob", 20))))
                .affected();
    }

    /** Moves money from one account to another, or none if that would overdraw the first. */
    public static void transfer(PostgresPool pool, String from, String to, long amount) {
        try (Lease<JdbcConnection> lease = pool.acquire();
                Transaction transaction = lease.begin(TransactionOptions.defaults())) {
            lease.execute(Sql.update("update accounts set balance = balance + ? where name = ?", params(amount, to)));
            lease.execute(Sql.update("update accounts set balance = balance - ? where name = ?", params(amount, from)));
            transaction.commit();
        } // without a commit, closing rolls back
    }

    /** The accounts with at least that balance, by name. */
    public static List<Account> accounts(PostgresPool pool, long atLeast) {
        return pool.execute(Sql.query(
                "select name, balance from accounts where balance >= ? order by name",
                params(atLeast),
                row -> new Account(String.valueOf(row.getString("name")), row.getLong("balance"))));
    }

    /**
     * An account.
     *
     * @param name whose it is
     * @param balance what is in it
     */
    public record Account(String name, long balance) {}
}

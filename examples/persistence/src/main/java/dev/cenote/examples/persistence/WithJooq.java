package dev.cenote.examples.persistence;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.util.List;
import javax.sql.DataSource;
import org.jooq.BatchBindStep;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record2;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** jOOQ over a pool, without generated code: a transaction, a batch, a cursor. */
public final class WithJooq {
    private static final Table<Record> ACCOUNTS = table(name("accounts"));
    private static final Field<String> OWNER = field(name("owner"), String.class);
    private static final Field<Integer> BALANCE = field(name("balance"), Integer.class);

    private WithJooq() {}

    /** jOOQ, to be shared by all threads. */
    public static DSLContext jooq(DataSource source) {
        // begin context
        DSLContext jooq = DSL.using(source, SQLDialect.POSTGRES);
        // end context
        return jooq;
    }

    /** Opens as many accounts with a balance of 100, in one batch. */
    public static void open(DSLContext jooq, int count) {
        // begin batch
        BatchBindStep batch =
                jooq.batch(jooq.insertInto(ACCOUNTS, OWNER, BALANCE).values((String) null, null));
        for (int i = 0; i < count; i++) {
            batch = batch.bind("owner " + i, 100);
        }
        batch.execute();
        // end batch
    }

    /** Moves an amount, all or nothing: the balance must not fall below zero. */
    public static void transfer(DSLContext jooq, String from, String to, int amount) {
        // begin transaction
        jooq.transaction(transaction -> {
            DSLContext within = transaction.dsl(); // not the outer one, which would take another connection
            within.update(ACCOUNTS)
                    .set(BALANCE, BALANCE.plus(amount))
                    .where(OWNER.eq(to))
                    .execute();
            within.update(ACCOUNTS)
                    .set(BALANCE, BALANCE.minus(amount))
                    .where(OWNER.eq(from))
                    .execute();
        });
        // end transaction
    }

    /** The sum of all balances, a few rows at a time; {@code whileOpen} runs after the first row. */
    public static long sum(DSLContext jooq, Runnable whileOpen) {
        // begin lazy
        return jooq.transactionResult(
                transaction -> { // pgjdbc reads by parts only within a transaction
                    long sum = 0;
                    try (Cursor<Record2<String, Integer>> rows = transaction
                            .dsl()
                            .select(OWNER, BALANCE)
                            .from(ACCOUNTS)
                            .fetchSize(50)
                            .fetchLazy()) {
                        for (Record2<String, Integer> row : rows) {
                            sum += row.value2();
                            whileOpen.run();
                        }
                    }
                    return sum;
                });
        // end lazy
    }

    /** The first owners, by a cursor outside a transaction, closed early. */
    public static List<String> firstOwners(DSLContext jooq, int count) {
        try (Cursor<Record2<String, Integer>> rows =
                jooq.select(OWNER, BALANCE).from(ACCOUNTS).orderBy(OWNER).fetchLazy()) {
            return rows.fetchNext(count).map(Record2::value1);
        }
    }
}

package dev.cenote.examples.persistence;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import java.util.List;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/** Hibernate over a pool: batches, pages, a conflict of versions. */
public final class WithHibernate {
    private WithHibernate() {}

    /** A pool whose connections begin without auto-commit, as Hibernate is told below. */
    public static CenoteDataSource pool(String url, String user, String password) {
        // begin pool
        CenoteDataSource source = CenoteDataSource.builder()
                .url(url) // jdbc:postgresql://localhost/shop
                .user(user)
                .password(password)
                .autoCommit(false)
                .driverProperty("reWriteBatchedInserts", "true")
                .maxSize(4)
                .build();
        // end pool
        return source;
    }

    /** Hibernate, with the tables made anew. */
    public static SessionFactory hibernate(DataSource source) {
        // begin settings
        var hibernate = new Configuration().addAnnotatedClass(Book.class);
        hibernate.getProperties().put("hibernate.connection.datasource", source);
        hibernate
                .setProperty("hibernate.connection.provider_disables_autocommit", "true") // only with autoCommit(false)
                .setProperty("hibernate.jdbc.batch_size", "50")
                .setProperty("hibernate.order_inserts", "true")
                .setProperty("hibernate.hbm2ddl.auto", "create-drop");
        SessionFactory sessions = hibernate.buildSessionFactory();
        // end settings
        return sessions;
    }

    /** Inserts as many books, in batches. */
    public static void fill(SessionFactory sessions, int count) {
        // begin batch
        sessions.inTransaction(session -> {
            for (int i = 0; i < count; i++) {
                session.persist(new Book("volume " + i, 10));
                if (i % 50 == 49) {
                    session.flush();
                    session.clear();
                }
            }
        });
        // end batch
    }

    /** One page of the books, by key. */
    public static List<Book> page(SessionFactory sessions, int page, int size) {
        // begin page
        return sessions.fromTransaction(session -> session.createSelectionQuery("from Book order by id", Book.class)
                .setFirstResult(page * size)
                .setMaxResults(size)
                .getResultList());
        // end page
    }

    /** Sells one, while {@code meanwhile} runs between reading it and writing it. */
    public static void sell(SessionFactory sessions, long id, Runnable meanwhile) {
        // begin sell
        sessions.inTransaction(session -> {
            Book book = session.find(Book.class, id);
            meanwhile.run();
            book.sell(); // OptimisticLockException at the commit if another was faster
        });
        // end sell
    }
}

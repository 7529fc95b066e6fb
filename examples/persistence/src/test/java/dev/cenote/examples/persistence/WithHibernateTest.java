package dev.cenote.examples.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import jakarta.persistence.OptimisticLockException;
import java.util.List;
import java.util.Objects;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WithHibernateTest {
    private final CenoteDataSource source = WithHibernate.pool(Shop.URL, Shop.USER, Shop.PASSWORD);
    private final SessionFactory sessions = WithHibernate.hibernate(source);

    @AfterEach
    void close() {
        sessions.close();
        Shop.assertAtRest(source);
        source.close();
    }

    @Test
    void booksAreInsertedInBatchesAndReadByPages() {
        sessions.getStatistics().setStatisticsEnabled(true);

        WithHibernate.fill(sessions, 200);

        assertThat(sessions.getStatistics().getEntityInsertCount()).isEqualTo(200);
        assertThat(sessions.getStatistics().getPrepareStatementCount()).isLessThan(20);
        assertThat(WithHibernate.page(sessions, 2, 20))
                .extracting(Book::title)
                .hasSize(20)
                .startsWith("volume 40")
                .endsWith("volume 59");
    }

    @Test
    void theSlowerOfTwoSalesFailsAndTheFasterStays() {
        WithHibernate.fill(sessions, 1);
        Book book = WithHibernate.page(sessions, 0, 1).get(0);
        long id = Objects.requireNonNull(book.id());

        assertThatThrownBy(() -> WithHibernate.sell(sessions, id, () -> WithHibernate.sell(sessions, id, () -> {})))
                .isInstanceOf(OptimisticLockException.class);

        assertThat(WithHibernate.page(sessions, 0, 1)).extracting(Book::stock).containsExactly(9);
    }

    @Test
    void transactionThatRunsNothingTakesNoConnection() {
        try (Session session = sessions.openSession()) {
            session.beginTransaction();
            assertThat(Shop.leased(source)).isZero();
            session.createNativeQuery("select 1", Integer.class).getSingleResult();
            assertThat(Shop.leased(source)).isEqualTo(1);
            session.getTransaction().commit();
            assertThat(Shop.leased(source)).as("session still open").isZero();
        }
    }

    @Test
    void whereHibernateIsNotToldEachTransactionTakesAConnectionAtItsBegin() {
        var hibernate = new Configuration().addAnnotatedClass(Book.class);
        hibernate.getProperties().put("hibernate.connection.datasource", source);
        try (SessionFactory untold = hibernate.buildSessionFactory();
                Session session = untold.openSession()) {
            session.beginTransaction();
            assertThat(Shop.leased(source)).isEqualTo(1);
            session.getTransaction().rollback();
        }
    }

    @Test
    void readingOutsideATransactionGivesTheConnectionBackAtOnce() {
        WithHibernate.fill(sessions, 1);
        try (Session session = sessions.openSession()) {
            List<Book> books =
                    session.createSelectionQuery("from Book", Book.class).getResultList();
            assertThat(books).hasSize(1);
            assertThat(Shop.leased(source)).isZero();
        }
    }

    @Test
    void holdModeKeepsTheConnectionUntilTheSessionEnds() {
        var hibernate = new Configuration().addAnnotatedClass(Book.class);
        hibernate.getProperties().put("hibernate.connection.datasource", source);
        hibernate.setProperty("hibernate.connection.handling_mode", "DELAYED_ACQUISITION_AND_HOLD");
        try (SessionFactory holding = hibernate.buildSessionFactory();
                Session session = holding.openSession()) {
            session.beginTransaction();
            session.getTransaction().commit();
            assertThat(Shop.leased(source)).isEqualTo(1);
        }
    }
}

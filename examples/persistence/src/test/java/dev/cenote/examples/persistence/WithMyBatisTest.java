package dev.cenote.examples.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WithMyBatisTest {
    private final CenoteDataSource source = Shop.pool(2).build();
    private final SqlSessionFactory sessions = WithMyBatis.myBatis(source);

    @BeforeEach
    void table() throws SQLException {
        Shop.run(
                "drop table if exists parcels",
                "create table parcels (id bigint generated always as identity primary key, address text, grams int)");
    }

    @AfterEach
    void close() {
        Shop.assertAtRest(source);
        source.close();
    }

    private List<String> addresses(int grams) {
        try (SqlSession session = sessions.openSession()) {
            return session.getMapper(ParcelMapper.class).heavierThan(grams).stream()
                    .map(Parcel::getAddress)
                    .toList();
        }
    }

    @Test
    void committedParcelIsSeenAndHasItsKey() {
        assertThat(WithMyBatis.send(sessions, "Rome", 900).getId()).isPositive();
        assertThat(addresses(500)).containsExactly("Rome");
        assertThat(addresses(1000)).isEmpty();
    }

    @Test
    void sessionClosedWithoutCommitLeavesNothing() {
        try (SqlSession session = sessions.openSession()) {
            session.getMapper(ParcelMapper.class).insert(new Parcel("Rome", 900));
        }
        assertThat(addresses(0)).isEmpty();
    }

    @Test
    void batchIsCommittedWhole() throws IOException {
        var parcels = new ArrayList<Parcel>();
        for (int i = 0; i < 200; i++) {
            parcels.add(new Parcel("street " + i, i));
        }

        WithMyBatis.sendAll(sessions, parcels);

        assertThat(parcels).allSatisfy(parcel -> assertThat(parcel.getId()).isPositive());
        int count = 0;
        try (SqlSession session = sessions.openSession();
                Cursor<Parcel> all = session.getMapper(ParcelMapper.class).all()) {
            for (Parcel parcel : all) {
                assertThat(parcel.getGrams()).isEqualTo(count++);
            }
        }
        assertThat(count).isEqualTo(200);
    }

    @Test
    void sessionHoldsItsConnectionFromTheFirstStatementUntilItIsClosed() {
        try (SqlSession session = sessions.openSession()) {
            assertThat(Shop.leased(source)).isZero();
            session.getMapper(ParcelMapper.class).heavierThan(0);
            session.commit();
            assertThat(Shop.leased(source)).as("committed, not closed").isEqualTo(1);
        }
        assertThat(Shop.leased(source)).isZero();
    }
}

package dev.cenote.examples.persistence;

import java.util.List;
import javax.sql.DataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/** MyBatis over a pool: a mapper, sessions that commit or do not, a batch. */
public final class WithMyBatis {
    private WithMyBatis() {}

    /** MyBatis, to be shared by all threads. */
    public static SqlSessionFactory myBatis(DataSource source) {
        // begin factory
        var environment = new Environment("shop", new JdbcTransactionFactory(), source);
        var configuration = new Configuration(environment);
        configuration.addMapper(ParcelMapper.class);
        SqlSessionFactory sessions = new SqlSessionFactoryBuilder().build(configuration);
        // end factory
        return sessions;
    }

    /** Inserts a parcel and commits it. */
    public static Parcel send(SqlSessionFactory sessions, String address, int grams) {
        // begin session
        try (SqlSession session = sessions.openSession()) {
            var parcel = new Parcel(address, grams);
            session.getMapper(ParcelMapper.class).insert(parcel); // the key is in parcel.getId()
            session.commit(); // else close() rolls back
            return parcel;
        }
        // end session
    }

    /** Inserts many, in batches. */
    public static void sendAll(SqlSessionFactory sessions, List<Parcel> parcels) {
        // begin batch
        try (SqlSession session = sessions.openSession(ExecutorType.BATCH)) {
            ParcelMapper mapper = session.getMapper(ParcelMapper.class);
            parcels.forEach(mapper::insert);
            session.commit(); // sends the batch, then commits
        }
        // end batch
    }
}

package dev.cenote.examples.persistence;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.jdbc.datasource.HikariMigration;
import java.io.IOException;
import java.io.Reader;
import java.util.Properties;

/** A pool made of the properties that HikariCP had. */
public final class FromHikari {
    private FromHikari() {}

    /** Prints what becomes of each property, and gives the pool. */
    public static CenoteDataSource pool(Reader file) throws IOException {
        // begin migrate
        var properties = new Properties();
        properties.load(file); // hikari.properties, as it is
        HikariMigration migration = HikariMigration.read(properties);
        System.out.print(migration.report());
        CenoteDataSource source = migration.builder().build();
        // end migrate
        return source;
    }
}

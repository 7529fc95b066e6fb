package dev.cenote.examples;

import static com.mongodb.client.model.Filters.eq;
import static dev.cenote.mongo.MongoOperations.findOne;
import static dev.cenote.mongo.MongoOperations.insertOne;
import static dev.cenote.redis.RedisOperations.get;
import static dev.cenote.redis.RedisOperations.set;

import dev.cenote.jdbc.Sql;
import dev.cenote.mongo.MongoPool;
import dev.cenote.mysql.MySqlPool;
import dev.cenote.postgres.PostgresPool;
import dev.cenote.redis.RedisPool;
import dev.cenote.retry.RetryPolicy;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/** The first steps with each database, as docs/getting-started.md shows them. */
public final class GettingStarted {
    private GettingStarted() {}

    /** A table, a row, a query. */
    public static List<String> postgres(String uri) {
        // begin postgres
        try (PostgresPool pool = PostgresPool.builder()
                .uri(uri) // postgres://shop@localhost:5432/orders
                .maxSize(10)
                .retry(RetryPolicy.exponential().maxRetries(3).build())
                .build()) {
            pool.execute(Sql.update("create table if not exists greetings (text varchar(40))"));
            pool.execute(Sql.update("insert into greetings values (?)", Sql.params("hello")));
            return pool.execute(Sql.query("select text from greetings", row -> String.valueOf(row.getString(1))));
        }
        // end postgres
    }

    /** A query. */
    public static String mySql(String uri) {
        // begin mySql
        try (MySqlPool pool = MySqlPool.builder()
                .uri(uri) // mariadb://shop@localhost:3306/orders
                .maxSize(10)
                .build()) {
            return pool.execute(Sql.queryOne("select version()", row -> String.valueOf(row.getString(1))))
                    .orElseThrow();
        }
        // end mySql
    }

    /** A document, there and back. */
    public static Optional<Document> mongo(String uri) {
        // begin mongo
        try (MongoPool pool = MongoPool.builder()
                .uri(uri) // mongodb://localhost:27017
                .database("shop")
                .maxSize(10)
                .build()) {
            pool.execute(insertOne("users", new Document("name", "ada")));
            return pool.execute(findOne("users", eq("name", "ada")));
        }
        // end mongo
    }

    /** A value, there and back. */
    public static Optional<String> redis(String uri) {
        // begin redis
        try (RedisPool pool = RedisPool.builder()
                .uri(uri) // redis://localhost:6379
                .maxSize(10)
                .build()) {
            pool.execute(set("greeting", "hello"));
            return pool.execute(get("greeting"));
        }
        // end redis
    }
}

package dev.cenote.cli.explain;

import com.mongodb.MongoCommandException;
import com.mongodb.ServerAddress;
import dev.cenote.mongo.MongoClassifier;
import dev.cenote.mysql.MySqlClassifier;
import dev.cenote.postgres.PostgresClassifier;
import dev.cenote.protocols.Classifier;
import dev.cenote.redis.RedisClassifier;
import io.lettuce.core.RedisCommandExecutionException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** The backends, each with its classifier and the form of its codes. */
enum Product {
    POSTGRES(
            "PostgreSQL",
            new PostgresClassifier(),
            "(?=.*\\d)[0-9A-Z]{5}",
            code -> new SQLException("the server said no", code)),
    MYSQL(
            "MySQL and MariaDB",
            new MySqlClassifier(),
            "[1-9]\\d{3,4}",
            code -> new SQLException("the server said no", "HY000", Integer.parseInt(code))),
    MONGODB("MongoDB", new MongoClassifier(), "[1-9]\\d{0,5}", Product::commandFailure),
    REDIS(
            "Redis",
            new RedisClassifier(),
            "[A-Z]{3,}",
            code -> new RedisCommandExecutionException(code + " the server said no"));

    private final String title;
    private final Classifier classifier;
    private final Pattern form;
    private final Function<String, Throwable> answer;

    Product(String title, Classifier classifier, String form, Function<String, Throwable> answer) {
        this.title = title;
        this.classifier = classifier;
        this.form = Pattern.compile(form);
        this.answer = answer;
    }

    private static Throwable commandFailure(String code) {
        var response = new BsonDocument("ok", new BsonDouble(0))
                .append("code", new BsonInt32(Integer.parseInt(code)))
                .append("errmsg", new BsonString("the server said no"));
        return new MongoCommandException(response, new ServerAddress());
    }

    String title() {
        return title;
    }

    Classifier classifier() {
        return classifier;
    }

    /** True if a code of this product could look like that. */
    boolean mayHave(String code) {
        return form.matcher(code).matches();
    }

    /** An error with that code, as the driver throws it for a server's answer. */
    Throwable answer(String code) {
        return answer.apply(code);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.cenote.examples.shop;

import static com.mongodb.client.model.Filters.eq;
import static dev.cenote.mongo.MongoOperations.findOne;
import static dev.cenote.mongo.MongoOperations.replaceOne;

import dev.cenote.mongo.MongoPool;
import java.util.Optional;
import org.bson.Document;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Repository;

/** The products, in MongoDB; those that were asked for are in the cache. */
@Repository
public class ProductRepository {
    private static final String PRODUCTS = "products";

    private final MongoPool pool;

    ProductRepository(MongoPool pool) {
        this.pool = pool;
    }

    /** The product with that number. */
    @Cacheable(PRODUCTS)
    public Optional<Product> find(String sku) {
        return pool.execute(findOne(PRODUCTS, eq("_id", sku)))
                .map(found -> new Product(sku, found.getString("name"), found.getLong("cents")));
    }

    /** Adds or replaces a product. */
    @CacheEvict(cacheNames = PRODUCTS, key = "#product.sku()")
    public void save(Product product) {
        var document = new Document("_id", product.sku())
                .append("name", product.name())
                .append("cents", product.cents());
        pool.execute(replaceOne(PRODUCTS, eq("_id", product.sku()), document).upsert());
    }
}

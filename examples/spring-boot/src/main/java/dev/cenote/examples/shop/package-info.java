/**
 * A shop: orders in PostgreSQL by JPA, products in MongoDB, a cache in Redis, all on Cenote's pools. Start reading at {@link
 * dev.cenote.examples.shop.ShopApplication}.
 */
@NullMarked
package dev.cenote.examples.shop;

import org.jspecify.annotations.NullMarked;

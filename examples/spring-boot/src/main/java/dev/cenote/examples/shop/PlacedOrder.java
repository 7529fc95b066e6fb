package dev.cenote.examples.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** An order, as JPA keeps it. */
@Entity
@Table(name = "orders")
public class PlacedOrder {
    @Id
    private UUID id = new UUID(0, 0);

    private String sku = "";
    private int quantity;
    private long cents;

    /** For JPA. */
    protected PlacedOrder() {}

    PlacedOrder(UUID id, Product product, int quantity) {
        this.id = id;
        this.sku = product.sku();
        this.quantity = quantity;
        this.cents = product.cents() * quantity;
    }

    /** The number that the customer's program gave it. */
    public UUID getId() {
        return id;
    }

    /** What was ordered. */
    public String getSku() {
        return sku;
    }

    /** How many. */
    public int getQuantity() {
        return quantity;
    }

    /** What they cost. */
    public long getCents() {
        return cents;
    }
}

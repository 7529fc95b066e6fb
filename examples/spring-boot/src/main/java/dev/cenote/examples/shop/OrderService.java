package dev.cenote.examples.shop;

import dev.cenote.decorators.annotations.Idempotent;
import dev.cenote.decorators.annotations.Retry;
import dev.cenote.decorators.annotations.WithDeadline;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes orders. */
@Service
public class OrderService {
    private final OrderRepository orders;
    private final ProductRepository products;

    OrderService(OrderRepository orders, ProductRepository products) {
        this.orders = orders;
        this.products = products;
    }

    /**
     * Places an order, once, however often it is asked to: its number comes with it. So the whole transaction may be tried
     * again when the database goes away, also when nobody knows whether it was committed.
     */
    @Idempotent
    @Retry(name = "orders")
    @WithDeadline("8s")
    @Transactional
    public PlacedOrder place(UUID id, String sku, int quantity) {
        Product product = products.find(sku).orElseThrow(() -> new NoSuchElementException("no product " + sku));
        return orders.save(new PlacedOrder(id, product, quantity));
    }
}

package dev.cenote.examples.shop;

import java.util.NoSuchElementException;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The shop over HTTP. */
@RestController
class OrderController {
    private final OrderService service;
    private final OrderRepository orders;
    private final ProductRepository products;

    OrderController(OrderService service, OrderRepository orders, ProductRepository products) {
        this.service = service;
        this.orders = orders;
        this.products = products;
    }

    @PutMapping("/products/{sku}")
    Product save(@PathVariable String sku, @RequestBody Product product) {
        var named = new Product(sku, product.name(), product.cents());
        products.save(named);
        return named;
    }

    @GetMapping("/products/{sku}")
    Product product(@PathVariable String sku) {
        return products.find(sku).orElseThrow();
    }

    @PutMapping("/orders/{id}")
    PlacedOrder place(@PathVariable UUID id, @RequestParam String sku, @RequestParam int quantity) {
        return service.place(id, sku, quantity);
    }

    @GetMapping("/orders/{id}")
    PlacedOrder order(@PathVariable UUID id) {
        return orders.findById(id).orElseThrow();
    }

    @GetMapping("/orders/count")
    long count(@RequestParam double seconds) {
        return orders.countSlowly(seconds);
    }

    @ExceptionHandler(NoSuchElementException.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    void notFound() {}
}

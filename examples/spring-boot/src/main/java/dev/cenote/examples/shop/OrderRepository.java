package dev.cenote.examples.shop;

import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.NativeQuery;

/** The orders, in PostgreSQL. */
public interface OrderRepository extends JpaRepository<PlacedOrder, UUID> {
    /** Counts them, slowly: a report that holds its connection for a while. */
    @NativeQuery("select count(*) from orders, pg_sleep(?1)")
    long countSlowly(double seconds);
}

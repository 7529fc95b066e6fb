package dev.cenote.examples.shop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;

/**
 * The application. Nothing in its code speaks of the pool of the {@code DataSource}: it is Cenote since the starter is on the
 * class path, and HikariCP under the profile {@code hikari}.
 */
@SpringBootApplication
@EnableCaching
public class ShopApplication {
    /** For Spring. */
    public ShopApplication() {}

    /** Starts it. */
    public static void main(String[] arguments) {
        SpringApplication.run(ShopApplication.class, arguments);
    }
}

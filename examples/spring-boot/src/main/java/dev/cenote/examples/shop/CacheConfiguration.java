package dev.cenote.examples.shop;

import dev.cenote.redis.RedisPool;
import java.util.List;
import org.springframework.cache.CacheManager;
import org.springframework.cache.support.SimpleCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The caches. */
@Configuration(proxyBeanMethods = false)
class CacheConfiguration {
    @Bean
    CacheManager cacheManager(RedisPool pool, JsonMapper json) {
        var caches = new SimpleCacheManager();
        caches.setCaches(List.of(new RedisCache("products", Product.class, pool, json)));
        return caches;
    }
}

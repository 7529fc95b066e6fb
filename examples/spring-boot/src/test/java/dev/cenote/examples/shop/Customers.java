package dev.cenote.examples.shop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Place orders, each after the last, until they are told to stop. They try nothing again. */
final class Customers implements AutoCloseable {
    final Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
    final AtomicInteger refusals = new AtomicInteger();
    final AtomicInteger withoutAnswer = new AtomicInteger();
    final AtomicLong slowestNanos = new AtomicLong();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    Customers(String base, int many) {
        this.base = base;
        for (int i = 0; i < many; i++) {
            var thread = new Thread(this::shop, "customer-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    private void shop() {
        while (!stopped) {
            UUID id = UUID.randomUUID();
            long began = System.nanoTime();
            try {
                if (put(id) == 200) {
                    acknowledged.add(id);
                } else {
                    refusals.incrementAndGet();
                }
            } catch (IOException noAnswer) {
                withoutAnswer.incrementAndGet();
                Thread.yield();
            } catch (InterruptedException end) {
                return;
            }
            slowestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
        }
    }

    private int put(UUID id) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/orders/" + id + "?sku=pen&quantity=2"))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}

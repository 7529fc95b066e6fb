package dev.cenote.examples.shop;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts at the server what was accepted and how it ended. */
class RequestLedger implements Filter {
    final AtomicInteger accepted = new AtomicInteger();
    final AtomicInteger answered = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    final AtomicInteger reports = new AtomicInteger();

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        accepted.incrementAndGet();
        if (((HttpServletRequest) request).getRequestURI().endsWith("/count")) {
            reports.incrementAndGet();
        }
        boolean ok = false;
        try {
            chain.doFilter(request, response);
            ok = ((HttpServletResponse) response).getStatus() < 400;
        } finally {
            (ok ? answered : failed).incrementAndGet();
        }
    }
}

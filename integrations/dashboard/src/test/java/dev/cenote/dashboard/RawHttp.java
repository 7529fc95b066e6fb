package dev.cenote.dashboard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Requests as no well-behaved client would send them. */
final class RawHttp {
    private final URI address;
    private final Map<String, String> headers = new LinkedHashMap<>();

    private RawHttp(URI address) {
        this.address = address;
        headers.put("Host", address.getRawAuthority());
    }

    /** To that dashboard, with its own Host and nothing else. */
    static RawHttp to(Dashboard dashboard) {
        return new RawHttp(dashboard.address());
    }

    /** With its token too. */
    static RawHttp withToken(Dashboard dashboard) {
        return to(dashboard).with("Authorization", "Bearer " + token(dashboard));
    }

    static String token(Dashboard dashboard) {
        return dashboard.uri().getFragment().replace("token=", "");
    }

    RawHttp with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    RawHttp without(String name) {
        headers.remove(name);
        return this;
    }

    RawHttp json() {
        return with("Content-Type", "application/json");
    }

    /** What came back: all of it, since the connection is closed after it. */
    record Answer(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    Answer get(String path) throws IOException {
        return send("GET", path, "");
    }

    Answer post(String path, String body) throws IOException {
        return send("POST", path, body);
    }

    Answer send(String method, String path, String body) throws IOException {
        try (Socket socket = begin(method, path, body)) {
            return read(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
        }
    }

    /** Sends it and reads nothing. */
    Socket begin(String method, String path, String body) throws IOException {
        var socket = new Socket(address.getHost(), address.getPort());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Connection: close\r\nContent-Length: ")
                .append(bytes.length)
                .append("\r\n\r\n");
        socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return socket;
    }

    private static Answer read(BufferedReader reader) throws IOException {
        String first = reader.readLine();
        if (first == null) {
            throw new IOException("the connection was closed without an answer");
        }
        int status = Integer.parseInt(first.split(" ")[1]);
        var headers = new LinkedHashMap<String, String>();
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        var body = new StringBuilder();
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            body.append((char) c);
        }
        return new Answer(status, headers, body.toString());
    }
}

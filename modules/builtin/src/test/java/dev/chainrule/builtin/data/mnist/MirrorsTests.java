package dev.chainrule.builtin.data.mnist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MirrorsTests {
    private static final byte[] FILE = "the file".getBytes(StandardCharsets.UTF_8);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private final List<String> failures = new ArrayList<>();
    private HttpServer server;
    private String root;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        root = "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/";
        server.createContext("/good/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, FILE.length);
            exchange.getResponseBody().write(FILE);
            exchange.close();
        });
        server.createContext("/cut/", exchange -> {
            exchange.sendResponseHeaders(200, FILE.length);
            exchange.getResponseBody().write(FILE, 0, 3);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        server.createContext("/silent/", exchange -> {
            requests.incrementAndGet();
            await();
        });
        server.createContext("/stalled/", exchange -> {
            exchange.sendResponseHeaders(200, FILE.length);
            exchange.getResponseBody().write(FILE, 0, 3);
            exchange.getResponseBody().flush();
            await();
        });
        server.createContext("/endless/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[1 << 20];
            try {
                for (int i = 0; i < 40; i++) {
                    exchange.getResponseBody().write(chunk);
                }
            } catch (IOException e) {
                // The client hung up, as it should.
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void fetch_goodServer_givesTheFile() {
        assertArrayEquals(FILE, fetch(mirrors("good/")).orElseThrow());
        assertEquals(List.of(), failures);
    }

    @Test
    void fetch_missingThenGood_asksTheNextServer() {
        assertArrayEquals(FILE, fetch(mirrors("missing/", "good/")).orElseThrow());
        assertEquals(List.of(root + "missing/name: HTTP status 404"), failures);
    }

    @Test
    void fetch_contentThatFailsTheCheck_isRefused() {
        Optional<byte[]> file = mirrors("good/").fetch("name", bytes -> Optional.of("wrong"), failures);
        assertEquals(Optional.empty(), file);
        assertEquals(List.of(root + "good/name: wrong"), failures);
    }

    @Test
    void fetch_bodyCutOff_isRefused() {
        assertEquals(Optional.empty(), fetch(mirrors("cut/")));
        assertEquals(List.of(root + "cut/name: the transfer broke off after 3 bytes"), failures);
    }

    @Test
    void fetch_endlessBody_isRefused() {
        assertEquals(Optional.empty(), fetch(mirrors("endless/")));
        assertEquals(List.of(root + "endless/name: more than 33554432 bytes"), failures);
    }

    @Test
    void fetch_silentOrStalledServer_isGivenUp() {
        Mirrors impatient = new Mirrors(servers("silent/", "stalled/"), Duration.ofMillis(300));
        assertEquals(Optional.empty(), fetch(impatient));
        assertEquals(
                List.of(
                        root + "silent/name: nothing arrived for 300 ms",
                        root + "stalled/name: nothing arrived for 300 ms"),
                failures);
    }

    @Test
    void fetch_refusedConnection_isReported() {
        server.stop(0);
        assertEquals(Optional.empty(), fetch(mirrors("good/")));
        assertEquals(List.of(root + "good/name: no connection"), failures);
    }

    @Test
    void fetch_afterNoServerWasReachable_doesNotWaitAgain() {
        Mirrors impatient =
                new Mirrors(servers("silent/"), Duration.ofSeconds(2)); // in which a busy server counts the request
        fetch(impatient);
        failures.clear();
        assertEquals(Optional.empty(), fetch(impatient));
        assertEquals(List.of("no server was reachable in the last attempt"), failures);
        assertEquals(1, requests.get());
    }

    private Optional<byte[]> fetch(Mirrors mirrors) {
        return mirrors.fetch("name", bytes -> Optional.empty(), failures);
    }

    private Mirrors mirrors(String... folders) {
        return new Mirrors(servers(folders), Duration.ofSeconds(20));
    }

    private List<URI> servers(String... folders) {
        return List.of(folders).stream()
                .map(folder -> URI.create(root + folder))
                .toList();
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

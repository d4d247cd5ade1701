package dev.chainrule.builtin.data.mnist;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Servers of the same files: a file is downloaded from the first one that has it whole.
 *
 * <p>A server that sends nothing for as long as our patience is given up; a slow one that sends is not. If no server
 * could be reached, none is tried again: a run opens several sources, and without a network each would wait again.
 */
final class Mirrors {
    /** Public copies of MNIST, with time-outs by which a machine without network gives up within nine seconds. */
    static final Mirrors PUBLIC = new Mirrors(
            List.of(
                    URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
                    URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/")),
            Duration.ofSeconds(4));

    private static final int LARGEST = 1 << 25;
    private static final int OK = 200;
    private static final int MOST_WAITS = 150;

    private final List<URI> servers;
    private final Duration patience;
    private volatile boolean unreachable;

    /**
     * Create a downloader.
     *
     * @param servers folders, each ending with a slash, in the order in which they are tried
     * @param patience the longest time in which nothing arrives, before the connection and between any two parts
     */
    Mirrors(List<URI> servers, Duration patience) {
        this.servers = servers;
        this.patience = patience;
    }

    /** A check that returns the fault of a downloaded file, if there is one. */
    @FunctionalInterface
    interface Check {
        Optional<String> problem(byte[] file);
    }

    /**
     * Return a file that passes a check.
     *
     * @param failures the reasons, one text for each server. Modified.
     * @return empty if no server sent such a file
     */
    Optional<byte[]> fetch(String name, Check check, List<String> failures) {
        if (unreachable) {
            failures.add("no server was reachable in the last attempt");
            return Optional.empty();
        }
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(patience)
                .build();
        boolean answered = false;
        for (URI server : servers) {
            URI address = server.resolve(name);
            try {
                HttpResponse<byte[]> response = get(client, address);
                answered = true;
                Optional<String> problem = response.statusCode() == OK
                        ? check.problem(response.body())
                        : Optional.of("HTTP status " + response.statusCode());
                if (problem.isEmpty()) {
                    return Optional.of(response.body());
                }
                failures.add(address + ": " + problem.get());
            } catch (IOException e) {
                failures.add(address + ": " + describe(e));
            }
        }
        unreachable = !answered;
        return Optional.empty();
    }

    private HttpResponse<byte[]> get(HttpClient client, URI address) throws IOException {
        LimitedBody body = new LimitedBody(LARGEST);
        HttpRequest request = HttpRequest.newBuilder(address).build();
        CompletableFuture<HttpResponse<byte[]>> response = client.sendAsync(request, info -> body);
        // HttpRequest.timeout ends with the headers: a stalled body would hang forever.
        int before = 0;
        for (int waits = 0; waits < MOST_WAITS; waits++) {
            try {
                return response.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                int received = body.received();
                if (received == before) {
                    response.cancel(true);
                    throw new IOException("nothing arrived for " + patience.toMillis() + " ms", e);
                }
                before = received;
            } catch (InterruptedException e) {
                response.cancel(true);
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } catch (ExecutionException e) {
                throw failed(e.getCause(), body.received());
            }
        }
        response.cancel(true);
        throw new IOException("too slow: " + body.received() + " bytes in " + patience.toMillis() * MOST_WAITS + " ms");
    }

    /**
     * Return the failure of an interrupted transfer in our words, since the client's differ from one JDK to the next.
     */
    private static IOException failed(Throwable cause, int received) {
        if (received > 0 && received <= LARGEST) {
            return new IOException("the transfer broke off after " + received + " bytes", cause);
        }
        return cause instanceof IOException io ? io : new IOException("the transfer failed", cause);
    }

    private static String describe(IOException e) {
        if (e instanceof HttpConnectTimeoutException) {
            return "no connection in time";
        }
        if (e instanceof ConnectException) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof UnresolvedAddressException) {
                    return "unknown host";
                }
            }
            return "no connection";
        }
        return e.getMessage();
    }
}

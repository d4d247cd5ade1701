package dev.chainrule.app.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Name a Java installation.
 *
 * @param home its folder, without symbolic links
 * @param version the one in its release file: {@code 17.0.15}
 */
public record Jdk(Path home, String version) {
    private static final int BASELINE = 17;

    /** Return the one that runs this test. */
    public static Jdk running() throws IOException {
        return new Jdk(Path.of(System.getProperty("java.home")).toRealPath(), System.getProperty("java.version"));
    }

    /**
     * Return the others that can run the program: beside the running one, and those that the environment variable JAVA_HOMES
     * names, separated as paths are.
     */
    public static List<Jdk> others() throws IOException {
        Set<Path> homes = new LinkedHashSet<>();
        try (Stream<Path> beside = Files.list(running().home().getParent())) {
            for (Path home : beside.sorted().toList()) {
                homes.add(home.toRealPath());
            }
        }
        String named = Optional.ofNullable(System.getenv("JAVA_HOMES")).orElse("");
        for (String home : named.split(File.pathSeparator)) {
            if (!home.isBlank()) {
                homes.add(Path.of(home).toRealPath());
            }
        }
        homes.remove(running().home());
        return homes.stream().map(Jdk::at).flatMap(Optional::stream).toList();
    }

    /** Return the running one, and one of each other version that can run the program. */
    public static List<Jdk> ofEachVersion() throws IOException {
        Map<Integer, Jdk> versions = new TreeMap<>();
        versions.put(running().feature(), running());
        others().forEach(jdk -> versions.putIfAbsent(jdk.feature(), jdk));
        return List.copyOf(versions.values());
    }

    /** Return how many versions the environment variable CHAINRULE_REQUIRE_JDKS asks for; 1 where it is not set. */
    public static int required() {
        return Integer.parseInt(Optional.ofNullable(System.getenv("CHAINRULE_REQUIRE_JDKS"))
                .orElse("1")
                .strip());
    }

    /** Return the version's first number: 17. */
    public int feature() {
        return Integer.parseInt(version.split("\\.")[0]);
    }

    /** Return the installation in a folder, if there is one that can run the program. */
    public static Optional<Jdk> at(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(release)) {
            properties.load(in);
        } catch (IOException e) {
            return Optional.empty();
        }
        String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
        return version.matches("[0-9]+(\\..*)?") && Integer.parseInt(version.split("\\.")[0]) >= BASELINE
                ? Optional.of(new Jdk(home, version))
                : Optional.empty();
    }
}

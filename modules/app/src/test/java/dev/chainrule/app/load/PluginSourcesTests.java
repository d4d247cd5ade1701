package dev.chainrule.app.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.chainrule.app.shell.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginSourcesTests {
    @TempDir
    private Path folder;

    /** What only its content tells from the jar before is taken for it, which shows that the content is not read again. */
    @Test
    void users_sameJarAgain_isHashedOnceUnlessItIsWrittenAnew() throws IOException {
        Path jar = folder.resolve("one.jar");
        FileTime then = FileTime.fromMillis(1_000_000);
        write(jar, "one", then);
        PluginSources sources = sources(jar);
        String hash = hash(sources);
        assertEquals(64, hash.length());
        write(jar, "two", then);
        assertEquals(hash, hash(sources));
        assertEquals(hash, hash(sources.orRecorded(List.of())));
        assertNotEquals(hash, hash(sources(jar)), "another command hashes it again");
        write(jar, "two", FileTime.fromMillis(2_000_000));
        assertNotEquals(hash, hash(sources));
        assertEquals(hash(sources(jar)), hash(sources));
    }

    private static String hash(PluginSources sources) {
        return sources.users().get(0).hash();
    }

    private static PluginSources sources(Path jar) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return PluginSources.of(
                List.of(jar), false, List.of(), new Context(nowhere, nowhere, Map.of(), Clock.systemUTC()));
    }

    private static void write(Path jar, String content, FileTime time) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("content"));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        Files.write(jar, bytes.toByteArray());
        Files.setLastModifiedTime(jar, time);
    }
}

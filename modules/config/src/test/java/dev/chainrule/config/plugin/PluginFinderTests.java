package dev.chainrule.config.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.error.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginFinderTests {
    @TempDir
    private Path folder;

    @BeforeEach
    void writePlugins() throws IOException {
        plugin("plugins/b.jar");
        plugin("plugins/a.jar");
        plugin("plugins/c/c.jar");
        library("plugins/c/another.jar");
        library("plugins/c/z.jar");
        plugin("plugins/project/target/project.jar");
        plugin("plugins/project/left-behind.jar");
        Files.writeString(at("plugins/project/pom.xml"), "<project/>");
        plugin("plugins/.cache/hidden.jar");
        Files.createDirectories(at("plugins/sources"));
        Files.writeString(at("plugins/readme.txt"), "hello");
    }

    @Test
    void find_usualFolder_givesJarsAndFoldersSortedAndPassesOverProjects() {
        Collection<PluginFiles> found = PluginFinder.find(at("plugins"), List.of());
        assertEquals(
                List.of(at("plugins/a.jar"), at("plugins/b.jar"), at("plugins/c/c.jar")),
                found.stream().map(PluginFiles::jar).toList());
        assertEquals(
                List.of(at("plugins/c/another.jar"), at("plugins/c/z.jar")),
                List.copyOf(found).get(2).libraries());
    }

    @Test
    void find_noUsualFolder_givesNothing() {
        assertEquals(
                0, PluginFinder.find(folder.resolve("elsewhere"), List.of()).size());
    }

    @Test
    void find_sameJarByOtherNames_isOnce() throws IOException {
        Path link = Files.createSymbolicLink(at("link.jar"), at("plugins/a.jar"));
        Collection<PluginFiles> found = PluginFinder.find(
                at("plugins"), List.of(at("plugins/../plugins/a.jar"), link, at("plugins"), at("plugins/c")));
        assertEquals(3, found.size());
    }

    @Test
    void at_folderWithOnePluginAndLibraries_isOnePlugin() {
        assertEquals(
                List.of(new PluginFiles(
                        at("plugins/c/c.jar"), List.of(at("plugins/c/another.jar"), at("plugins/c/z.jar")))),
                PluginFinder.at(at("plugins/c")));
    }

    @Test
    void at_folderOfPlugins_givesAll() {
        assertEquals(3, PluginFinder.at(at("plugins")).size());
    }

    @Test
    void at_jar_isThatOne() {
        assertEquals(List.of(PluginFiles.of(at("plugins/a.jar"))), PluginFinder.at(at("plugins/./a.jar")));
    }

    @Test
    void at_whatIsNoPlugin_saysWhy() throws IOException {
        assertRefused("plugin '" + at("gone") + "' does not exist", "gone");
        assertRefused("the folder '" + at("plugins/project") + "' is a project, not a plugin", "plugins/project");
        assertRefused("there is no plugin in the folder '" + at("plugins/sources") + "'", "plugins/sources");
    }

    @Test
    void find_folderWithTwoPlugins_isRefused() throws IOException {
        plugin("plugins/c/d.jar");
        assertRefused(
                "the folder '" + at("plugins/c") + "' is not a plugin: several of its jars contain one, c.jar, d.jar",
                "plugins");
    }

    @Test
    void find_folderOfLibrariesAlone_isRefused() throws IOException {
        Files.delete(at("plugins/c/c.jar"));
        assertRefused(
                "the folder '" + at("plugins/c") + "' is not a plugin: none of its jars contains the file "
                        + TestJar.SERVICES,
                "plugins");
    }

    private void assertRefused(String message, String name) {
        InputException e = assertThrows(InputException.class, () -> PluginFinder.at(at(name)));
        assertEquals(message, e.getMessage());
        assertEquals(1, e.notes().size());
    }

    private Path at(String name) {
        return folder.resolve(name);
    }

    private void plugin(String name) throws IOException {
        Files.createDirectories(at(name).getParent());
        new TestJar()
                .file(TestJar.SERVICES, "mine.Mine\n")
                .write(at(name).getParent(), at(name).getFileName().toString());
        deleteClasses(name);
    }

    private void library(String name) throws IOException {
        Files.createDirectories(at(name).getParent());
        new TestJar().write(at(name).getParent(), at(name).getFileName().toString());
        deleteClasses(name);
    }

    /** The empty folder in which {@link TestJar} compiles. */
    private void deleteClasses(String name) throws IOException {
        try (var folders = Files.newDirectoryStream(at(name).getParent(), "classes*")) {
            for (Path classes : folders) {
                Files.delete(classes);
            }
        }
    }
}

package com.nexasystems.billing.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The table of floors in docs/ARCHITECTURE.md, made from the code. */
final class ArchitectureDocument {

    private static final String BEGIN = "<!-- floors: begin, written by ArchitectureDocumentTest -->\n";
    private static final String END = "<!-- floors: end -->\n";
    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final Path SOURCES = MODULE.resolve("src/main/java/com/nexasystems/billing");

    private final Path file = MODULE.resolveSibling("docs").resolve("ARCHITECTURE.md");
    private final SortedMap<String, SortedSet<String>> uses;

    ArchitectureDocument(SortedMap<String, SortedSet<String>> uses) {
        this.uses = uses;
    }

    String table() throws IOException {
        var rows = new StringBuilder("| floor | package | what it is | uses |\n|---|---|---|---|\n");
        for (int floor = Architecture.FLOORS.size() - 1; floor >= 0; floor--) {
            for (String name : new TreeSet<>(Architecture.FLOORS.get(floor))) {
                rows.append("| %d | `%s` | %s | %s |%n".formatted(floor, name, firstSentence(name), used(name)));
            }
        }
        return rows.toString().replace(System.lineSeparator(), "\n");
    }

    private String used(String name) {
        List<String> lowestFirst = IntStream.range(0, Architecture.FLOORS.size()).boxed()
                .flatMap(floor -> uses.get(name).stream().filter(Architecture.FLOORS.get(floor)::contains)).toList();
        return lowestFirst.isEmpty() ? "nothing" : lowestFirst.stream().collect(Collectors.joining(", "));
    }

    private static String firstSentence(String name) throws IOException {
        String source = Files.readString(SOURCES.resolve(name).resolve("package-info.java"));
        String text = source.substring(source.indexOf("/**") + 3, source.indexOf("*/"))
                .replaceAll("\\s*\\n\\s*\\*?", " ").strip();
        return text.split("(?<=\\.)\\s|<p>", 2)[0].strip();
    }

    String tableInFile() throws IOException {
        String text = Files.readString(file);
        return text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.indexOf(END));
    }

    void rewrite() throws IOException {
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.indexOf(BEGIN) + BEGIN.length()) + table()
                + text.substring(text.indexOf(END)));
    }
}

package dev.chainrule.app.testing;

import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunSeal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Change the record of a run and seal it again, as the program would have written it. */
public final class Resealed {
    private Resealed() {}

    /** Make a finished run look as if it had been killed before it could say how it ended. */
    public static void killed(Shell shell, String run) {
        change(shell, run, record -> {
            record.put("state", "running");
            record.put("exit", null);
            record.put("ended", null);
            record.remove("result");
        });
    }

    /** Seal a run's files as they are now. */
    public static void again(Shell shell, String run) {
        change(shell, run, record -> {});
    }

    /** Change facts. */
    public static void change(Shell shell, String run, Consumer<Map<String, Object>> change) {
        Map<String, Object> record = new LinkedHashMap<>();
        shell.json(run + "/run.json").forEach((name, value) -> record.put((String) name, value));
        change.accept(record);
        boolean ended = !List.of("running", "unfinished").contains(record.get("state"));
        shell.file(run + "/run.json", RunSeal.sealed(new RunDirectory(shell.at(run)), record, ended));
    }
}

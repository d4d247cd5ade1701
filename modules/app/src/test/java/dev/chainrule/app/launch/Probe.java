package dev.chainrule.app.launch;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Be a program that the launcher starts again, and report its environment. */
public final class Probe {
    private Probe() {}

    public static void main(String[] given) throws Exception {
        String[] args = Child.arrive(given);
        if (System.getProperty("probe.home") != null) {
            System.setProperty("java.home", System.getProperty("probe.home"));
        }
        Launcher.Outcome outcome = Launcher.launch(Probe.class, args);
        if (outcome.code().isPresent()) {
            Runtime.getRuntime().halt(outcome.code().getAsInt());
        }
        PrintStream err = Child.messages();
        switch (args[0]) {
            case "facts" -> facts();
            case "arguments" -> arguments(args);
            case "exit" -> System.exit(Child.handOver(Integer.parseInt(args[1])));
            case "end" -> System.exit(0);
            case "echo" -> System.in.transferTo(System.out);
            case "bytes" -> bytes(err);
            case "half" -> half(err);
            case "turns" -> turns(err);
            case "sleep" -> sleep(err);
            case "stubborn" -> stubborn(err);
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.exit(Child.handOver(0));
    }

    private static void facts() {
        System.out.println("pid=" + ProcessHandle.current().pid());
        System.out.println("child=" + Child.isHere());
        System.out.println("vector="
                + ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
        System.out.println("terminal=" + (System.console() != null));
        System.out.println("memory=" + Runtime.getRuntime().maxMemory());
        System.out.println("collector="
                + ManagementFactory.getGarbageCollectorMXBeans().get(0).getName());
        System.out.println("archive="
                + ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .anyMatch(option -> option.startsWith("-XX:SharedArchiveFile")));
        System.out.println("assertions=" + Probe.class.desiredAssertionStatus());
        System.out.println("sql=" + ModuleLayer.boot().findModule("java.sql").isPresent());
        System.out.println("x=" + System.getProperty("x"));
        System.out.println("y=" + System.getProperty("y"));
    }

    /** As numbers, so that no encoding of the output plays a part. */
    private static void arguments(String[] args) {
        Arrays.stream(args)
                .skip(1)
                .forEach(arg -> System.out.println(Arrays.toString(arg.chars().toArray())));
    }

    private static void bytes(PrintStream err) {
        err.write('\0');
        err.write(0xff);
        err.println("WARNING: Using incubator modules: jdk.incubator.vector");
        err.print("no newline");
        err.flush();
    }

    private static void half(PrintStream err) throws IOException {
        err.print("half a line");
        err.flush();
        System.in.read();
        err.println(", and the rest");
    }

    private static void turns(PrintStream err) {
        for (int i = 0; i < 100; i++) {
            System.out.println("out " + i);
            err.println("err " + i);
            System.err.println("system " + i);
        }
    }

    /** End at a second request alone, and say so; of the first say that it stayed alone for a second. */
    private static void stubborn(PrintStream err) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            SecondRequest second = SecondRequest.await();
            try {
                for (boolean alone = false; !second.hasCome(); Thread.sleep(50)) {
                    if (!alone && second.waited() >= 1000) {
                        alone = true;
                        err.print("one ");
                        err.flush();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            err.print("two");
            err.flush();
        }));
        System.out.println("pid=" + ProcessHandle.current().pid() + ".");
        Thread.sleep(600_000);
    }

    private static void sleep(PrintStream err) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                Thread.sleep(300);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            err.write("saved".getBytes(StandardCharsets.UTF_8), 0, 5);
            err.flush();
        }));
        System.out.println("pid=" + ProcessHandle.current().pid() + ".");
        Thread.sleep(600_000);
    }
}

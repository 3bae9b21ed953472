package dev.triggers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which of the JVM's flags {@code release/start} takes for what memory and what part of
 * the processor, on a machine made of files; in place of the JVM something tells them.
 */
class StartScriptTests {

    private static final String CACHE = "-XX:ReservedCodeCacheSize=";

    @TempDir
    private Path machine;

    @BeforeEach
    void prepare() throws IOException {
        String script = Files.readString(Path.of("release", "start"));
        write("app/start", script.replace("/proc/", this.machine + "/proc/").replace("/sys/", this.machine + "/sys/"));
        write("app/runtime/bin/java", "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertThat(this.machine.resolve("app/runtime/bin/java").toFile().setExecutable(true)).isTrue();
        memoryOfTheMachine(64_000);
    }

    private void memoryOfTheMachine(int megabytes) throws IOException {
        write("proc/meminfo", "MemTotal:       " + megabytes * 1024 + " kB\nMemFree:        1024 kB\n");
    }

    private void write(String file, String text) throws IOException {
        Path path = this.machine.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private List<String> flags(Map<String, String> environment) throws IOException, InterruptedException {
        return run(environment, 0).lines().toList();
    }

    private List<String> flags() throws IOException, InterruptedException {
        return flags(Map.of());
    }

    private String run(Map<String, String> environment, int expectedExit) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-eu", this.machine.resolve("app/start").toString())
            .redirectErrorStream(true);
        builder.environment().remove("MEMORY_MB");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(expectedExit);
        return output;
    }

    @ParameterizedTest
    @CsvSource({ "200, 80, 32, 1", "384, 80, 32, 1", "385, 176, 64, 2", "768, 176, 64, 2", "769, 448, 64, 4",
            "64000, 448, 64, 4" })
    void sizeFollowsFromTheMachine(int megabytes, int heap, int code, int scale) throws Exception {
        memoryOfTheMachine(megabytes);
        assertThat(flags()).contains("-Xmx" + heap + "m", CACHE + code + "m", "-Dtriggers.memory.scale=" + scale);
    }

    @Test
    void secondCompilerIsForMoreThanTheSmallestSize() throws Exception {
        memoryOfTheMachine(256);
        assertThat(flags()).contains("-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=0.4");
        memoryOfTheMachine(512);
        assertThat(flags()).doesNotContain("-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=0.4");
    }

    /**
     * A JVM whose cache says what the first compiler made of a method seldom has the
     * second one compile it: in 512 MB an event then costs twice as much.
     */
    @Test
    void trainingKeepsNothingOfWhatTheFirstCompilerDid() throws Exception {
        assertThat(flags(Map.of("TRAINING", "true"))).contains("-XX:-AOTRecordTraining");
        assertThat(flags()).contains("-XX:AOTMode=off").doesNotContain("-XX:-AOTReplayTraining");
        write("app/triggers-api.aot", "");
        assertThat(flags()).contains("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTReplayTraining");
    }

    @Test
    void memoryOfItsGroupCountsInVersion2() throws Exception {
        write("proc/self/cgroup", "0::/system.slice/triggers.service\n");
        write("sys/fs/cgroup/system.slice/memory.max", "max\n");
        write("sys/fs/cgroup/system.slice/triggers.service/memory.max", "268435456\n");
        assertThat(flags()).contains("-Xmx80m");
    }

    @Test
    void groupAboveMayAllowLess() throws Exception {
        write("proc/self/cgroup", "0::/kubepods/pod1/container2\n");
        write("sys/fs/cgroup/kubepods/memory.max", "68719476736\n");
        write("sys/fs/cgroup/kubepods/pod1/memory.max", "536870912\n");
        write("sys/fs/cgroup/kubepods/pod1/container2/memory.max", "max\n");
        assertThat(flags()).contains("-Xmx176m");
    }

    @Test
    void groupIsFoundAtTheRootOfAContainer() throws Exception {
        write("proc/self/cgroup", "0::/\n");
        write("sys/fs/cgroup/memory.max", "536870912\n");
        assertThat(flags()).contains("-Xmx176m");
    }

    @Test
    void memoryOfItsGroupCountsInVersion1() throws Exception {
        write("proc/self/cgroup", "8:pids:/docker/1f\n4:memory:/docker/1f\n1:cpu,cpuacct:/docker/1f\n0::/\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "536870912\n");
        write("sys/fs/cgroup/memory/docker/1f/memory.limit_in_bytes", "9223372036854771712\n");
        assertThat(flags()).contains("-Xmx176m");
    }

    @ParameterizedTest
    @CsvSource({ "50000 100000, true", "99999 100000, true", "100000 100000, false", "200000 100000, false",
            "max 100000, false" })
    void aPartOfACoreHasOneCompilerInVersion2(String quota, boolean one) throws Exception {
        write("proc/self/cgroup", "0::/triggers\n");
        write("sys/fs/cgroup/triggers/cpu.max", quota + "\n");
        assertThat(flags().contains("-XX:TieredStopAtLevel=1")).isEqualTo(one);
    }

    @ParameterizedTest
    @CsvSource({ "50000, true", "100000, false", "-1, false" })
    void aPartOfACoreHasOneCompilerInVersion1(String quota, boolean one) throws Exception {
        write("proc/self/cgroup", "2:cpu,cpuacct:/triggers\n");
        write("sys/fs/cgroup/cpu/triggers/cpu.cfs_quota_us", quota + "\n");
        write("sys/fs/cgroup/cpu/triggers/cpu.cfs_period_us", "100000\n");
        assertThat(flags().contains("-XX:TieredStopAtLevel=1")).isEqualTo(one);
    }

    @Test
    void operatorHasTheLastWord() throws Exception {
        memoryOfTheMachine(256);
        assertThat(flags(Map.of("MEMORY_MB", "1024"))).contains("-Xmx448m");
        memoryOfTheMachine(1024);
        assertThat(flags(Map.of("MEMORY_MB", "256"))).contains("-Xmx80m");
        assertThat(flags(Map.of("MEMORY_MB", ""))).contains("-Xmx448m");
        assertThat(run(Map.of("MEMORY_MB", "1g"), 1).lines())
            .containsExactly("The service did not start: MEMORY_MB must be a number of megabytes");
    }

    @Test
    void startsWhereNothingTellsHowMuchThereIs() throws Exception {
        Files.delete(this.machine.resolve("proc/meminfo"));
        assertThat(flags()).contains("-Xmx80m");
    }

}

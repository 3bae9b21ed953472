"""What the machine is, and what processes use of it."""

import os
import platform
import signal
import subprocess
import threading
import time
from pathlib import Path

from .shell import run

_TICKS = os.sysconf("SC_CLK_TCK")


def conditions(root):
    own = sorted(os.sched_getaffinity(0))
    model = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), platform.machine())
    memory = next(int(line.split()[1]) for line in Path("/proc/meminfo").read_text().splitlines()
                  if line.startswith("MemTotal"))
    return {
        "date": time.strftime("%Y-%m-%d %H:%M:%S %z"),
        "commit": commit(root),
        "cores": os.cpu_count(),
        "processor": model,
        "memory_gb": round(memory / 1024 / 1024, 1),
        "system": f"{platform.system()} {platform.release()}",
        "wake_up_microseconds": {"same core": wake_up_microseconds(own[:1]), "another": wake_up_microseconds(own)},
        "load_average_before": [round(value, 2) for value in os.getloadavg()],
    }


def wake_up_microseconds(cores):
    """What waking a process costs here, on the same core and on another: a message's way through a pipe and back."""
    there, back = os.pipe(), os.pipe()
    rounds = 5_000
    child = os.fork()
    if child == 0:
        os.sched_setaffinity(0, {cores[-1]})
        for _ in range(rounds):
            os.write(back[1], os.read(there[0], 1))
        os._exit(0)
    before = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {cores[0]})
        began = time.perf_counter()
        for _ in range(rounds):
            os.write(there[1], b"x")
            os.read(back[0], 1)
        return round((time.perf_counter() - began) / rounds * 1e6, 1)
    finally:
        os.sched_setaffinity(0, before)
        os.waitpid(child, 0)
        for end in (*there, *back):
            os.close(end)


def commit(root):
    try:
        changed = run("git", "status", "--porcelain", "--", "src", "pom.xml", "release", cwd=root).strip()
        return run("git", "rev-parse", "--short=12", "HEAD", cwd=root).strip() + ("+changes" if changed else "")
    except (RuntimeError, FileNotFoundError):
        return "unknown"


def _stat(pid):
    # The name may hold anything, also blanks and parentheses.
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def cpu_seconds(pid, children=False):
    """CPU time of a process; with its children, those that have ended included."""
    fields = _stat(pid)
    ticks = int(fields[11]) + int(fields[12])
    if children:
        ticks += int(fields[13]) + int(fields[14])
        for child in children_of(pid):
            try:
                fields = _stat(child)
                ticks += int(fields[11]) + int(fields[12])
            except OSError:
                pass  # ended meanwhile
    return ticks / _TICKS


def children_of(pid):
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                if _stat(entry)[1] == str(pid):
                    yield int(entry)
            except OSError:
                pass


def machine_cpu_seconds():
    """Busy CPU time of the whole machine, to tell our own from other people's."""
    values = list(map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:9]))
    return (sum(values) - values[3] - values[4]) / _TICKS


def rss_mb(pid, field="VmRSS"):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) / 1024
    return 0.0


class Watch:
    """CPU and memory of the service, PostgreSQL and the client between entry and exit."""

    def __init__(self, bench, service):
        self.pids = {"service": (service.process.pid, False), "postgresql": (bench.postgres.pid(), True),
                     "client": (bench.client.process.pid, False)}
        self.service_pid = service.process.pid
        self.timeline = []
        self._over = threading.Event()

    def __enter__(self):
        self.began = time.monotonic()
        self.machine = machine_cpu_seconds()
        self.before = {name: cpu_seconds(*pid) for name, pid in self.pids.items()}
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()
        return self

    def _sample(self):
        while not self._over.wait(1):
            try:
                self.timeline.append(round(rss_mb(self.service_pid), 1))
            except OSError:
                return

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()
        seconds = time.monotonic() - self.began
        used = {name: cpu_seconds(*pid) - self.before[name] for name, pid in self.pids.items()}
        others = machine_cpu_seconds() - self.machine - sum(used.values())
        self.result = {
            "seconds": round(seconds, 1),
            "cpu_percent_of_one_core": {name: round(100 * value / seconds, 1) for name, value in used.items()},
            "rss_mb": round(rss_mb(self.service_pid), 1),
            "rss_mb_highest": round(max([*self.timeline, rss_mb(self.service_pid)]), 1),
            "rss_timeline": self.timeline,
        }
        self.result["cpu_percent_of_one_core"]["everything else"] = round(100 * max(0, others) / seconds, 1)
        self.used = used

    def per(self, events):
        """The result, with the CPU time that each event took: of all times the one that a busy machine changes least."""
        each = {name: round(value * 1e6 / events, 1) for name, value in self.used.items()} if events else {}
        return self.result | {"cpu_microseconds_per_event": each}


class Counts:
    """What the service asked of the system between entry and exit, by perf: it hardly depends on the machine. Empty where there
    is no perf, or it may not count."""

    EVENTS = {"raw_syscalls:sys_enter": "system calls", "syscalls:sys_enter_futex": "futex calls", "context-switches": "context switches"}

    def __init__(self, service):
        self._pid = service.process.pid
        self._found = {}

    def __enter__(self):
        try:
            self._perf = subprocess.Popen(["perf", "stat", "-x", ",", "-e", ",".join(self.EVENTS), "-p", str(self._pid)],
                                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            time.sleep(0.5)  # until it counts
        except FileNotFoundError:
            self._perf = None
        return self

    def __exit__(self, *_):
        if self._perf:
            self._perf.send_signal(signal.SIGINT)
            for line in self._perf.communicate()[1].splitlines():
                fields = line.split(",")
                if len(fields) > 2 and fields[0].isdigit() and fields[2] in self.EVENTS:
                    self._found[self.EVENTS[fields[2]]] = int(fields[0])

    def per(self, events):
        return {name: round(count / events, 2) for name, count in self._found.items()} if events else {}

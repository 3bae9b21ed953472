"""How long the command line takes to say its version; that it is static. Times are printed, not judged."""

import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

arch = {"x86_64": "amd64", "aarch64": "arm64", "AMD64": "amd64"}.get(platform.machine(), platform.machine())
program = Path(sys.argv[1]) / f"triggers-{platform.system().lower()}-{arch}"
times = []
for _ in range(21):
    began = time.perf_counter()
    subprocess.run([program, "--version"], check=True, stdout=subprocess.DEVNULL)
    times.append((time.perf_counter() - began) * 1000)
print(f"--version: p50 {statistics.median(times):.1f} ms, at the most {max(times):.1f} ms; {program.stat().st_size / 1048576:.1f} MB")
if platform.system() == "Linux":
    # The name of a dynamic linker is in every program that needs one.
    sys.exit("not static" if b"/ld-linux" in program.read_bytes() else 0)

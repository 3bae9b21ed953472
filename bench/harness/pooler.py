"""PgBouncer in transaction mode, with its default settings, before a PostgreSQL."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from .shell import free_port, stop


class Pooler:

    def __init__(self, postgres):
        program = os.environ.get("PGBOUNCER") or shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
        if not program:
            raise RuntimeError("needs PgBouncer: apt-get install pgbouncer")
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="triggers-bench-pooler-"))
        (self.folder / "users").write_text('"triggers" ""\n')
        (self.folder / "pgbouncer.ini").write_text(f"""[databases]
* = host=127.0.0.1 port={postgres.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {self.port}
unix_socket_dir =
auth_type = trust
auth_file = {self.folder / "users"}
pool_mode = transaction
""")
        self.folder.chmod(0o755)
        # It refuses to run as root.
        user = ["-u", "postgres"] if os.getuid() == 0 else []
        with (self.folder / "log").open("w") as log:
            self.process = subprocess.Popen([program, *user, str(self.folder / "pgbouncer.ini")], stdout=log, stderr=log)
        while not self._answers():
            if self.process.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text())
            time.sleep(0.05)

    def _answers(self):
        try:
            socket.create_connection(("127.0.0.1", self.port)).close()
            return True
        except OSError:
            return False

    def url(self, database):
        return f"postgres://triggers@127.0.0.1:{self.port}/{database}"

    def close(self):
        stop(self.process, 5)
        shutil.rmtree(self.folder, ignore_errors=True)

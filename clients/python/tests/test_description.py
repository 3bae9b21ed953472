"""What is made from the OpenAPI description is what it says."""

import sys

from conformance import CLIENTS


def test_generated_files_do_not_drift():
    sys.path.insert(0, str(CLIENTS))
    from generator.main import files

    for path, text in files().items():
        if "python" in path.relative_to(CLIENTS).parts[0]:
            assert path.read_text(encoding="utf-8") == text, f"{path.name}: run clients/generate"

"""Which files are made from the description."""

from pathlib import Path

from . import go, java, python, typescript
from .model import Model

CLIENTS = Path(__file__).resolve().parents[1]


def files():
    model = Model.read(CLIENTS)
    return {CLIENTS / name: text for module in (go, java, python, typescript) for name, text in module.files(model).items()}


def main(arguments):
    drifted = 0
    for path, text in files().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            drifted += 1
            if "--check" in arguments:
                print(f"{path.relative_to(CLIENTS)} is not what the OpenAPI description says: run clients/generate")
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    return 1 if drifted and "--check" in arguments else 0

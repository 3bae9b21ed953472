"""Results as JSON, as a table, and as a picture."""

import json
import time


def write(results, conditions, sections):
    result = {"conditions": conditions, "sections": {section.name: section.data | {
        "checks": section.checks, "failure": section.failure} for section in sections}}
    file = results / time.strftime("%Y%m%d-%H%M%S.json")
    file.write_text(json.dumps(result, indent=1))
    print(file)
    failed = [section.name for section in sections if section.failure or not all(c["holds"] for c in section.checks)]
    return 1 if failed else 0

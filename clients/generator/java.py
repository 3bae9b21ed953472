"""Java: records for answers, immutable fluent types for requests, and the operations of both clients."""

import json
import re

from .go import requests
from .model import kinds, pascal

HEAD = "// Made from the OpenAPI description by clients/generate: change neither by hand.\n"
ROOT = "java/client/src/main/java/dev/triggers/client/"
WORDS = {"abstract", "assert", "boolean", "break", "byte", "case", "catch", "char", "class", "const", "continue", "default", "do", "double",
         "else", "enum", "extends", "final", "finally", "float", "for", "goto", "if", "implements", "import", "instanceof", "int", "interface",
         "long", "native", "new", "package", "private", "protected", "public", "return", "short", "static", "super", "switch",
         "synchronized", "this", "throw", "throws", "transient", "try", "void", "volatile", "while", "true", "false", "null",
         # What every object has already.
         "wait", "notify", "clone", "finalize", "toString", "hashCode", "getClass", "notifyAll", "asMap", "of", "from"}


def files(model):
    sent = requests(model)
    made = {ROOT + f"model/{name}.java": (request if name in sent else record)(name, schema.get("properties", {}), set(schema.get("required", [])), schema)
            for name, schema in model.schemas.items()}
    for operation in model.operations:
        if operation.query and not operation.events:
            name = pascal(operation.id) + "Query"
            made[ROOT + f"model/{name}.java"] = request(name, {p["name"]: p.get("schema", {}) for p in operation.query},
                                                        {p["name"] for p in operation.query if p.get("required")},
                                                        {"description": f"The parameters of {operation.id}."})
    made[ROOT + "Operations.java"] = operations(model, False)
    made[ROOT + "AsyncOperations.java"] = operations(model, True)
    made[ROOT + "OperationTable.java"] = table(model)
    return made


def named(text):
    made = re.sub(r"[_\W]+(\w)", lambda match: match.group(1).upper(), text)
    return made + "_" if made in WORDS else made


def of(schema):
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    types, _ = kinds(schema)
    if len(types) != 1:
        return "Object"
    if types[0] == "array":
        return f"List<{of(schema.get('items', {}))}>"
    if types[0] == "object":
        inner = schema.get("additionalProperties")
        return f"Map<String, {of(inner) if isinstance(inner, dict) else 'Object'}>"
    if types[0] == "string":
        return "Instant" if schema.get("format") == "date-time" else "String"
    return {"integer": "Long", "number": "Double", "boolean": "Boolean"}[types[0]]


PRIMITIVE = {"Long": "long", "Double": "double", "Boolean": "boolean"}


def imports(text):
    known = {"Instant": "java.time.Instant", "List": "java.util.List", "Map": "java.util.Map"}
    used = [full for short, full in known.items() if re.search(rf"\b{short}\b", text)]
    return "".join(f"import {full};\n" for full in sorted(used))


def head(package, body):
    found = imports(body)
    return f"{HEAD}\npackage {package};\n\n{found}{chr(10) if found else ''}{body}"


def doc(schema, fallback):
    text = schema.get("description") or fallback
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("*/", "* /").replace("@", "&#64;").replace("\n", " ")
    return f"/** {text} */\n"


def record(name, members, required, schema):
    components, reads = [], []
    for member, kind in members.items():
        java = of(kind)
        optional = member not in required or kinds(kind)[1]
        components.append(f"{java if optional else PRIMITIVE.get(java, java)} {named(member)}")
        reads.append(read(java, optional, member))
    body = doc(schema, "Of the OpenAPI description; what may be absent is null.")
    body += f"public record {name}({', '.join(components)}) {{\n\n"
    body += f"    /** From JSON members, those that are not known passed over. */\n    public static {name} from(Map<String, Object> members) {{\n"
    body += f"        return new {name}({(',' + chr(10) + '            ').join(reads)});\n    }}\n\n}}\n"
    return head("dev.triggers.client.model", body)


def read(java, optional, member):
    key = json.dumps(member)
    if java == "Object":
        return f"members.get({key})"
    if java in ("String", "Instant"):
        return f"Members.{java.lower()}(members, {key})"
    if java in PRIMITIVE:
        suffix = "OrNull" if optional else "_"
        return f"Members.{PRIMITIVE[java]}{suffix}(members, {key})"
    inner = re.fullmatch(r"(List|Map<String), ?(.+)>|List<(.+)>", java)
    if inner:
        element = inner.group(2) or inner.group(3)
        kind = "map" if java.startswith("Map") else "list"
        return f"Members.{kind}(members, {key}, {convert(element)})"
    return f"Members.object(members, {key}, {java}::from)"


def convert(element):
    if element == "Object":
        return "value -> value"
    if element in ("String", "Instant", "Long", "Double", "Boolean"):
        return f"Members::to{element}"
    if element.startswith(("List", "Map")):
        return f"value -> ({element}) value"
    return f"value -> {element}.from(Members.toObject(value))"


def request(name, members, required, schema):
    body = doc(schema, "Of the OpenAPI description.")
    body += f"public final class {name} extends Fields {{\n\n    private {name}(Map<String, Object> members) {{\n        super(members);\n    }}\n\n"
    needed = [member for member in members if member in required]
    parameters = ", ".join(f"{PRIMITIVE.get(of(members[m]), of(members[m]))} {named(m)}" for m in needed)
    chain = "".join(f".{named(m)}({named(m)})" for m in needed)
    body += f"    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */\n"
    body += f"    public static {name} of({parameters}) {{\n        return new {name}(Map.of()){chain};\n    }}\n"
    for member, kind in members.items():
        # So that 100 will do for 100L, and null too.
        java = {"Long": "Number", "Double": "Number"}.get(of(kind), of(kind))
        body += f"\n    public {name} {named(member)}({java} {named(member)}) {{\n        return new {name}(with({json.dumps(member)}, {named(member)}));\n    }}\n"
    return head("dev.triggers.client.model", body + "\n}\n")


def table(model):
    body = "import java.util.HashMap;\n\n/** How each operation is asked for, by its operationId. */\nfinal class OperationTable {\n\n"
    body += "    /**\n     * Path: taken apart at its parameters. Repeat: what conformance/operations.json says. Items: the member of a page. Operator: whether\n     * the operator's token goes along.\n     */\n"
    body += "    record Row(String method, List<String> path, String repeat, boolean text, String items, boolean operator) {\n    }\n\n"
    body += "    static final Map<String, Row> ROWS = rows();\n\n    private OperationTable() {\n    }\n\n"
    body += "    private static Map<String, Row> rows() {\n        Map<String, Row> rows = new HashMap<>();\n"
    for operation in model.operations:
        path = ", ".join(json.dumps(segment) for segment in operation.segments())
        body += f"        rows.put({json.dumps(operation.id)}, new Row({json.dumps(operation.method)}, List.of({path}), {json.dumps(operation.repeat)}, " \
                f"{str(operation.text).lower()}, {json.dumps(operation.items)}, {str(operation.operator).lower()}));\n"
    body += "        return Map.copyOf(rows);\n    }\n\n}\n"
    return f"{HEAD}\npackage dev.triggers.client;\n\nimport java.util.List;\nimport java.util.Map;\n" + body


def operations(model, is_async):
    name = "AsyncOperations" if is_async else "Operations"
    body = f"/** Every operation of the service, by the name that the OpenAPI description gives it. */\npublic abstract class {name} {{\n\n    {name}() {{\n    }}\n"
    if is_async:
        body += "\n    abstract <T> CompletableFuture<T> ask(String name, List<String> path, Fields query, Fields body, Function<Map<String, Object>, T> reader);\n"
        body += "\n    abstract CompletableFuture<String> askText(String name, List<String> path, Fields query);\n"
    else:
        body += "\n    abstract AsyncOperations later();\n\n    abstract <T> T now(CompletableFuture<T> later);\n"
        body += "\n    abstract <T> Iterable<T> pages(String name, List<String> path, Fields query, Function<Map<String, Object>, T> reader);\n"
    for operation in model.operations:
        if not operation.events:
            body += method(operation, model, is_async)
    body += "\n}\n"
    used = sorted({word for word in re.findall(r"\b[A-Z]\w+", body) if word in model.schemas or (word.endswith("Query") and word != "Query")} | {"Fields"})
    used = used if is_async else [word for word in used]
    lines = sorted([f"import dev.triggers.client.model.{word};\n" for word in used])
    java = ["import java.util.List;\n", "import java.util.Map;\n", "import java.util.concurrent.CompletableFuture;\n", "import java.util.function.Function;\n"]
    return f"{HEAD}\npackage dev.triggers.client;\n\n{''.join(lines)}{''.join(java)}\n{body}"


def method(operation, model, is_async):
    parameters = [(named(p), "String") for p in operation.path_parameters]
    path = f"List.of({', '.join(named(p) for p in operation.path_parameters)})"
    if operation.body:
        parameters.append(("body", of(operation.body)))
    if operation.query:
        parameters.append(("query", pascal(operation.id) + "Query"))
    # What may be left out.
    optional = [("body", operation.body and not operation.body_required), ("query", operation.query and not any(p.get("required") for p in operation.query))]
    left_out = {name for name, may in optional if may}
    answer = "String" if operation.text else of(operation.answer) if operation.answer else "Void"
    returned = f"CompletableFuture<{answer}>" if is_async else answer if answer != "Void" else "void"
    summary = operation.summary.replace("&", "&amp;").replace("<", "&lt;")
    signature = ", ".join(f"{kind} {name}" for name, kind in parameters)
    names = ", ".join(name for name, _ in parameters)
    out = f"\n    /** {summary}: {{@code {operation.method} {operation.path}}}. */\n    public {returned} {operation.id}({signature}) {{\n"
    query, body = ("query" if operation.query else "null"), ("body" if operation.body else "null")
    if is_async:
        if operation.text:
            out += f'        return askText("{operation.id}", {path}, {query});\n    }}\n'
        else:
            reader = "members -> null" if answer == "Void" else f"{answer}::from"
            out += f'        return ask("{operation.id}", {path}, {query}, {body}, {reader});\n    }}\n'
    else:
        out += f"        {'' if answer == 'Void' else 'return '}now(later().{operation.id}({names}));\n    }}\n"
    short = [(name, kind) for name, kind in parameters if name not in left_out]
    if left_out:
        arguments = ", ".join("null" if name in left_out else name for name, _ in parameters)
        given = ", ".join(f"{kind} {name}" for name, kind in short)
        # Which of the overloads null is meant for.
        arguments = ", ".join(f"({kind}) null" if name in left_out else name for name, kind in parameters)
        out += f"\n    /** {summary}: {{@code {operation.method} {operation.path}}}. */\n    public {returned} {operation.id}({given}) {{\n" \
               f"        {'' if returned == 'void' else 'return '}{operation.id}({arguments});\n    }}\n"
    if operation.items and not is_async:
        item = of(model.item_of(operation))
        out += f"\n    /** The items of all pages of {operation.id}, asked for as they are wanted. */\n    public Iterable<{item}> {operation.each}({signature}) {{\n" \
               f'        return pages("{operation.id}", {path}, query, {item}::from);\n    }}\n'
        if left_out:
            given = ", ".join(f"{kind} {name}" for name, kind in short)
            arguments = ", ".join(f"({kind}) null" if name in left_out else name for name, kind in parameters)
            out += f"\n    /** The items of all pages of {operation.id}, asked for as they are wanted. */\n    public Iterable<{item}> {operation.each}({given}) {{\n" \
                   f"        return {operation.each}({arguments});\n    }}\n"
    return out

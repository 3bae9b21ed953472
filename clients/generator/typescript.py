"""TypeScript: types, and the operations of the client."""

import json
import re

from .model import kinds

HEAD = "// Made from the OpenAPI description by clients/generate: change neither by hand.\n\n"


def files(model):
    return {"typescript/src/types.ts": types(model), "typescript/src/operations.ts": operations(model)}


def types(model):
    out = [HEAD]
    for name, schema in sorted(model.schemas.items()):
        required = set(schema.get("required", []))
        out.append(doc(schema.get("description"), "") + f"export interface {name} {{\n")
        for member, kind in schema.get("properties", {}).items():
            out.append(doc(kind.get("description"), "  ") + f"  {member}{'' if member in required else '?'}: {of(kind)};\n")
        out.append("}\n\n")
    return "".join(out).rstrip("\n") + "\n"


def doc(text, indent):
    return f"{indent}/** {text.replace('*/', '* /')} */\n" if text else ""


def of(schema):
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if "oneOf" in schema or "anyOf" in schema:
        return " | ".join(dict.fromkeys(of(option) for option in schema.get("oneOf", schema.get("anyOf"))))
    types, null = kinds(schema)
    if len(types) != 1:
        return "unknown"
    kind = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean"}.get(types[0])
    if types[0] == "array":
        inner = of(schema.get("items", {}))
        kind = f"({inner})[]" if "|" in inner else f"{inner}[]"
    elif types[0] == "object":
        kind = f"Record<string, {of(schema['additionalProperties'])}>" if isinstance(schema.get("additionalProperties"), dict) \
            else "Record<string, unknown>"
    elif types[0] == "string" and schema.get("enum"):
        kind = " | ".join(json.dumps(value) for value in schema["enum"] if value is not None)
    return f"{kind} | null" if null else kind


def camel(name):
    return re.sub(r"_(\w)", lambda match: match.group(1).upper(), name)


def operations(model):
    out = []
    used = set()

    def kind(schema):
        text = of(schema)
        used.update(name for name in re.findall(r"\b[A-Z]\w+", text) if name in model.schemas)
        return text

    out.append('/** `operationId`: method, path (taken apart at its parameters), when it may be repeated, whether it answers text, items of a page, whether the operator\'s token goes along. */\n')
    out.append("export const OPERATIONS: Record<string, readonly [string, readonly string[], Repeat, boolean, string | null, boolean]> = {\n")
    for operation in model.operations:
        out.append(f"  {operation.id}: {json.dumps([operation.method, operation.segments(), operation.repeat, operation.text, operation.items, operation.operator])},\n")
    out.append("};\n\n/** Every operation of the service, by the name that the OpenAPI description gives it. */\nexport abstract class Operations {\n")
    out.append("  abstract operation(name: string, path?: readonly string[], query?: object, body?: unknown): Promise<unknown>;\n\n"
               "  abstract each(name: string, path?: readonly string[], query?: object): AsyncGenerator<unknown, void, undefined>;\n")
    for operation in model.operations:
        if operation.events:
            continue
        parameters = [f"{camel(p)}: string" for p in operation.path_parameters]
        if operation.body:
            parameters.append(f"body{'' if operation.body_required else '?'}: {kind(operation.body)}")
        if operation.query:
            members = "; ".join(f"{p['name']}?: {kind(p.get('schema', {}))} | undefined" for p in operation.query)
            parameters.append(f"query: {{ {members} }} = {{}}")
        answer = "string" if operation.text else kind(operation.answer) if operation.answer else "undefined"
        path = f"[{', '.join(camel(p) for p in operation.path_parameters)}]"
        arguments = [f'"{operation.id}"', path]
        if operation.query or operation.body:
            arguments.append("query" if operation.query else "{}")
        out.append(f"\n  /** {operation.summary}: `{operation.method} {operation.path}` */\n"
                   f"  {operation.id}({', '.join(parameters)}): Promise<{answer}> {{\n"
                   f"    return this.operation({', '.join(arguments + (['body'] if operation.body else []))}) as Promise<{answer}>;\n  }}\n")
        if operation.items:
            item = kind(model.item_of(operation))
            out.append(f"\n  /** The items of all pages of `{operation.id}` */\n"
                       f"  {operation.each}({', '.join(parameters)}): AsyncGenerator<{item}, void, undefined> {{\n"
                       f"    return this.each({', '.join(arguments)}) as AsyncGenerator<{item}, void, undefined>;\n  }}\n")
    out.append("}\n")
    imports = f"import type {{\n  {(',' + chr(10) + '  ').join(sorted(used))},\n}} from \"./types.js\";\n\n"
    repeat = 'export type Repeat = "always" | "dedup" | "unsent" | "compared";\n\n'
    return HEAD + imports + repeat + "".join(out)

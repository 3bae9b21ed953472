"""Go: structs, and the operations of the client."""

import json
import re

from .model import kinds, pascal

HEAD = "// Code generated from the OpenAPI description by clients/generate; DO NOT EDIT.\n\npackage triggers\n\n"

INITIALS = {"id": "ID", "url": "URL", "ms": "MS", "ids": "IDs", "api": "API"}


def files(model):
    return {"go/types.go": types(model), "go/operations.go": operations(model)}


def name(text):
    return "".join(INITIALS.get(part, part[:1].upper() + part[1:]) for part in re.split(r"[_\W]+", text) if part)


def requests(model):
    """The schemas that are sent: in them absent and null are two things."""
    sent = reached(model, [operation.body for operation in model.operations if operation.body])
    both = sent & reached(model, [operation.answer for operation in model.operations if operation.answer])
    if both:
        raise SystemExit(f"sent and answered, but what is sent may leave members out: {', '.join(sorted(both))}")
    return sent


def reached(model, todo):
    found = set()
    while todo:
        schema = todo.pop()
        reference = schema.get("$ref", "").rpartition("/")[2]
        if reference and reference not in found:
            found.add(reference)
            todo.append(model.schemas[reference])
        todo += list(schema.get("properties", {}).values()) + ([schema["items"]] if "items" in schema else [])
    return found


def types(model):
    sent = requests(model)
    out = [HEAD, 'import (\n\t"encoding/json"\n\t"time"\n)\n\nvar (\n\t_ json.RawMessage\n\t_ time.Time\n)\n']
    for schema_name, schema in sorted(model.schemas.items()):
        required = set(schema.get("required", []))
        text = (schema.get("description") or "is of the OpenAPI description.").replace("\n", " ")
        out.append(f"\n// {schema_name}: {text}\ntype {schema_name} struct {{\n")
        rows = []
        for member, kind in schema.get("properties", {}).items():
            go = of(kind, schema_name in sent)
            if schema_name in sent:
                typed, tag = (go, member) if member in required and not kinds(kind)[1] else (f"Optional[{go}]", member + ",omitzero")
            else:
                pointer = (member not in required or kinds(kind)[1]) and not go.startswith(("[]", "map", "json.", "any", "*"))
                typed, tag = ("*" if pointer else "") + go, member + ("" if member in required else ",omitempty")
            rows.append((name(member), typed, f'`json:"{tag}"`'))
        widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
        out += [f"\t{a.ljust(widths[0])} {b.ljust(widths[1])} {c}\n" for a, b, c in rows]
        out.append("}\n")
    return "".join(out)


def of(schema, sent):
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    types, _ = kinds(schema)
    anything = "any" if sent else "json.RawMessage"
    if len(types) != 1:
        return anything
    if types[0] == "array":
        return "[]" + of(schema.get("items", {}), sent)
    if types[0] == "object":
        inner = schema.get("additionalProperties")
        return f"map[string]{of(inner, sent) if isinstance(inner, dict) else anything}"
    if types[0] == "string":
        return "time.Time" if schema.get("format") == "date-time" else "string"
    return {"integer": "int64", "number": "float64", "boolean": "bool"}[types[0]]


def operations(model):
    methods = [method(operation, model) for operation in model.operations if not operation.events]
    time = '\t"time"\n' if any("time.Time" in text for text in methods) else ""
    out = [HEAD, 'import (\n\t"context"\n\t"iter"\n\t"net/url"\n' + time + ')\n\n',
           "// operations: method, path (taken apart at its parameters), when it may be repeated, whether it answers text, items of a page, whether the operator's token goes along.\n",
           "var operations = map[string]operation{\n"]
    width = max(len(operation.id) for operation in model.operations) + 3
    for operation in model.operations:
        segments = ", ".join(json.dumps(segment) for segment in operation.segments())
        key = f'"{operation.id}":'
        out.append(f'\t{key.ljust(width)} {{{json.dumps(operation.method)}, []string{{{segments}}}, {json.dumps(operation.repeat)}, '
                   f'{str(operation.text).lower()}, {json.dumps(operation.items or "")}, {str(operation.operator).lower()}}},\n')
    out.append("}\n")
    return "".join(out + methods)


def local(text):
    made = name(text)
    return made[0].lower() + made[1:]


def method(operation, model):
    go = pascal(operation.id)
    parameters = ["ctx context.Context", *[f"{local(p)} string" for p in operation.path_parameters]]
    out = ""
    if operation.query:
        rows = [(name(p["name"]), f"Optional[{of(p.get('schema', {}), True)}]", p["name"]) for p in operation.query]
        widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
        out += f"\n// {go}Query are the parameters of {go}.\ntype {go}Query struct {{\n"
        out += "".join(f"\t{a.ljust(widths[0])} {b}\n" for a, b, _ in rows) + "}\n"
        out += f"\nfunc (q {go}Query) values() url.Values {{\n\tvalues := url.Values{{}}\n"
        out += "".join(f'\tadd(values, "{c}", q.{a})\n' for a, _, c in rows) + "\treturn values\n}\n"
        parameters.append(f"query {go}Query")
    if operation.body:
        kind = of(operation.body, True)
        parameters.append(f"body {kind}" if operation.body_required else f"body *{kind}")
    path = "[]string{" + ", ".join(local(p) for p in operation.path_parameters) + "}" if operation.path_parameters else "nil"
    query = "query.values()" if operation.query else "nil"
    body = "body" if operation.body and operation.body_required else "optional(body)" if operation.body else "nil"
    call = f'c, ctx, "{operation.id}", {path}, {query}, {body}'
    says = f"\n// {go}: {operation.summary} ({operation.method} {operation.path}).\n"
    if operation.text:
        out += f"{says}func (c *Client) {go}({', '.join(parameters)}) (string, error) {{\n\treturn c.text(ctx, \"{operation.id}\", {path}, {query})\n}}\n"
    elif operation.answer:
        answer = of(operation.answer, False)
        out += f"{says}func (c *Client) {go}({', '.join(parameters)}) (*{answer}, error) {{\n\treturn ask[{answer}]({call})\n}}\n"
    else:
        out += f"{says}func (c *Client) {go}({', '.join(parameters)}) error {{\n\t_, err := ask[struct{{}}]({call})\n\treturn err\n}}\n"
    if operation.items:
        item = of(model.item_of(operation), False)
        out += f"\n// {pascal(operation.each)} gives the items of all pages of {go}.\nfunc (c *Client) {pascal(operation.each)}({', '.join(parameters)}) iter.Seq2[{item}, error] {{\n\treturn each[{item}](c, ctx, \"{operation.id}\", {path}, {query})\n}}\n"
    return out

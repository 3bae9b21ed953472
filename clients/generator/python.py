"""Python: typed dictionaries, and the operations of both clients."""

import json
import keyword

from .model import kinds, snake

HEAD = '"""Made from the OpenAPI description by clients/generate: change neither by hand."""\n\n'


def files(model):
    return {"python/src/triggers_api/types.py": types(model), "python/src/triggers_api/_operations.py": operations(model)}


def types(model):
    out = [HEAD, "from __future__ import annotations\n\nfrom typing import Any, Dict, List, Literal, Optional, TypedDict, Union\n",
           f"\n__all__ = {json.dumps(sorted(model.schemas), indent=4)}\n".replace('"\n]', '",\n]')]
    for name, schema in sorted(model.schemas.items()):
        required = set(schema.get("required", []))
        members = schema.get("properties", {})
        ordered = {True: [], False: []}
        for member, kind in members.items():
            ordered[member in required].append((member, of(kind)))
        # Python 3.9 knows no NotRequired.
        base = "TypedDict"
        if ordered[True] and ordered[False]:
            base = f"_{name}"
            out.append(typed(base, "", ordered[True]))
        elif ordered[True]:
            out.append(typed(name, doc(schema), ordered[True]))
            continue
        out.append(f"\n\nclass {name}({base}, total=False):\n{doc(schema)}{lines(ordered[False]) or '    pass' + chr(10)}")
    return "".join(out)


def typed(name, about, members):
    """A class, or, where a member has a name that only Python may use, what a class stands for."""
    if not any(keyword.iskeyword(member) for member, _ in members):
        return f"\n\nclass {name}(TypedDict):\n{about}{lines(members)}"
    # Of the two quotes the one that the names of its values are not in.
    inner = "".join(f"""    "{member}": {f"'{kind}'" if '"' in kind else f'"{kind}"'},\n""" for member, kind in members)
    return f'\n\n{name} = TypedDict("{name}", {{\n{inner}}})\n'


def lines(members):
    return "".join(f"    {member}: {kind}\n" for member, kind in members)


def doc(schema):
    return f'    """{schema["description"]}"""\n\n' if schema.get("description") else ""


def of(schema):
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if "oneOf" in schema or "anyOf" in schema:
        options = [of(option) for option in schema.get("oneOf", schema.get("anyOf"))]
        return f"Union[{', '.join(dict.fromkeys(options))}]"
    types, null = kinds(schema)
    if len(types) != 1:
        return "Any"
    kind = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}.get(types[0])
    if types[0] == "array":
        kind = f"List[{of(schema.get('items', {}))}]"
    elif types[0] == "object":
        kind = f"Dict[str, {of(schema['additionalProperties'])}]" if isinstance(schema.get("additionalProperties"), dict) \
            else "Dict[str, Any]"
    elif types[0] == "string" and schema.get("enum"):
        kind = f"Literal[{', '.join(json.dumps(value) for value in schema['enum'] if value is not None)}]"
    return f"Optional[{kind}]" if null else kind


def named(name):
    return name + "_" if keyword.iskeyword(name) else name


def operations(model):
    out = [HEAD, "from __future__ import annotations\n\nfrom typing import Any, AsyncIterator, Dict, Iterator, List, Literal, Optional, Tuple, Union\n\n",
           "from . import types\n\n",
           "# operationId: method, path (taken apart at its parameters), when it may be repeated, whether it answers text, items of a page,\n",
           "# whether the operator's token goes along\n",
           "OPERATIONS: Dict[str, Tuple[str, Tuple[str, ...], str, bool, Optional[str], bool]] = {\n"]
    for operation in model.operations:
        segments = tuple(operation.segments())
        out.append(f"    {json.dumps(operation.id)}: ({json.dumps(operation.method)}, {segments!r}, {json.dumps(operation.repeat)}, "
                   f"{operation.text}, {json.dumps(operation.items) if operation.items else None}, {operation.operator}),\n".replace("'", '"'))
    out.append("}\n")
    for name, prefix, base in (("Operations", "", "sync"), ("AsyncOperations", "async ", "async")):
        out.append(f'\n\nclass {name}:\n    """Every operation of the service, by the name that the OpenAPI description gives it."""\n')
        if base == "sync":
            out.append("\n    def operation(self, name: str, path: Tuple[Any, ...] = (), query: Optional[Dict[str, Any]] = None, body: Any = None) -> Any:\n        raise NotImplementedError\n"
                       "\n    def each(self, name: str, path: Tuple[Any, ...] = (), query: Optional[Dict[str, Any]] = None) -> Iterator[Any]:\n        raise NotImplementedError\n")
        else:
            out.append("\n    async def operation(self, name: str, path: Tuple[Any, ...] = (), query: Optional[Dict[str, Any]] = None, body: Any = None) -> Any:\n        raise NotImplementedError\n"
                       "\n    def each(self, name: str, path: Tuple[Any, ...] = (), query: Optional[Dict[str, Any]] = None) -> AsyncIterator[Any]:\n        raise NotImplementedError\n")
        for operation in model.operations:
            if operation.events:
                continue
            out.append(method(operation, prefix, name == "AsyncOperations", model))
    return "".join(out)


def method(operation, prefix, is_async, model):
    positional = [f"{named(p)}: str" for p in operation.path_parameters]
    if operation.body:
        kind = qualified(operation.body)
        positional.append(f"body: {kind}" if operation.body_required else f"body: Optional[{kind}] = None")
    query = [(p["name"], f"{named(p['name'])}: Optional[{qualified(p.get('schema', {}))}] = None") for p in operation.query]

    def signature(without=()):
        keywords = [text for name, text in query if name not in without]
        return ", ".join(["self", *positional, *(["*"] if keywords else []), *keywords])

    path = f"({', '.join(named(p) for p in operation.path_parameters)}{',' if len(operation.path_parameters) == 1 else ''})"
    given = "{" + ", ".join(f'"{name}": {named(name)}' for name, _ in query) + "}" if query else "None"
    answer = "str" if operation.text else qualified(operation.answer) if operation.answer else "None"
    arguments = f'"{operation.id}", {path}, {given}' + (", body" if operation.body else "")
    out = f'\n    {prefix}def {snake(operation.id)}({signature()}) -> {answer}:\n        """{operation.summary}: `{operation.method} {operation.path}`"""\n'
    call = f"{'await ' if is_async else ''}self.operation({arguments})"
    out += f"        {call}\n" if answer == "None" else f"        return {call}  # type: ignore[no-any-return]\n"
    if operation.items:
        item = qualified(model.item_of(operation))
        iterator = "AsyncIterator" if is_async else "Iterator"
        out += f'\n    def {snake(operation.each)}({signature()}) -> {iterator}[{item}]:\n        """The items of all pages of `{snake(operation.id)}`"""\n        return self.each("{operation.id}", {path}, {given})\n'
    return out


def qualified(schema):
    if "$ref" in schema:
        return "types." + schema["$ref"].rpartition("/")[2]
    if schema.get("type") == "object" and not schema.get("properties"):
        return "Dict[str, Any]"
    return of(schema)

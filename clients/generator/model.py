"""The OpenAPI description as the generators read it."""

import json
import re
from dataclasses import dataclass, field


def snake(name):
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def pascal(name):
    return name[0].upper() + name[1:]


@dataclass
class Operation:
    id: str
    method: str
    path: str
    summary: str
    repeat: str
    path_parameters: list
    query: list
    body: dict = None
    body_required: bool = False
    answer: dict = None
    text: bool = False
    events: bool = False
    items: str = None
    each: str = None
    operator: bool = False

    def segments(self):
        """The path, taken apart at its parameters."""
        return re.split(r"\{(\w+)\}", self.path)


@dataclass
class Model:
    schemas: dict
    operations: list = field(default_factory=list)

    @classmethod
    def read(cls, clients):
        description = json.loads((clients.parent / "src/main/resources/static/openapi.json").read_text(encoding="utf-8"))
        vectors = json.loads((clients / "conformance/operations.json").read_text(encoding="utf-8"))["vectors"]
        repeats = {vector["name"]: vector["repeat"] for vector in vectors}
        model = cls(dict(description["components"]["schemas"]))
        model._unwrap()
        for path, item in description["paths"].items():
            for method, operation in item.items():
                if method in ("get", "put", "post", "patch", "delete"):
                    if operation["operationId"] not in repeats:
                        raise SystemExit(f"clients/conformance/operations.json has no row for {operation['operationId']}")
                    model.operations.append(model._operation(path, item, method, operation, repeats))
        model.operations.sort(key=lambda operation: operation.id)
        return model

    def _unwrap(self):
        """What has all members of an inbox item is one and more: what is required of the item is of it too."""
        item = self.schemas["InboxItem"]
        for name, schema in self.schemas.items():
            if set(schema.get("properties", {})) > set(item["properties"]):
                required = {*schema.get("required", []), *item["required"]}
                self.schemas[name] = {**schema, "required": sorted(required)}

    def _operation(self, path, item, method, operation, repeats):
        parameters = [*item.get("parameters", []), *operation.get("parameters", [])]
        name = operation["operationId"]
        made = Operation(name, method.upper(), path, operation.get("summary", name), repeats[name],
                         re.findall(r"\{(\w+)\}", path), [p for p in parameters if p["in"] == "query"])
        # Of those that need it, and of those that may do with it what they may not without.
        made.operator = any("AdminToken" in way for way in operation.get("security", []))
        content = operation.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            made.body = self._named(content["application/json"].get("schema", {}), pascal(name) + "Body")
            made.body_required = operation["requestBody"].get("required", False)
        answers = []
        for status, answer in operation["responses"].items():
            kinds = answer.get("content", {})
            if status.startswith("2") and kinds:
                made.text = "application/json" not in kinds
                made.events = "text/event-stream" in kinds
                if not made.text:
                    answers.append(kinds["application/json"].get("schema", {}))
        if answers:
            made.answer = self._named(self._either(answers), pascal(name) + "Answer")
        self._pages(made)
        return made

    def _either(self, answers):
        """What has one of several answers has the members of all of them, of which those that all have are always there."""
        shapes = [self.schemas[answer["$ref"].rpartition("/")[2]] if "$ref" in answer else answer for answer in answers]
        if all(shape == shapes[0] for shape in shapes):
            return answers[0]
        properties = {name: schema for shape in shapes for name, schema in shape["properties"].items()}
        required = set.intersection(*(set(shape.get("required", [])) for shape in shapes))
        return {"type": "object", "properties": properties, "required": sorted(required)}

    def _named(self, schema, name):
        if schema.get("type") == "object" and schema.get("properties"):
            self.schemas[name] = schema
            return {"$ref": f"#/components/schemas/{name}"}
        return schema

    def _pages(self, operation):
        """A walk over pages is one where a cursor goes in and comes out."""
        reference = (operation.answer or {}).get("$ref", "")
        page = self.schemas.get(reference.rpartition("/")[2], {})
        properties = page.get("properties", {})
        arrays = [name for name in page.get("required", []) if properties[name].get("type") == "array"]
        if operation.method == "GET" and "next_cursor" in properties and len(arrays) == 1 \
                and any(parameter["name"] == "cursor" for parameter in operation.query):
            operation.items = arrays[0]
            operation.each = re.sub(r"^(list|get|read|search)(?=[A-Z])", "each", operation.id)
            if not operation.each.startswith("each"):
                operation.each = "each" + pascal(operation.each)

    def item_of(self, operation):
        return self.schemas[operation.answer["$ref"].rpartition("/")[2]]["properties"][operation.items]["items"]


def kinds(schema):
    """The JSON types of a schema without null, and whether null is one of them."""
    types = schema.get("type")
    types = types if isinstance(types, list) else [types] if types else []
    return [kind for kind in types if kind != "null"], "null" in types

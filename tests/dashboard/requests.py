"""Requests as the page sends them, to be sent without a browser."""

import json

CALLBACKS = "/_dash-update-component"
LABELS = ("cage", "monkey")


def entry(id_, name, value=None):
    return {"id": id_, "property": name, "value": value}


def explore(app, visited=None, views=None, terms=(), changed=(), scores=((0, 1), (0, 1)), unscored=(True, True)):
    """Return the body that the page sends when the gallery is to change."""
    return _body(app, "count.children", locals())


def visit(app, visited):
    """Return the body that the page sends when an address is visited."""
    return _body(app, "terms.value", {"visited": visited, "changed": ["visited.data"]})


def _body(app, part, values):
    """Return the body of the callback that answers a part of the page."""
    output = next(name for name in app.callback_map if part in name)
    ids = {kind: [{"label": label, "type": kind} for label in LABELS] for kind in ("score", "unscored")}
    plain = {
        ("visited", "data"): values.get("visited"), ("terms", "value"): values.get("terms", []),
        ("countries", "value"): [], ("views", "value"): values.get("views"), ("sort", "value"): "added",
    }  # fmt: skip

    def given(spec):
        if spec["id"].startswith("{"):
            kind = json.loads(spec["id"])["type"]
            many = {"value": values.get("scores"), "checked": values.get("unscored"), "id": ids["score"]}
            return [
                entry(id_, spec["property"], value)
                for id_, value in zip(ids[kind], many[spec["property"]], strict=True)
            ]
        return entry(spec["id"], spec["property"], plain[spec["id"], spec["property"]])

    def answered(place):
        id_, _, name = place.rpartition(".")
        if not id_.startswith("{"):
            return {"id": id_, "property": name}
        kind = json.loads(id_)["type"]
        return [{"id": {"label": label, "type": kind}, "property": name} for label in LABELS]

    callback = app.callback_map[output]
    return {
        "output": output,
        "outputs": [answered(place) for place in output.strip(".").split("...")],
        "inputs": [given(spec) for spec in callback["inputs"]],
        "state": [given(spec) for spec in callback["state"]],
        "changedPropIds": list(values["changed"]),
    }

"""GraphML, one node and one edge at a time.

`kg.networks`. The bytes are those that networkx writes for the same graph, because every program
reads these; networkx itself takes longer to load than this to write, and holds everything twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.networks.network import INTEGER, NUMBER, Network, Value
from kg.networks.xml import escape_text, escape_value, find_illegal

__all__ = ["write_graphml"]

_HEAD = """\
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_TYPES = {INTEGER: "long", NUMBER: "double"}
_Keys = dict[tuple[str, str], str]


def write_graphml(network: Network) -> Iterator[str]:
    """Yield the network as GraphML, piece by piece.

    What is empty is left out: readers take it for absent anyway.

    Caution: XML can't hold control characters; each is replaced by U+FFFD, a comment at the start
    says of how many values, and :func:`kg.networks.find_losses` says which.

    Source: http://graphml.graphdrawing.org/specification.html
    """
    keys, lost = _look(network)
    yield "<?xml version='1.0' encoding='utf-8'?>\n"
    if lost:
        yield f"<!-- {lost} values hold control characters: each is replaced by U+FFFD. -->\n"
    yield _HEAD
    types = {
        (scope, a.name): _TYPES.get(a.kind, "string")
        for scope, attributes in (("node", network.node_attributes),
                                  ("edge", network.edge_attributes))
        for a in attributes
    }  # fmt: skip
    for (scope, name), key in reversed(keys.items()):
        kind = types[scope, name]
        yield f'  <key id="{key}" for="{scope}" attr.name="{escape_value(name)}"'
        yield f' attr.type="{kind}" />\n'
    way = "directed" if network.directed else "undirected"
    body = _body(network, keys)
    first = next(body, None)
    if first is None:
        yield f'  <graph edgedefault="{way}" />\n</graphml>\n'
        return
    yield f'  <graph edgedefault="{way}">\n'
    yield first
    yield from body
    yield "  </graph>\n</graphml>\n"


def _look(network: Network) -> tuple[_Keys, int]:
    """Return the key of each attribute that is used, numbered as met, and how much is replaced."""
    keys: _Keys = {}
    lost = 0
    for scope, items in (("node", network.nodes()), ("edge", network.edges())):
        for item in items:
            for name, value in item.data.items():
                if value is None or value == "":
                    continue
                if (scope, name) not in keys:
                    keys[scope, name] = f"d{len(keys)}"
                if isinstance(value, str) and find_illegal(value):
                    lost += 1
    return keys, lost


def _body(network: Network, keys: _Keys) -> Iterator[str]:
    for node in network.nodes():
        yield _element("node", f'id="{escape_value(node.name)}"', node.data, keys)
    for source, target, key, data in network.edges():
        ends = f'source="{escape_value(source)}" target="{escape_value(target)}"'
        yield _element("edge", f'{ends} id="{escape_value(key)}"', data, keys)


def _element(scope: str, attributes: str, data: Mapping[str, Value], keys: _Keys) -> str:
    lines = [
        f'      <data key="{keys[scope, name]}">{escape_text(str(value))}</data>\n'
        for name, value in data.items()
        if value is not None and value != ""
    ]
    if not lines:
        return f"    <{scope} {attributes} />\n"
    return f"    <{scope} {attributes}>\n{''.join(lines)}    </{scope}>\n"

"""GEXF 1.3, one node and one edge at a time: the form that Gephi itself writes.

`kg.networks`. Label and weight are attributes that the format has itself; all others are declared
with their type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.networks.network import INTEGER, NUMBER, Attribute, Network, Value
from kg.networks.xml import escape_text, escape_value, find_illegal

__all__ = ["write_gexf"]

_HEAD = """\
<?xml version='1.0' encoding='utf-8'?>
<gexf xmlns="http://gexf.net/1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
"""
_TYPES = {INTEGER: "integer", NUMBER: "double"}
_OWN = {"node": ("label",), "edge": ("label", "weight")}


def write_gexf(network: Network) -> Iterator[str]:
    """Yield the network as GEXF 1.3, piece by piece; what is empty is left out.

    Caution: XML can't hold control characters; each is replaced by U+FFFD, a comment at the end
    says of how many values, and :func:`kg.networks.find_losses` says which.

    Source: https://gexf.net/schema.html
    """
    lost = 0
    numbers = {
        "node": _number("node", network.node_attributes),
        "edge": _number("edge", network.edge_attributes),
    }
    way = "directed" if network.directed else "undirected"
    yield _HEAD
    yield f"  <meta>\n    <description>{escape_text(network.meaning)}</description>\n  </meta>\n"
    yield f'  <graph defaultedgetype="{way}" mode="static">\n'
    yield from _declare("node", network.node_attributes, numbers["node"])
    yield from _declare("edge", network.edge_attributes, numbers["edge"])
    yield "    <nodes>\n"
    for node in network.nodes():
        lost += _count_lost(node.data)
        head = f'id="{escape_value(node.name)}"'
        yield _element("node", head, {"label": node.name, **node.data}, numbers["node"])
    yield "    </nodes>\n    <edges>\n"
    for source, target, key, data in network.edges():
        lost += _count_lost(data)
        head = f'id="{escape_value(key)}" source="{escape_value(source)}"'
        head += f' target="{escape_value(target)}"'
        yield _element("edge", head, data, numbers["edge"])
    yield "    </edges>\n  </graph>\n</gexf>\n"
    if lost:
        yield f"<!-- {lost} values hold control characters: each is replaced by U+FFFD. -->\n"


def _number(scope: str, attributes: tuple[Attribute, ...]) -> dict[str, str]:
    names = [a.name for a in attributes if a.name not in _OWN[scope]]
    return {name: str(number) for number, name in enumerate(names)}


def _declare(
    scope: str, attributes: tuple[Attribute, ...], numbers: dict[str, str]
) -> Iterator[str]:
    yield f'    <attributes class="{scope}" mode="static">\n'
    for attribute in attributes:
        if number := numbers.get(attribute.name):
            kind = _TYPES.get(attribute.kind, "string")
            title = escape_value(attribute.name)
            yield f'      <attribute id="{number}" title="{title}" type="{kind}" />\n'
    yield "    </attributes>\n"


def _count_lost(data: Mapping[str, Value]) -> int:
    return sum(isinstance(v, str) and find_illegal(v) > 0 for v in data.values())


def _element(scope: str, head: str, data: Mapping[str, Value], numbers: dict[str, str]) -> str:
    values = []
    for name, value in data.items():
        if value is None or value == "":
            continue
        shown = escape_value(str(value))
        if name in _OWN[scope]:
            head += f' {name}="{shown}"'
        else:
            values.append(f'          <attvalue for="{numbers[name]}" value="{shown}" />\n')
    if not values:
        return f"      <{scope} {head} />\n"
    inner = "".join(["        <attvalues>\n", *values, "        </attvalues>\n"])
    return f"      <{scope} {head}>\n{inner}      </{scope}>\n"

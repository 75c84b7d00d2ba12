#+ summary: Repairs no-prefix.
PREFIX vann: <http://purl.org/vocab/vann/>
INSERT DATA { <https://w3id.org/qes-kg> vann:preferredNamespacePrefix "qes" }

#+ summary: The header doesn't name the prefix of the terms.
#+ rule: namespace-unnamed
#+ focus: <https://w3id.org/qes-kg>
#+ by: rules
PREFIX vann: <http://purl.org/vocab/vann/>
DELETE { <https://w3id.org/qes-kg> vann:preferredNamespacePrefix ?old }
WHERE { <https://w3id.org/qes-kg> vann:preferredNamespacePrefix ?old FILTER (STR(?old) = "qes") }

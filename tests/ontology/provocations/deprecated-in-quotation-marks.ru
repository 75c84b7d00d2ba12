#+ summary: Whether a property is deprecated is said by a text.
#+ rule: deprecated_boolean_datatype
#+ focus: qes:pmid
#+ by: rules
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA { qes:pmid owl:deprecated "false" }

#+ summary: A property from findings to populations is called symmetric.
#+ rule: symmetric-or-transitive-across
#+ focus: qes:appliesTo
#+ by: rules
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA { qes:appliesTo a owl:SymmetricProperty }

#+ summary: A page is declared equal to a source text.
#+ rule: equivalent_pair
#+ focus: qes:Page
#+ by: rules
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA { qes:Page owl:equivalentClass qes:SourceText }

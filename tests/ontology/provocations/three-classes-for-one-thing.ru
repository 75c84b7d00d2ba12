#+ summary: A class is declared equal to two others.
#+ rule: multiple_equivalent_classes
#+ focus: qes:Page
#+ by: rules
#+ also: equivalent_pair
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA { qes:Page owl:equivalentClass qes:SourceText , qes:LeftOutRow }

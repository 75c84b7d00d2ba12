#+ summary: A data property is declared as an object property as well.
#+ rule: owl2-dl-profile
#+ focus: qes:argument
#+ by: owl
#+ violation: IllegalPunning
#+ also: one-kind
#+ also: shape-against-property
#+ also: undeclared-class
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA { qes:argument a owl:ObjectProperty }

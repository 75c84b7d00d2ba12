#+ summary: An annotation of IAO is used without its stub.
#+ rule: owl2-dl-profile
#+ focus: qes:Study
#+ by: owl
#+ violation: UseOfUndeclaredAnnotationProperty
#+ also: undeclared-property
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA { qes:Study iao:0000116 "To be read again." }

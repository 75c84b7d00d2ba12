#+ summary: A class has two definitions.
#+ rule: multiple_definitions
#+ focus: qes:Study
#+ by: rules
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  qes:Study iao:0000115 "An investigation that somebody published."@en ;
    skos:definition "An investigation that somebody published."@en
}

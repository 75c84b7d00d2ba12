#+ summary: One form of a definition was changed and the other forgotten.
#+ rule: definition-differs
#+ focus: qes:Study
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE { qes:Study skos:definition ?old }
INSERT { qes:Study skos:definition "An investigation that looks at people."@en }
WHERE { qes:Study skos:definition ?old }

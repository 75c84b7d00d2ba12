#+ summary: A kind of setting is a setting as well.
#+ rule: one-kind
#+ focus: qes:Couple
#+ by: rules
#+ also: name-form
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA { qes:Couple a qes:Setting }

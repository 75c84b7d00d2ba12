#+ summary: The rank of a value is given as a thing.
#+ rule: value-kind
#+ focus: qes:reading-depth-not-read
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA { qes:reading-depth-not-read qes:rank qes:reading-depth-full-text }

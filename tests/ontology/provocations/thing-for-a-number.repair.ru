#+ summary: Repairs thing-for-a-number.
PREFIX qes: <https://w3id.org/qes-kg/>
DELETE DATA { qes:reading-depth-not-read qes:rank qes:reading-depth-full-text }

#+ summary: Repairs three-classes-for-one-thing.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
DELETE DATA { qes:Page owl:equivalentClass qes:SourceText , qes:LeftOutRow }

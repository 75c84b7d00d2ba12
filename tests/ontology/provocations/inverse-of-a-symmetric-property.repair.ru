#+ summary: Repairs inverse-of-a-symmetric-property.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
DELETE DATA { qes:sameSampleAs owl:inverseOf qes:sameSampleAs }

/** The entities of an RO-Crate, as JSON-LD has them. */

/** A pointer to an entity. */
export interface Reference {
  readonly "@id": string;
}

/** One entity: its `@id`, its `@type` and properties. */
export type Entity = Reference & {
  readonly "@type": unknown;
  readonly [property: string]: unknown;
};

/** Points to an entity. */
export function refer(entity: Reference): Reference {
  return { "@id": entity["@id"] };
}

/** Points to a file of the run. */
export function pathReference(path: string): Reference {
  return { "@id": encodeURI(path) };
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  csv: "text/csv",
  json: "application/json",
  md: "text/markdown",
  svg: "image/svg+xml",
};

/** A file of the run, with the SHA-256 by which it can be checked. */
export function fileEntity(path: string, sha256: string): Entity {
  const ending = path.slice(path.lastIndexOf(".") + 1);
  return {
    "@id": encodeURI(path),
    "@type": "File",
    name: path,
    encodingFormat: MEDIA_TYPES[ending] ?? "application/octet-stream",
    sha256,
  };
}

/** schema.org's names of the kinds of parameters. */
const KINDS: Readonly<Record<string, string>> = {
  integer: "Integer",
  number: "Number",
  switch: "Boolean",
};

/** A parameter, whatever value it has. */
export function parameterEntity(
  name: string,
  kind: string,
  description: string,
): Entity {
  return {
    "@id": `#parameter/${name}`,
    "@type": "FormalParameter",
    name,
    description,
    additionalType: KINDS[kind] ?? "Text",
  };
}

/** One value of one parameter. */
export function valueEntity(name: string, value: unknown): Entity {
  return {
    "@id": `#value/${name}`,
    "@type": "PropertyValue",
    name,
    value: Array.isArray(value) ? value.join(",") : value,
    exampleOfWork: { "@id": `#parameter/${name}` },
  };
}

/** The entities of an RO-Crate, as JSON-LD has them. */

export interface Reference {
  readonly "@id": string;
}

/** One entity: its `@id`, its `@type` and properties. */
export type Entity = Reference & {
  readonly "@type": unknown;
  readonly [property: string]: unknown;
};

export function refer(entity: Reference): Reference {
  return { "@id": entity["@id"] };
}

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

export function valueEntity(name: string, value: unknown): Entity {
  return {
    "@id": `#value/${name}`,
    "@type": "PropertyValue",
    name,
    value: Array.isArray(value) ? value.join(",") : value,
    exampleOfWork: { "@id": `#parameter/${name}` },
  };
}

/** The entities of an RO-Crate, as JSON-LD has them. */

/** One entity: its `@id`, its `@type` and properties. */
export type Entity = { readonly "@id": string; readonly "@type": unknown } & {
  readonly [property: string]: unknown;
};

/** A pointer to an entity. */
export interface Reference {
  readonly "@id": string;
}

/** Points to an entity. */
export function refer(entity: Reference): Reference {
  return { "@id": entity["@id"] };
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  csv: "text/csv",
  json: "application/json",
  md: "text/markdown",
  svg: "image/svg+xml",
  npy: "application/octet-stream",
  bin: "application/octet-stream",
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

/** What a parameter is, whatever value it has. */
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

/** schema.org's names of the kinds of parameters. */
const KINDS: Readonly<Record<string, string>> = {
  integer: "Integer",
  number: "Number",
  switch: "Boolean",
};

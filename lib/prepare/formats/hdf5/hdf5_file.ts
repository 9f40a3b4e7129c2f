/** Reads groups, attributes and parts of datasets of an HDF5 file. */

import { countOf, quote, withCommas } from "../../../cli/text.ts";
import { ROW_LIMIT } from "../../input/limits.ts";
import { unreadable } from "../../input/unreadable.ts";
import { numberText } from "../number_text.ts";
import type { Metadata } from "h5wasm";
import { type Engine, FILE, mountFile, startEngine } from "./engine.ts";
import { refuseUnknownStorage } from "./storage_checks.ts";
import {
  asNumbers,
  findMark,
  fixedTexts,
  isMark,
  type Numbers,
} from "./stored_numbers.ts";

/** Texts that are read at a time. */
const TEXTS = 1 << 15;
/** Bytes that stand where a number should be written; two, to tell. */
const MARKS = [0xa7, 0x58] as const;

/** An open HDF5 file. Anything it throws but an `InputError` means damage. */
export class Hdf5File {
  readonly #metadata = new Map<string, Metadata>();

  private constructor(
    readonly path: string,
    private readonly engine: Engine,
    private readonly file: bigint,
    // deno-lint-ignore no-explicit-any
    private readonly root: any,
  ) {}

  /**
   * Opens a file, which stays open until the process or worker ends.
   *
   * @param onRead Called with the bytes of each read.
   * @throws {Error} If it is no HDF5 file, or a damaged one.
   */
  static async open(
    path: string,
    onRead: (bytes: number) => void,
  ): Promise<Hdf5File> {
    const engine = await startEngine();
    mountFile(engine, await Deno.open(path), onRead);
    const { File } = (await import("h5wasm")).default;
    const root = new File(`/${FILE}`, "r");
    if (root.file_id <= 0n) throw new Error("its beginning is not readable");
    return new Hdf5File(path, engine, root.file_id, root);
  }

  kindOf(path: string): "group" | "dataset" | undefined {
    const { engine: { H5G_GROUP, H5G_DATASET } } = this;
    let at = "";
    for (const name of path.split("/").filter(Boolean)) {
      // Asking below what is no group prints the library's own complaints.
      if (at !== "" && this.engine.get_type(this.file, at) !== H5G_GROUP) {
        return undefined;
      }
      if (!this.#namesOf(at || "/").includes(name)) return undefined;
      at += `/${name}`;
    }
    const type = this.engine.get_type(this.file, at || "/");
    return type === H5G_GROUP
      ? "group"
      : type === H5G_DATASET
      ? "dataset"
      : undefined;
  }

  /** The names in a group, sorted; none if there is no such group. */
  names(path: string): string[] {
    return this.kindOf(path) === "group" ? this.#namesOf(path) : [];
  }

  #namesOf(path: string): string[] {
    return this.engine.get_names(this.file, path, false).sort();
  }

  /** An attribute's value; undefined if there is none of that name. */
  attribute(path: string, name: string): unknown {
    if (!this.engine.get_attribute_names(this.file, path).includes(name)) {
      return undefined;
    }
    const value = this.root.get(path).attrs[name].value;
    return Array.isArray(value) && value.length === 1 ? value[0] : value;
  }

  /** An attribute that is a text; empty if there is none. */
  textAttribute(path: string, name: string): string {
    const value = this.attribute(path, name);
    return typeof value === "string" ? value : "";
  }

  /** The lengths of a dataset's sides; none for a single value. */
  shapeOf(path: string): readonly number[] {
    return this.#metadataOf(path).shape ?? [];
  }

  /** The shape of the pieces that a dataset is stored in, if it is in pieces. */
  chunksOf(path: string): readonly number[] | undefined {
    return this.#metadataOf(path).chunks ?? undefined;
  }

  /** Whether a dataset holds numbers (or truth values), texts, or neither. */
  contentOf(path: string): "numbers" | "texts" | "records" {
    const { type } = this.#metadataOf(path);
    const known = this.engine.H5T_class_t;
    return [known.H5T_INTEGER, known.H5T_FLOAT, known.H5T_ENUM]
        .some(({ value }) => value === type)
      ? "numbers"
      : type === known.H5T_STRING.value
      ? "texts"
      : "records";
  }

  #isFloat(path: string): boolean {
    return this.#metadataOf(path).type ===
      this.engine.H5T_class_t.H5T_FLOAT.value;
  }

  #metadataOf(path: string): Metadata {
    let metadata = this.#metadata.get(path);
    if (metadata === undefined) {
      metadata = this.engine.get_dataset_metadata(this.file, path);
      this.#metadata.set(path, metadata);
    }
    return metadata;
  }

  /**
   * Reads a rectangle of numbers, and its last row once more alone. That both
   * agree and that every number was written is checked, since the library
   * gives whatever its memory holds if a read fails.
   *
   * @param offset Where it begins on each side.
   * @param count How long it is on each side; at least 1.
   * @throws {InputError} If it is compressed in an unknown way.
   */
  numbers(
    path: string,
    offset: readonly number[],
    count: readonly number[],
  ): Numbers {
    this.#refuseUnknown(path);
    const whole = this.#read(path, offset, count);
    const again = this.#read(
      path,
      [offset[0] + count[0] - 1, ...offset.slice(1)],
      [1, ...count.slice(1)],
    );
    const end = whole.subarray(whole.length - again.length);
    if (again.some((byte, index) => byte !== end[index])) {
      throw new Error(`two reads of ${path} differ`);
    }
    return asNumbers(whole, {
      ...this.#metadataOf(path),
      isFloat: this.#isFloat(path),
    });
  }

  /** Reads a whole dataset of one side, such as the ends of sparse rows. */
  list(path: string): number[] {
    const [length] = this.shapeOf(path);
    if (length === 0) return [];
    this.#refuseLong(path, length);
    return Array.from(this.numbers(path, [0], [length]), Number);
  }

  /** Reads a dataset of one side as texts: NaN is empty, truth `True`. */
  texts(path: string): string[] {
    const [length, ...more] = this.shapeOf(path);
    if (length === undefined || more.length > 0) {
      throw unreadable(
        this.path,
        `${quote(path)} has ${countOf(this.shapeOf(path).length, "side")} ` +
          "and should have one",
      );
    }
    this.#refuseLong(path, length);
    const texts: string[] = [];
    for (let from = 0; from < length; from += TEXTS) {
      const count = Math.min(TEXTS, length - from);
      texts.push(...this.#textsFrom(path, from, count));
    }
    return texts;
  }

  /** A dataset that was never written takes no room in the file. */
  #refuseLong(path: string, length: number): void {
    if (length <= ROW_LIMIT) return;
    throw unreadable(
      this.path,
      `${quote(path)} has ${
        countOf(length, "value")
      } and should have at most ` +
        withCommas(ROW_LIMIT),
    );
  }

  #textsFrom(path: string, from: number, count: number): string[] {
    const metadata = this.#metadataOf(path);
    if (this.contentOf(path) === "texts") {
      this.#refuseUnknown(path);
      return this.#readTexts(path, from, count);
    }
    const numbers = this.numbers(path, [from], [count]);
    const names = Object.keys(metadata.enum_type?.members ?? {});
    if (names.length === 2 && names.includes("TRUE")) {
      return Array.from<number | bigint, string>(
        numbers,
        (value) => Number(value) ? "True" : "False",
      );
    }
    const isFloat32 = numbers instanceof Float32Array;
    return Array.from<number | bigint, string>(
      numbers,
      (value) => numberText(value, isFloat32),
    );
  }

  /** Finds what cannot be read in a dataset before it is read as garbage. */
  #refuseUnknown(path: string): void {
    refuseUnknownStorage(this.path, path, {
      isElsewhere: (this.#metadataOf(path).virtual_sources?.length ?? 0) > 0,
      filters: this.engine.get_dataset_filters(this.file, path),
    });
  }

  #read(
    path: string,
    offset: readonly number[],
    count: readonly number[],
  ): Uint8Array<ArrayBuffer> {
    const [first, second] = MARKS;
    const { size } = this.#metadataOf(path);
    const bytes = this.#readOver(path, offset, count, first);
    if (findMark(bytes, size, first) < 0) return bytes;
    // A number may look like the mark, but not like two different ones.
    const again = this.#readOver(path, offset, count, second);
    if (findMark(again, size, second) < 0) return again;
    for (let at = 0; at < again.length; at += size) {
      if (isMark(bytes, at, size, first) && isMark(again, at, size, second)) {
        throw new Error(`a part of ${path} was not read`);
      }
    }
    return again;
  }

  /** Reads over memory that is filled with a mark. */
  #readOver(
    path: string,
    offset: readonly number[],
    count: readonly number[],
    mark: number,
  ): Uint8Array<ArrayBuffer> {
    const { engine } = this;
    const length = count.reduce((product, side) => product * side, 1) *
      this.#metadataOf(path).size;
    return this.#withMemory(length, (pointer) => {
      engine.HEAPU8.fill(mark, pointer, pointer + length);
      this.#fetch(path, offset, count, pointer);
      return engine.HEAPU8.slice(pointer, pointer + length);
    });
  }

  #readTexts(path: string, from: number, count: number): string[] {
    const { engine } = this;
    const { size, vlen, strpad } = this.#metadataOf(path);
    return this.#withMemory(count * size, (pointer) => {
      this.#fetch(path, [from], [count], pointer);
      const bytes = engine.HEAPU8.slice(pointer, pointer + count * size);
      if (!vlen) return fixedTexts(bytes, size, strpad === 2);
      const texts = Array.from(
        new Uint32Array(bytes.buffer),
        (at) => at === 0 ? "" : engine.UTF8ToString(at),
      );
      engine.reclaim_vlen_memory_count(this.file, path, "", BigInt(pointer), [
        BigInt(count),
      ]);
      return texts;
    });
  }

  #withMemory<T>(length: number, use: (pointer: number) => T): T {
    const pointer = this.engine._malloc(length);
    if (pointer === 0) throw new Error("it needs too much memory at once");
    const result = use(pointer);
    this.engine._free(pointer);
    return result;
  }

  #fetch(
    path: string,
    offset: readonly number[],
    count: readonly number[],
    pointer: number,
  ): void {
    const status = this.engine.get_dataset_data(
      this.file,
      path,
      count.map(BigInt),
      offset.map(BigInt),
      count.map(() => 1n),
      BigInt(pointer),
    );
    if (status < 0) throw new Error(`${path} cannot be read`);
  }
}

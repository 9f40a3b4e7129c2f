/** A run as its report sees it: records, figures, and each stage's findings. */

import type { ParameterValue } from "../cli/parameters.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import type { StageRecord, StaleStage } from "../store/record.ts";
import { escapeText, figure, paragraphs } from "./markdown.ts";
import type { Section } from "./section.ts";
import type { Standing } from "./standings.ts";

// deno-lint-ignore no-explicit-any
export type AnySection = Section<any>;

/** What the report knows of the run beside the stages' findings. */
export interface RunFacts {
  /** The run's folder as a user types it. */
  readonly folder: string;
  readonly pipeline: Pipeline;
  /** Each stage's part of the report by the stage's name, in order. */
  readonly sections: ReadonlyMap<string, AnySection>;
  /** Of the stages that have run, in the order of the pipeline. */
  readonly records: readonly StageRecord[];
  readonly outdated: readonly StaleStage[];
  /** Whether the matrix is the simulated one. */
  readonly simulated: boolean;
}

export class RunReport {
  readonly #findings = new Map<Section<never>, unknown>();
  readonly #placed = new Set<string>();

  constructor(readonly facts: RunFacts) {}

  /** The findings of a section; undefined if its stage has not run. */
  of<Findings>(section: Section<Findings>): Findings | undefined {
    return this.#findings.get(section as Section<never>) as
      | Findings
      | undefined;
  }

  set<Findings>(section: Section<Findings>, found: Findings): void {
    this.#findings.set(section as Section<never>, found);
  }

  /** Each section, and its findings if its stage has run. */
  sections() {
    return [...this.facts.sections].map(([name, section]) => ({
      name,
      section,
      found: this.of(section),
    }));
  }

  /** How the rankings do by all that was measured, in the stages' order. */
  standings(): Standing[] {
    return this.sections().flatMap(({ section, found }) =>
      found === undefined ? [] : section.standings?.(found) ?? []
    );
  }

  record(stage: string): StageRecord | undefined {
    return this.facts.records.find((record) => record.stage === stage);
  }

  /** One value that a stage ran with; undefined if it has not run. */
  parameter(stage: string, name: string): ParameterValue | undefined {
    return this.record(stage)?.parameters[name];
  }

  /**
   * A figure in Markdown; empty if the stage drew none of that name. It is
   * then not shown again at the end of the section.
   *
   * @param path From the run's folder: `cnn/tissue_f1.svg`.
   */
  figure(path: string): string {
    const [stage, file] = path.split("/");
    const drawn = this.record(stage)?.figures
      .find((each) => each.file === file);
    if (drawn === undefined) return "";
    this.#placed.add(path);
    return figure(drawn.caption, path);
  }

  /** The figures of a stage that no section has placed yet. */
  remainingFigures(stage: string): string {
    return paragraphs(
      ...(this.record(stage)?.figures ?? [])
        .map(({ file }) => `${stage}/${file}`)
        .filter((path) => !this.#placed.has(path))
        .map((path) => this.figure(path)),
    );
  }

  warnings(stage: string): string {
    const warnings = this.record(stage)?.warnings ?? [];
    return warnings.length === 0 ? "" : paragraphs(
      "Warnings:",
      warnings.map((warning) => `- ${escapeText(warning)}`).join("\n"),
    );
  }
}

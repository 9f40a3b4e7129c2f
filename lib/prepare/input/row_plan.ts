/** How the rows of a table are to be read into a matrix. */

/** What empty cells among the numbers stand for. */
export interface EmptyCells {
  readonly value: number;
  /** Says that so many were read so. */
  note(cells: number): string;
}

export interface RowPlan {
  /** The file, for messages. */
  readonly path: string;
  /** The names of the columns, with the first one's. */
  readonly names: readonly string[];
  /** The role of each column; that of the first one is `text`. */
  readonly roles: Uint8Array;
  /** So many of the first rows are texts about the columns. */
  readonly textRows: number;
  /** The id of a row that is a text about the columns. */
  readonly label?: string;
  /** The ids of rows to leave out. */
  readonly leftOut: ReadonlySet<string>;
  readonly emptyCells?: EmptyCells;
  /** Whether points stand between thousands: such cells are faults. */
  readonly hasPointGroups?: boolean;
}

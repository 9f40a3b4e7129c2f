/** The name of the command that says what a run will take. */

export const DOCTOR = "doctor";

/** What is wrong with a scenario, told so that its author finds the place and knows what would be right. */

/** A mistake and where it stands; lines and columns count from 1. */
export type Mistake = { line: number; column: number; message: string }

/** Thrown for a scenario that cannot be used; it has every mistake of the text, in the order of the lines. */
export class ScenarioError extends Error {
  readonly mistakes: Mistake[]
  constructor(file: string, mistakes: Mistake[]) {
    super(mistakes.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`).join('\n'))
    this.name = 'ScenarioError'
    this.mistakes = mistakes
  }
}

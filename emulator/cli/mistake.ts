/** A mistake in the command line, in words for the person who typed it. */
export class Mistake extends Error {}

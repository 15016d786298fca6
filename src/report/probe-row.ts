/** A line of a probe's page: a label on the left, where one begins, and text. */
export interface Row {
  readonly label: string;
  readonly text: string;
}

/** Columns of the labels. */
export const LABELS = 12;
const INDENT = '  ';
/** Columns before the text. */
export const MARGIN = INDENT.length + LABELS;

export const row = (label: string, text: string): Row => ({ label, text });

export const line = ({ label, text }: Row): string => `${INDENT}${label.padEnd(LABELS)}${text}`;
